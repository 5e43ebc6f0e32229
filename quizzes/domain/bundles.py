"""Responses that are alike, counted by the database: one row for all of them, however many learners there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, JSONField, QuerySet, Sum, Value, When, Window
from django.db.models.functions import Cast, Round

from quizzes.domain.buckets import kinds_chosen
from quizzes.models import AttemptState, Response

MILLION, HUNDRED = 1_000_000, 100
AT_ONCE = 5_000
SUMS = ("fraction_parts", "points_parts", "earned", "possible")
ALIKE = ("attempt__quiz", "version")
ANSWERED_ALIKE = (*ALIKE, "position", "answer")


@dataclass(frozen=True, slots=True)
class Bundle:
    """So many (`count`) responses alike in version, fraction and points, in attempts that came to the same.

    `fraction` is in [0, 1], `points` what could be earned on the question, `earned` and `possible` the points of the
    whole attempt. `position` and `answer` are those of all of them where they tell bundles apart, else 0 and None.
    """

    quiz: int
    version: int
    fraction: Decimal
    points: Decimal
    earned: Decimal
    possible: Decimal
    count: int
    position: int = 0
    answer: Any = None


def first_attempts(responses: QuerySet[Response]) -> QuerySet[Response]:
    """Those of first attempts that count and are graded whole."""
    return responses.filter(
        attempt__number=1, attempt__counts=True, attempt__state=AttemptState.SUBMITTED, attempt__fraction__isnull=False
    )


def chosen_bundles(responses: QuerySet[Response]) -> Iterator[Bundle]:
    """The bundles of graded responses, all of each attempt or none, told apart by answers that were chosen.

    One statement that goes over them once. Of kinds in which learners write there is no answer.
    """
    chosen = Case(When(version__kind__in=kinds_chosen(), then=F("answer")), output_field=JSONField())
    for quiz, version, answer, *sums, count in _grouped(responses, [*map(F, ALIKE), chosen]):
        yield Bundle(quiz, version, *_exact(*sums), count, answer=_given(answer))


def answered_bundles(responses: QuerySet[Response]) -> Iterator[Bundle]:
    """As `chosen_bundles`, told apart by position and by every answer."""
    for quiz, version, position, answer, *sums, count in _grouped(responses, list(map(F, ANSWERED_ALIKE))):
        yield Bundle(quiz, version, *_exact(*sums), count, position, _given(answer))


def _given(answer: str | None) -> Any:
    return None if answer is None else json.loads(answer)


def _exact(fraction: int, points: int, earned: Any, possible: Any) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    whole = Decimal(int(earned)) / (MILLION * HUNDRED)
    return Decimal(fraction) / MILLION, Decimal(points) / HUNDRED, whole, Decimal(int(possible)) / HUNDRED


def _grouped(responses: QuerySet[Response], columns: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """For each combination of these columns and the sums, in whole parts, how many responses have it.

    In whole parts, because SQLite keeps decimals as floats, whose sums hang on the order of the rows.
    """
    try:
        each, parameters = _each(responses, columns).query.sql_with_params()
    except EmptyResultSet:
        return
    places = ", ".join(str(place) for place in range(1, len(columns) + len(SUMS) + 1))
    names = ", ".join(f"column{place}" for place in range(len(columns) + len(SUMS)))
    statement = f"SELECT {names}, COUNT(*) FROM ({each}) AS one GROUP BY {places}"  # noqa: S608 -- Django's own statement
    with connections[responses.db].chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def _each(responses: QuerySet[Response], columns: Sequence[Any]) -> Any:
    """A row for each response, its columns named column0 and so on."""
    own, points = _parts("fraction", MILLION), _parts("max_points", HUNDRED)
    within: dict[str, Any] = {"partition_by": [F("attempt")]}
    sums = [own, points, Window(Sum(own * points), **within), Window(Sum(points), **within)]
    named = {f"column{place}": expression for place, expression in enumerate([*columns, *sums])}
    return responses.order_by().values(**named)


def _parts(column: str, parts: int) -> Any:
    scaled = ExpressionWrapper(F(column) * Value(parts), output_field=models.DecimalField())
    return Cast(Round(scaled), BigIntegerField())
