"""The gradebook: every learner of a course with their standing on each of its quizzes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from course.domain.people import learners_of
from course.models import Course, Enrollment
from quizzes.models import Attempt, AttemptState, Grading, Quiz, Response, Result
from quizzes.overall import overall

ONE = Decimal(1)
MOST_DROPPED = 5


class Standing(StrEnum):
    """Where a learner is with a quiz, as it is read."""

    NOT_BEGUN = "not begun"
    IN_PROGRESS = "in progress"
    BEING_GRADED = "being graded"
    WAITS = "waits for a person"
    GRADED = "graded"
    BELOW = "below the pass mark"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which learners are shown, and how results are put together; "" asks for nothing.

    `matching` is words of a name, an address or a cohort; `cohort` is a cohort's uuid. `weights` has by slug what a
    quiz weighs, 1 where it says nothing; the `drop` lowest results do not count.
    """

    matching: str = ""
    cohort: str = ""
    standing: str = ""
    drop: int = 0
    weights: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner's standing on one quiz: the result's fraction, 0 to 1, and the newest attempt."""

    standing: Standing
    fraction: Decimal | None = None
    attempt: UUID | None = None

    @property
    def is_graded(self) -> bool:
        """Whether the newest attempt has its grade."""
        return self.standing in (Standing.GRADED, Standing.BELOW)


@dataclass(frozen=True, slots=True)
class Line:
    """One learner: a cell for each quiz, in the quizzes' order, and what the results come to."""

    enrollment: Enrollment
    cells: tuple[Cell, ...]
    overall: Decimal | None


def quizzes_of(course: Course) -> list[Quiz]:
    """The columns of the gradebook; one query."""
    return list(Quiz.objects.filter(course=course.pk).order_by("position", "pk"))


def learners_in(course: Course, *, wanted: Filter) -> QuerySet[Enrollment]:
    """The learners whom the filter lets through, by name."""
    learners = learners_of(course, matching=wanted.matching)
    if wanted.cohort:
        learners = learners.filter(cohort__uuid=wanted.cohort)
    return learners.filter(_standing_somewhere(wanted.standing)) if wanted.standing else learners


def _standing_somewhere(standing: str) -> Any:
    """Learners who stand so at a quiz; who has not begun has begun none."""
    attempts = Attempt.objects.filter(enrollment=OuterRef("pk")).exclude(state=AttemptState.VOID)
    ungraded = attempts.filter(state=AttemptState.SUBMITTED, fraction__isnull=True)
    results = Result.objects.filter(enrollment=OuterRef("pk"))
    return {
        Standing.NOT_BEGUN: ~Exists(attempts),
        Standing.IN_PROGRESS: Exists(attempts.filter(state=AttemptState.IN_PROGRESS)),
        Standing.BEING_GRADED: Exists(ungraded.filter(~_waits())),
        Standing.WAITS: Exists(ungraded.filter(_waits())),
        Standing.GRADED: Exists(results),
        Standing.BELOW: Exists(results.filter(fraction__lt=F("quiz__pass_fraction"))),
    }[Standing(standing)]


def _waits() -> Exists:
    return Exists(Response.objects.filter(attempt=OuterRef("pk"), grading=Grading.PENDING_MANUAL))


def lines_of(learners: Sequence[Enrollment], *, quizzes: Sequence[Quiz], wanted: Filter) -> list[Line]:
    """A line for each of these learners, in their order; two queries whatever their number."""
    keys = [learner.pk for learner in learners]
    results = dict(_results(keys))
    newest = dict(_newest_attempts(keys))
    return [
        _line(learner, [_cell(quiz, (learner.pk, quiz.pk), results, newest) for quiz in quizzes], quizzes, wanted)
        for learner in learners
    ]


def _results(learners: Sequence[int]) -> Iterator[tuple[tuple[int, int], Decimal]]:
    rows = Result.objects.filter(enrollment__in=learners).values_list("enrollment", "quiz", "fraction")
    return (((learner, quiz), fraction) for learner, quiz, fraction in rows)


def _newest_attempts(learners: Sequence[int]) -> Iterator[tuple[tuple[int, int], Any]]:
    attempts = Attempt.objects.filter(enrollment__in=learners).exclude(state=AttemptState.VOID)
    rows = attempts.annotate(waits=_waits()).order_by("number").only("uuid", "enrollment", "quiz", "state", "fraction")
    # The newest comes last, and stays.
    return (((attempt.enrollment_id or 0, attempt.quiz_id), attempt) for attempt in rows)


def _cell(
    quiz: Quiz, key: tuple[int, int], results: Mapping[tuple[int, int], Decimal], newest: Mapping[tuple[int, int], Any]
) -> Cell:
    attempt, fraction = newest.get(key), results.get(key)
    if attempt is None:
        return Cell(Standing.NOT_BEGUN, fraction)
    return Cell(_standing(quiz, attempt, fraction), fraction, attempt.uuid)


def _standing(quiz: Quiz, attempt: Any, fraction: Decimal | None) -> Standing:
    if attempt.state == AttemptState.IN_PROGRESS:
        return Standing.IN_PROGRESS
    if attempt.fraction is None:
        return Standing.WAITS if attempt.waits else Standing.BEING_GRADED
    is_below = fraction is not None and quiz.pass_fraction is not None and fraction < quiz.pass_fraction
    return Standing.BELOW if is_below else Standing.GRADED


def _line(learner: Enrollment, cells: Sequence[Cell], quizzes: Sequence[Quiz], wanted: Filter) -> Line:
    weighed = [
        (cell.fraction, wanted.weights.get(quiz.slug, ONE))
        for cell, quiz in zip(cells, quizzes, strict=True)
        if cell.fraction is not None
    ]
    return Line(learner, tuple(cells), overall(weighed, drop=wanted.drop))
