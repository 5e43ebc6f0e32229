from __future__ import annotations

import pytest

from web.learner.charts.ring import ring


@pytest.mark.parametrize(
    ("done", "total", "dashes"),
    [(0, 0, "0.0 339.3"), (0, 4, "0.0 339.3"), (1, 4, "84.8 339.3"), (4, 4, "339.3 339.3")],
)
def test_the_arc_is_as_long_as_the_share_that_is_done(done: int, total: int, dashes: str) -> None:
    assert ring(done, total).dashes == dashes
