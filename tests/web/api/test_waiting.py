from __future__ import annotations

import pytest

from web.api.waiting import milliseconds


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("300ms", 300),
        ("1s", 1000),
        ("9s", 2000),
        ("99999ms", 2000),
        ("", 0),
        ("1", 0),
        ("-1s", 0),
        ("1 s", 0),
        ("١s", 0),
    ],
)
def test_a_duration_is_milliseconds_two_seconds_at_most(asked: str, held: int) -> None:
    assert milliseconds(asked) == held
