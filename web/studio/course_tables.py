"""What insight into a course shows, as tables for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from course.models import Course
from jobs.domain.clock import database_now
from language import marked, say
from quizzes.domain.class_retention import AHEAD, ConceptRetention, class_retention
from quizzes.domain.course_insight import GridCell, concept_grid, course_reading, quiz_standings
from web.studio.course_heat import heated_text, told_pieces
from web.studio.course_words import EVERYBODY, IN_NONE
from web.studio.insight_tables import Table, said

PARTS = (marked("Part number"), marked("Part"), marked("Read"), marked("Skipped"), marked("Stopped here"))
QUIZZES = (marked("Quiz"), marked("Handed in"), marked("Graded"), marked("Mean, %"), marked("Below the pass mark"))
RETENTION = (
    *(marked("Concept"), marked("Learners"), marked("Recalled questions"), marked("Due now")),
    *(marked("Known now, %"), marked("In 7 days, %"), marked("In 30 days, %")),
)
PASSAGES = (marked("Part"), marked("Passage"), marked("Questions"), marked("Answers"), marked("Lost, %"))


def _parts(course: Course) -> Table:
    rows = enumerate(course_reading(course).parts, 1)
    return Table(said(PARTS), ([at, each.lesson.title, each.read, each.skipped, each.stopped] for at, each in rows))


def _quizzes(course: Course) -> Table:
    rows = quiz_standings(course)
    return Table(
        said(QUIZZES), ([each.quiz.title, each.taken, each.graded, _per_cent(each.mean), each.below] for each in rows)
    )


def _concepts(course: Course) -> Table:
    grid = concept_grid(course)
    names = [say(EVERYBODY), *(cohort.name if cohort else say(IN_NONE) for cohort in grid.cohorts)]
    titles = [(say("{name}, learners", name=name), say("{name}, mastery, %", name=name)) for name in names]
    header = [say("Concept"), *(title for pair in titles for title in pair)]
    return Table(header, ([row.concept.term, *_cells([row.everybody, *row.cells])] for row in grid.rows))


def _cells(cells: Sequence[GridCell]) -> Iterator[object]:
    for cell in cells:
        yield cell.known
        yield _per_cent(cell.mastery)


def _retention(course: Course) -> Table:
    rows = class_retention(course, at=database_now())
    return Table(
        said(RETENTION),
        ([each.concept.term, each.learners, each.recalled, each.due, *_chances(each)] for each in rows),
    )


def _chances(row: ConceptRetention) -> Sequence[float | None]:
    return [_per_cent(chance) for chance in row.chances] or [None] * len(AHEAD)


def _passages(course: Course) -> Table:
    told = told_pieces(heated_text(course))
    return Table(
        said(PASSAGES),
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
    "retention": _retention,
    "passages": _passages,
}
"""By name, as addresses have it."""
