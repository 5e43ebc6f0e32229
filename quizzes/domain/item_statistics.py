"""Item statistics follow every grade inside the transaction that records it, and can be made anew of all responses.

They are locked from the lowest quiz, version and choice to the highest, by everybody: nobody waits for one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet

from quizzes.domain.buckets import UNTOLD, choice_of
from quizzes.domain.bundles import chosen_bundles, first_attempts
from quizzes.models import Attempt, ItemStatistic, QuestionVersion, Response
from quizzes.statistics.sums import MILLION, Sums

Key = tuple[int, int, str]
"""A quiz and a question version, by their keys, and the choice among its answers."""
KEY = ("quiz_id", "version_id", "choice")
SUMS = tuple(each.name for each in fields(Sums))


@dataclass(frozen=True, slots=True)
class Part:
    """One graded response of an attempt graded whole: its fraction in [0, 1] of `points`."""

    quiz: int
    version: int
    fraction: Decimal
    points: Decimal
    choice: str = UNTOLD


def sums_of(parts: Sequence[Part]) -> dict[Key, Sums]:
    """What one attempt, of which these are all the responses, adds to the statistics of what it was asked."""
    earned = sum((part.fraction * part.points for part in parts), Decimal(0))
    possible = sum((part.points for part in parts), Decimal(0))
    found: dict[Key, Sums] = {}
    for part in parts:
        rest, of = earned - part.fraction * part.points, possible - part.points
        one = Sums.of_one(_millionths(part.fraction), _millionths(rest / of) if of else 0)
        key = (part.quiz, part.version, part.choice)
        found[key] = found.get(key, Sums()) + one
    return found


def _millionths(share: Decimal) -> int:
    return round(share * MILLION)


def count_in(attempt: Attempt, parts: Sequence[Part]) -> None:
    """The attempt, graded whole for the first time, counts in the statistics of what it was asked, if it is counted.

    One statement; none for an attempt that is not.
    """
    if is_counted(attempt):
        _add(sums_of(parts))


def is_counted(attempt: Attempt) -> bool:
    """Whether the attempt adds to the statistics: only a learner's first one does, and only if it counts."""
    return attempt.number == 1 and attempt.counts


@contextmanager
def recounting(attempts: Iterable[Attempt]) -> Iterator[None]:
    """Whatever the block does to the grades of these attempts, the statistics follow; six statements.

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
    all_bundles = list(chosen_bundles(first_attempts(responses)))
    versions = _versions(responses, {each.version for each in all_bundles})
    for each in all_bundles:
        rest, of = each.earned - each.fraction * each.points, each.possible - each.points
        one = Sums.of_one(_millionths(each.fraction), _millionths(rest / of) if of else 0)
        key = (each.quiz, each.version, choice_of(versions[each.version], each.answer))
        found[key] = found.get(key, Sums()) + one * each.count
    return found


def _versions(responses: QuerySet[Response], keys: Iterable[int]) -> dict[int, QuestionVersion]:
    """The versions of the responses' own model, which in a migration is that of its day."""
    model: Any = responses.model._meta.get_field("version").related_model  # noqa: SLF001 -- documented as public
    found: dict[int, QuestionVersion] = model.objects.only("kind", "content").in_bulk(list(keys)) if keys else {}
    return found


def _add(sums: Mapping[Key, Sums]) -> None:
    """Each row has this much more, and is there; rows are locked in order, which VALUES keeps."""
    if not sums:
        return
    table, quote = ItemStatistic._meta.db_table, _connection().ops.quote_name  # noqa: SLF001 -- documented as public
    places = _places(sums)
    more = ", ".join(f"{name} = {quote(table)}.{name} + excluded.{name}" for name in SUMS)
    statement = (
        f"INSERT INTO {quote(table)} ({', '.join((*KEY, *SUMS))}) VALUES {places} "  # noqa: S608 -- names are the model's, values parameters
        f"ON CONFLICT (version_id, quiz_id, choice) DO UPDATE SET {more}"
    )
    _execute(statement, [value for key in sorted(sums) for value in (*key, *astuple(sums[key]))])


def _take_away(sums: Mapping[Key, Sums]) -> None:
    """Each row, locked before, has this much less."""
    if not sums:
        return
    table, quote = ItemStatistic._meta.db_table, _connection().ops.quote_name  # noqa: SLF001 -- documented as public
    places = _places(sums)
    # Never below zero, even where a cache went wrong: it keeps nobody from grading, and rebuilding mends it.
    floors = ((name, f"{name} - v.column{at}") for at, name in enumerate(SUMS, 1 + len(KEY)))
    less = ", ".join(f"{name} = CASE WHEN {rest} > 0 THEN {rest} ELSE 0 END" for name, rest in floors)
    statement = (
        f"UPDATE {quote(table)} SET {less} FROM (VALUES {places}) AS v "  # noqa: S608 -- names are the model's, values parameters
        "WHERE quiz_id = v.column1 AND version_id = v.column2 AND choice = v.column3"
    )
    _execute(statement, [value for key in sorted(sums) for value in (*key, *astuple(sums[key]))])


def _places(rows: Mapping[Key, Sums]) -> str:
    return ", ".join(["(" + ", ".join(["%s"] * (len(KEY) + len(SUMS))) + ")"] * len(rows))


def _connection() -> Any:
    return connections[router.db_for_write(ItemStatistic)]


def _execute(statement: str, values: Sequence[int | str]) -> None:
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)


def sums_kept(row: ItemStatistic) -> Sums:
    """The row's sums."""
    return Sums(**{name: getattr(row, name) for name in SUMS})
