"""Counting what is rare, across processes."""

from __future__ import annotations

from django.db.models import F

from jobs.models import Tally


def tally(name: str, *, by: int = 1) -> None:
    """`name` has been counted `by` times more. One query, three the first time; only for what happens rarely."""
    if by and not _add(name, by):
        Tally.objects.bulk_create([Tally(name=name)], ignore_conflicts=True)
        _add(name, by)


def _add(name: str, by: int) -> int:
    return Tally.objects.filter(name=name).update(value=F("value") + by)


def tallies() -> dict[str, int]:
    """All that was ever counted, by name."""
    return dict(Tally.objects.values_list("name", "value"))
