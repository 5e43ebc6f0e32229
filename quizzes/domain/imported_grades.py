"""Lists of grades: what their lines would change, done as overrides of answers, and given back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid5

from course.models import Course
from quizzes.domain.fold import weighted_fraction
from quizzes.domain.grade_imports import GradeFate, ImportedGrade, Move, plan_grades
from quizzes.domain.gradebook import quizzes_of
from quizzes.domain.grading_locks import lock_learners
from quizzes.domain.manual_queue import IMPORTED, TAKEN_BACK, stands_by_person
from quizzes.domain.people_grades import record_person_grades
from quizzes.grade_list import Graded, GradeList, read_grades
from quizzes.models import CauseKind, GradingEvent, ImportLine, ImportLineState, ListImport, Response
from quizzes.rescaling import rescaled

CHANGED_MEANWHILE = "The result was changed meanwhile, so the line would do something else now."
DECIDED_SINCE = "A person decided about its answers since, and that stands."
TOGETHER = ("attempt__quiz", "version__question")


def read(course: Course, text: str) -> GradeList:
    """The list as its lines say it. Raises NotATable."""
    return read_grades(text, titles={quiz.slug: quiz.title for quiz in quizzes_of(course)})


def planned(run: ListImport) -> tuple[list[ImportLine], tuple[str, ...]]:
    """What each cell of the list would change now, unsaved, and the headers that say nothing. Raises NotATable."""
    plan = plan_grades(run.course, read(run.course, run.text), quizzes=quizzes_of(run.course))
    return [_line(run, number, grade) for number, grade in enumerate(plan.grades, 1)], plan.ignored


def _line(run: ListImport, number: int, grade: ImportedGrade) -> ImportLine:
    return ImportLine(
        list_import=run,
        number=number,
        line=grade.line,
        address=grade.address[:254],
        name=grade.name,
        part_id=grade.learner,
        quiz_id=grade.quiz,
        fate=grade.fate.name.lower(),
        before=_fraction(grade.old),
        after=_fraction(grade.new),
        because=grade.because,
        said=grade.reason,
    )


def _fraction(fraction: Decimal | None) -> dict[str, str] | None:
    return None if fraction is None else {"fraction": f"{fraction:.6f}"}


def apply(run: ListImport, lines: Sequence[ImportLine], at: datetime) -> None:
    """Every result is what its line says; lines that would do anything else by now are passed over.

    The answers behind each result are overridden, each by the same share of its way, with the line's reason or else
    the list's; no regrade changes them, each can be taken back in its ledger, and graders learn nothing from them. The
    lines are unsaved after, and come with their quizzes; their learners are locked.
    """
    lock_learners([line.part_id for line in lines if line.part_id])
    asked = GradeList(tuple(map(_asked, lines)))
    plan = plan_grades(run.course, asked, quizzes=list({line.quiz for line in lines if line.quiz is not None}))
    now = {(grade.line, grade.quiz): grade for grade in plan.grades}
    moves: dict[int, Move] = {}
    because: dict[int, str] = {}
    for line in lines:
        # A line that is nobody's any more has no quiz.
        grade = now.get((line.line, line.quiz_id)) or now.get((line.line, None))
        if grade is None or not _is_as_shown(line, grade):
            line.state = ImportLineState.PASSED_OVER
            line.said = (grade.reason if grade else "") or CHANGED_MEANWHILE
            continue
        line.state, line.done_at = ImportLineState.DONE, at
        moves |= {move.attempt: move for move in grade.moves}
        because |= {move.attempt: line.because or run.reason for move in grade.moves}
    _override(run, moves, because, at)


def _asked(line: ImportLine) -> Graded:
    slug = line.quiz.slug if line.quiz else ""
    return Graded(line.line, line.address, {slug: Decimal(line.after["fraction"] if line.after else 0)}, line.because)


def _is_as_shown(line: ImportLine, grade: ImportedGrade) -> bool:
    is_change = grade.fate == GradeFate.CHANGES
    return is_change and (_fraction(grade.old), _fraction(grade.new)) == (line.before, line.after)


def _override(run: ListImport, moves: Mapping[int, Move], because: Mapping[int, str], at: datetime) -> None:
    rows = Response.objects.filter(attempt__in=moves).select_related(*TOGETHER)
    responses = list(rows.select_for_update(of=("self",)).order_by("pk"))
    record_person_grades(
        responses,
        fraction_by_response=_fractions(responses, moves),
        feedback={each.pk: because[each.attempt_id] for each in responses},
        detail={each.pk: _detail(because[each.attempt_id]) for each in responses},
        actor=run.actor,
        cause_kind=CauseKind.OVERRIDE,
        at=at,
        cause=run.uuid,
    )


def _fractions(responses: Sequence[Response], moves: Mapping[int, Move]) -> dict[int, Decimal | None]:
    """By response, what it earns once its attempt earns what it is moved to."""
    by_attempt: dict[int, list[Response]] = {}
    for response in responses:
        by_attempt.setdefault(response.attempt_id, []).append(response)
    fractions: dict[int, Decimal | None] = {}
    for key, own in by_attempt.items():
        old = weighted_fraction([(each.fraction or Decimal(0), each.max_points) for each in own])
        # Without credit nothing but nothing can be earned, whatever the answers are worth.
        new = round(moves[key].new / own[0].attempt.credit, 6) if own[0].attempt.credit else old
        fractions |= {each.pk: rescaled(each.fraction or Decimal(0), old=old, new=new) for each in own}
    return fractions


def _detail(reason: str) -> dict[str, Any]:
    return {"by": "list", "reason": reason, "path": [f"A list of grades decided: {reason}"], IMPORTED: True}


def undo(run: ListImport, lines: Sequence[ImportLine], at: datetime) -> None:
    """Every grade that the lines replaced stands again, by a new event, where no newer one came; other lines are kept.

    A grade of a grader is open to regrades again, one by a person stands as it stood. The lines are unsaved after;
    their learners are locked.
    """
    lock_learners([line.part_id for line in lines if line.part_id])
    given = _given_by(run, lines)
    history = _what_stands(given)
    mine = [each for each in given if history[each.pk][-1].cause == run.uuid and len(history[each.pk]) > 1]
    kept = {(each.attempt.enrollment_id, each.attempt.quiz_id) for each in given if each not in mine}
    before = {each.pk: history[each.pk][-2] for each in mine}
    record_person_grades(
        mine,
        fraction_by_response={key: event.fraction for key, event in before.items()},
        feedback={key: event.feedback for key, event in before.items()},
        detail={key: _given_back(run, event) for key, event in before.items()},
        actor=run.actor,
        cause_kind=CauseKind.OVERRIDE,
        at=at,
        cause=uuid5(run.uuid, "undo"),
    )
    for line in lines:
        is_kept = (line.part_id, line.quiz_id) in kept
        line.state = ImportLineState.KEPT if is_kept else ImportLineState.UNDONE
        line.said = DECIDED_SINCE if is_kept else ""


def _given_by(run: ListImport, lines: Sequence[ImportLine]) -> list[Response]:
    """The responses that the import graded for these lines, locked."""
    rows = Response.objects.filter(
        grading_events__cause=run.uuid,
        attempt__enrollment__in={line.part_id for line in lines},
        attempt__quiz__in={line.quiz_id for line in lines},
    )
    wanted = {(line.part_id, line.quiz_id) for line in lines}
    found = rows.select_related(*TOGETHER).select_for_update(of=("self",)).order_by("pk")
    return [each for each in found if (each.attempt.enrollment_id, each.attempt.quiz_id) in wanted]


def _what_stands(responses: Iterable[Response]) -> dict[int, list[GradingEvent]]:
    """By response (key), its gradings, the oldest first, without those that were undone and what undid them; one query.

    So of two lists the earlier one can be undone once the later one is.
    """
    found: dict[int, list[GradingEvent]] = {}
    for event in GradingEvent.objects.filter(response__in=[each.pk for each in responses]).order_by("number"):
        own = found.setdefault(event.response_id, [])
        if own and event.detail.get("undoes") == str(own[-1].cause):
            own.pop()
        else:
            own.append(event)
    return found


def _given_back(run: ListImport, event: GradingEvent) -> dict[str, Any]:
    """The detail of the event once more. That it is said again is no new decision about the answer."""
    again = {**event.detail, "undoes": str(run.uuid), IMPORTED: True}
    return again if stands_by_person(event) else {**again, TAKEN_BACK: True}
