"""What insight into a course shows, as tables for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from course.models import Course
from quizzes.domain.course_insight import GridCell, concept_grid, course_reading, quiz_standings
from web.studio.course_heat import heated_text, told_pieces
from web.studio.course_words import EVERYBODY, IN_NONE
from web.studio.insight_tables import Table

PARTS = ("Number", "Part", "Read", "Skipped", "Stopped here")
QUIZZES = ("Quiz", "Handed in", "Graded", "Mean, %", "Below the pass mark")
PASSAGES = ("Part", "Passage", "Questions", "Answers", "Lost, %")


def _parts(course: Course) -> Table:
    rows = enumerate(course_reading(course).parts, 1)
    return Table(PARTS, ([at, each.lesson.title, each.read, each.skipped, each.stopped] for at, each in rows))


def _quizzes(course: Course) -> Table:
    rows = quiz_standings(course)
    return Table(
        QUIZZES, ([each.quiz.title, each.taken, each.graded, _per_cent(each.mean), each.below] for each in rows)
    )


def _concepts(course: Course) -> Table:
    grid = concept_grid(course)
    names = [EVERYBODY, *(cohort.name if cohort else IN_NONE for cohort in grid.cohorts)]
    header = ["Concept", *(title for name in names for title in (f"{name}, learners", f"{name}, mastery, %"))]
    return Table(header, ([row.concept.term, *_cells([row.everybody, *row.cells])] for row in grid.rows))


def _cells(cells: Sequence[GridCell]) -> Iterator[object]:
    for cell in cells:
        yield cell.known
        yield _per_cent(cell.mastery)


def _passages(course: Course) -> Table:
    told = told_pieces(heated_text(course))
    return Table(
        PASSAGES,
        (
            [part.number, piece.text, piece.heat.questions, piece.heat.sums.responses, _per_cent(piece.heat.lost)]
            for part, piece in told
        ),
    )


def _per_cent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


TABLES: Mapping[str, Callable[[Course], Table]] = {
    "parts": _parts,
    "quizzes": _quizzes,
    "concepts": _concepts,
    "passages": _passages,
}
"""By name, as addresses have it."""
