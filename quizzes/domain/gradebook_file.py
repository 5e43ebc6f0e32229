"""The gradebook as a table: what its file holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from course.models import Course, Enrollment
from quizzes.domain.gradebook import Filter, Line, learners_in, lines_of
from quizzes.models import Quiz

AT_ONCE = 500


def header_of(quizzes: Sequence[Quiz]) -> list[str]:
    """The names of the columns. They are English everywhere, so that a program finds them."""
    return ["Learner", "Email", "Cohort", *(quiz.title for quiz in quizzes), "Together, %"]


def rows_of(course: Course, *, quizzes: Sequence[Quiz], wanted: Filter) -> Iterator[list[object]]:
    """A row for everybody whom the filter lets through, by name; results in per cent. Two queries for each 500."""
    learners: list[Enrollment] = list(learners_in(course, wanted=wanted))
    for start in range(0, len(learners), AT_ONCE):
        for line in lines_of(learners[start : start + AT_ONCE], quizzes=quizzes, wanted=wanted):
            yield _row(line)


def _row(line: Line) -> list[object]:
    person, cohort = line.enrollment.user, line.enrollment.cohort
    who = [person.name, person.email, cohort.name if cohort else None]
    return [*who, *(_per_cent(cell.fraction) for cell in line.cells), _per_cent(line.overall)]


def _per_cent(fraction: Decimal | None) -> float | None:
    return None if fraction is None else round(float(fraction) * 100, 2)
