"""A list of grades put to a course: what each line of it would change, seen before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from course.domain.people import learners_of
from course.models import Course, Enrollment
from quizzes.grade_list import Graded, GradeList
from quizzes.models import Attempt, AttemptState, Quiz, Result, ResultRule
from quizzes.rescaling import rescaled

SAME_AS_WRITTEN = Decimal("0.00005")
"""Half of the last place that the gradebook's file has: a result this near is the one that was written."""
Key = tuple[int, int]


class GradeFate(StrEnum):
    """What a cell of a list does."""

    CHANGES = "changes"
    SAME = "as it is"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Move:
    """An attempt, by key, whose fraction goes from `old` to `new`, both with its credit."""

    attempt: int
    old: Decimal
    new: Decimal


@dataclass(frozen=True, slots=True)
class ImportedGrade:
    """What one cell does to one learner's result: fractions, 0 to 1. A fault has a reason; `because` is the list's.

    `quiz` and `learner` are keys, None for a line that is nobody's.
    """

    line: int
    address: str
    name: str
    fate: GradeFate
    quiz: int | None = None
    learner: int | None = None
    old: Decimal | None = None
    new: Decimal | None = None
    moves: tuple[Move, ...] = ()
    reason: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class GradeImportPlan:
    """What a list would do to a course's grades at one moment."""

    grades: tuple[ImportedGrade, ...]
    ignored: tuple[str, ...]


class Unreachable(ValueError):
    """No change of the attempts makes this of the result; the text is a sentence."""


def plan_grades(course: Course, grades: GradeList, *, quizzes: Sequence[Quiz]) -> GradeImportPlan:
    """What each cell of the list would do now. Three queries whatever its length.

    A cell that says what the result is, to the places of the gradebook's file, does nothing. Learners are found by
    their address among those of the course.
    """
    learners = _learners(course, {line.address for line in grades.lines})
    keys = [learner.pk for learner in learners.values() if learner is not None]
    standing = _Standing(learners, _results(keys), _attempts(keys), {quiz.slug: quiz for quiz in quizzes})
    seen: dict[str, int] = {}
    return GradeImportPlan(
        tuple(grade for line in grades.lines for grade in _planned(line, standing, seen)), grades.ignored
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    learners: Mapping[str, Enrollment | None]
    results: Mapping[Key, Decimal]
    attempts: Mapping[Key, list[Any]]
    quizzes: Mapping[str, Quiz]


def _learners(course: Course, addresses: Iterable[str]) -> dict[str, Enrollment | None]:
    """By address, the learner; None where two have it."""
    found: dict[str, Enrollment | None] = {}
    for learner in learners_of(course).filter(user__email__in=addresses):
        address = learner.user.email or ""
        found[address] = None if address in found else learner
    return found


def _results(learners: Sequence[int]) -> dict[Key, Decimal]:
    rows = Result.objects.filter(enrollment__in=learners).values_list("enrollment", "quiz", "fraction")
    return {(learner, quiz): fraction for learner, quiz, fraction in rows}


def _attempts(learners: Sequence[int]) -> dict[Key, list[Any]]:
    """The attempts that results are made of, in their order."""
    rows = Attempt.objects.filter(
        enrollment__in=learners, state=AttemptState.SUBMITTED, counts=True, fraction__isnull=False
    )
    found: dict[Key, list[Any]] = {}
    for attempt in rows.order_by("number").only("enrollment", "quiz", "number", "fraction", "credit"):
        found.setdefault((attempt.enrollment_id or 0, attempt.quiz_id), []).append(attempt)
    return found


def _planned(line: Graded, standing: _Standing, seen: dict[str, int]) -> list[ImportedGrade]:
    fault = line.fault or _stranger(line, standing, seen)
    learner = standing.learners.get(line.address)
    if fault or learner is None:
        return [ImportedGrade(line.line, line.address, "", GradeFate.FAULT, reason=fault)]
    return [_grade(line, learner, standing.quizzes[slug], given, standing) for slug, given in line.grades.items()]


def _stranger(line: Graded, standing: _Standing, seen: dict[str, int]) -> str:
    """Why the line is nobody's; "" when it is a learner's."""
    earlier = seen.setdefault(line.address, line.line)
    if earlier != line.line:
        return f"Line {earlier} has this address already. Leave one of them out."
    if line.address not in standing.learners:
        return "No learner of this course has this address."
    return "" if standing.learners[line.address] else "Two learners have this address. Grade them on their own pages."


def _grade(line: Graded, learner: Enrollment, quiz: Quiz, given: Decimal | str, standing: _Standing) -> ImportedGrade:
    old = standing.results.get((learner.pk, quiz.pk))
    name = str(learner.user)
    who = ImportedGrade(line.line, line.address, name, GradeFate.FAULT, quiz=quiz.pk, learner=learner.pk, old=old)
    if isinstance(given, str):
        return replace(who, reason=given)
    if old is None:
        return replace(who, new=given, reason="There is no graded attempt that this could be the grade of.")
    if abs(given - old) <= SAME_AS_WRITTEN:
        return replace(who, new=old, fate=GradeFate.SAME)
    try:
        moves = moves_to(given, old=old, attempts=standing.attempts[learner.pk, quiz.pk], rule=quiz.result_rule)
    except Unreachable as error:
        return replace(who, new=given, reason=str(error))
    return replace(who, new=given, fate=GradeFate.CHANGES, moves=moves, because=line.reason)


def moves_to(new: Decimal, *, old: Decimal, attempts: Sequence[Any], rule: str) -> tuple[Move, ...]:
    """What has to become of the graded attempts, which come in their order, so that the rule makes `new` of them.

    The first or last attempt has the grade by those rules. By the best one, it is the best that rises, and every
    better one that sinks to it; a mean moves all of them alike. Raises Unreachable for more than an attempt's credit.
    """
    if rule == ResultRule.MEAN:
        wanted = [(each, rescaled(each.fraction, old=old, new=new)) for each in attempts]
    elif rule == ResultRule.BEST and new < old:
        wanted = [(each, new) for each in attempts if each.fraction > new]
    else:
        wanted = [(_chosen(attempts, rule), new)]
    for attempt, fraction in wanted:
        if fraction > attempt.credit:
            raise Unreachable(f"It was handed in late: at most {attempt.credit * 100:.0f} % of it can be earned.")
    return tuple(Move(each.pk, each.fraction, fraction) for each, fraction in wanted if fraction != each.fraction)


def _chosen(attempts: Sequence[Any], rule: str) -> Any:
    if rule == ResultRule.FIRST:
        return attempts[0]
    return attempts[-1] if rule == ResultRule.LAST else max(attempts, key=lambda each: (each.fraction, -each.number))
