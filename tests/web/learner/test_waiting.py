from __future__ import annotations

import pytest

from web.learner.waiting import poll_seconds, refresh_seconds


@pytest.mark.parametrize(
    ("waited", "poll", "refresh"), [(0, 1, 2), (1.9, 1, 2), (2, 2, 2), (4, 2, 5), (8, 4, 5), (20, 4, 15), (9999, 4, 15)]
)
def test_waiting_pages_ask_less_often_the_longer_it_takes(waited: float, poll: int, refresh: int) -> None:
    assert (poll_seconds(waited), refresh_seconds(waited)) == (poll, refresh)
