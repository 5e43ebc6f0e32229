from __future__ import annotations

import pytest

from jobs.domain.tallies import tallies, tally

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_counts_add_up_by_name() -> None:
    tally("fenced")
    tally("fenced", by=4)
    tally("expired", by=2)
    assert tallies() == {"fenced": 5, "expired": 2}


def test_nothing_counted_is_nothing_written() -> None:
    tally("fenced", by=0)
    assert tallies() == {}
