"""Item statistics follow every grade inside the transaction that records it, and can be made anew of all responses.

They are locked from the lowest quiz and version to the highest, by everybody: nobody waits for one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet

from quizzes.domain.bundles import bundles, first_attempts
from quizzes.models import Attempt, ItemStatistic, Response
from quizzes.statistics.sums import MILLION, Sums

Key = tuple[int, int]
"""A quiz and a question version, by their keys."""
SUMS = tuple(each.name for each in fields(Sums))


@dataclass(frozen=True, slots=True)
class Part:
    """One graded response of an attempt graded whole: its fraction in [0, 1] of `points`."""

    quiz: int
    version: int
    fraction: Decimal
    points: Decimal


def sums_of(parts: Sequence[Part]) -> dict[Key, Sums]:
    """What one attempt, of which these are all the responses, adds to the statistics of what it was asked."""
    earned = sum((part.fraction * part.points for part in parts), Decimal(0))
    possible = sum((part.points for part in parts), Decimal(0))
    found: dict[Key, Sums] = {}
    for part in parts:
        rest, of = earned - part.fraction * part.points, possible - part.points
        one = Sums.of_one(_millionths(part.fraction), _millionths(rest / of) if of else 0)
        key = (part.quiz, part.version)
        found[key] = found.get(key, Sums()) + one
    return found


def _millionths(share: Decimal) -> int:
    return round(share * MILLION)


def count_in(attempt: Attempt, parts: Sequence[Part]) -> None:
    """The attempt, graded whole for the first time, counts in the statistics of what it was asked; one statement.

    Only a learner's first attempt does, and only if it counts.
    """
    if attempt.number == 1 and attempt.counts:
        _add(sums_of(parts))


@contextmanager
def recounting(attempts: Iterable[Attempt]) -> Iterator[None]:
    """Whatever the block does to the grades of these attempts, the statistics follow; four statements.

    The caller holds the learners' enrolments, so that nobody else grades these attempts meanwhile.
    """
    keys = [attempt.pk for attempt in attempts]
    before = _summed(keys)
    yield
    after = _summed(keys)
    if before != after:
        _add({key: after.get(key, Sums()) for key in before.keys() | after.keys()})
        _take_away(before)


def _summed(attempts: Sequence[int]) -> dict[Key, Sums]:
    return total(Response.objects.filter(attempt__in=attempts))


def total(responses: QuerySet[Response]) -> dict[Key, Sums]:
    """The statistics that these responses make; a queryset that holds all responses of each attempt, or none."""
    found: dict[Key, Sums] = {}
    for each in bundles(first_attempts(responses)):
        rest, of = each.earned - each.fraction * each.points, each.possible - each.points
        one = Sums.of_one(_millionths(each.fraction), _millionths(rest / of) if of else 0)
        key = (each.quiz, each.version)
        found[key] = found.get(key, Sums()) + one * each.count
    return found


def _add(sums: Mapping[Key, Sums]) -> None:
    """Each row has this much more, and is there; rows are locked in order, which VALUES keeps."""
    if not sums:
        return
    table, quote = ItemStatistic._meta.db_table, _connection().ops.quote_name  # noqa: SLF001 -- documented as public
    places = ", ".join(["(" + ", ".join(["%s"] * (2 + len(SUMS))) + ")"] * len(sums))
    more = ", ".join(f"{name} = {quote(table)}.{name} + excluded.{name}" for name in SUMS)
    statement = (
        f"INSERT INTO {quote(table)} (quiz_id, version_id, {', '.join(SUMS)}) VALUES {places} "  # noqa: S608 -- names are the model's, values parameters
        f"ON CONFLICT (version_id, quiz_id) DO UPDATE SET {more}"
    )
    _execute(statement, [value for key in sorted(sums) for value in (*key, *astuple(sums[key]))])


def _take_away(sums: Mapping[Key, Sums]) -> None:
    """Each row, locked before, has this much less."""
    if not sums:
        return
    table, quote = ItemStatistic._meta.db_table, _connection().ops.quote_name  # noqa: SLF001 -- documented as public
    places = ", ".join(["(" + ", ".join(["%s"] * (2 + len(SUMS))) + ")"] * len(sums))
    # Never below zero, even where a cache went wrong: it keeps nobody from grading, and rebuilding mends it.
    floors = ((name, f"{name} - v.column{at}") for at, name in enumerate(SUMS, 3))
    less = ", ".join(f"{name} = CASE WHEN {rest} > 0 THEN {rest} ELSE 0 END" for name, rest in floors)
    statement = (
        f"UPDATE {quote(table)} SET {less} FROM (VALUES {places}) AS v "  # noqa: S608 -- names are the model's, values parameters
        "WHERE quiz_id = v.column1 AND version_id = v.column2"
    )
    _execute(statement, [value for key in sorted(sums) for value in (*key, *astuple(sums[key]))])


def _connection() -> Any:
    return connections[router.db_for_write(ItemStatistic)]


def _execute(statement: str, values: Sequence[int]) -> None:
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)


def sums_kept(row: ItemStatistic) -> Sums:
    """The row's sums."""
    return Sums(**{name: getattr(row, name) for name in SUMS})
