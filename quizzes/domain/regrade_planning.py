"""The dry run: what grading again would make of each response. Writes lines, never a grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from jobs.domain import ClaimedJob, give_way
from jobs.domain.clock import database_now
from quizzes.domain.grading import Graded, grade_response
from quizzes.domain.keepable import is_empty
from quizzes.domain.manual_queue import stands_by_person
from quizzes.domain.precedents import Precedents, precedents_for
from quizzes.domain.regrades import BATCH, apply_regrade, covered_by, new_lines
from quizzes.domain.row_updates import update_each
from quizzes.models import (
    Appeal,
    Grading,
    GradingEvent,
    LineState,
    QuestionVersion,
    RegradeLine,
    RegradeRun,
    Response,
    RunState,
    VersionState,
)
from quizzes.questions import question_type
from quizzes.questions.base import InvalidAnswer

FIELDS = (
    "state",
    "version",
    "before_event",
    "before_grading",
    "before_fraction",
    "after_fraction",
    "outcome",
)
MISFIT = "The answer was given to another wording and means nothing in this one. It keeps its grade."
TOGETHER = ("response__attempt__quiz", "response__version__question")


def plan_lines(claimed: ClaimedJob) -> RegradeRun | None:
    """Every line of the job's run says what would become of its response; may be repeated, goes on where it stopped.

    None when the run is not being planned any more.
    """
    run = RegradeRun.objects.filter(uuid=str(claimed.subject), state=RunState.PLANNING).first()
    if run is None:
        return None
    _add_lines(run)
    done, total = 0, run.lines.count()
    claimed.heartbeat(current=0, total=total)
    while lines := waiting_lines(run)[:BATCH]:
        save_plans(planned(list(lines), run=run, at=database_now()))
        done += len(lines)
        claimed.heartbeat(current=done)
        give_way()
    return run


def record_plan(_claimed: ClaimedJob, run: RegradeRun | None) -> dict[str, int]:
    """The run is planned and knows how many grades it would change.

    One that follows from an appeal goes on to be applied: whoever accepted the appeal has seen what it changes.
    """
    if run is None:
        return {}
    counts = count_lines(run, state=RunState.PLANNED, planned_at=database_now())
    if Appeal.objects.filter(run=run).exists():
        apply_regrade(run, actor=run.actor)
    return counts


def count_lines(run: RegradeRun, **fields: Any) -> dict[str, int]:
    """The run carries the numbers of its lines, and these fields; returns {"total", "changed", "kept"}."""
    lines = RegradeLine.objects.filter(run=run)
    kept = Q(state__in=[LineState.KEPT_BY_PERSON, LineState.KEPT_LOWER, LineState.FAILED])
    counts = {
        "total": lines.count(),
        "changed": lines.filter(state=LineState.CHANGED).count(),
        "kept": lines.filter(kept).count(),
    }
    RegradeRun.objects.filter(pk=run.pk).update(**counts, **fields)
    return counts


def _add_lines(run: RegradeRun) -> None:
    """The run's lines, in batches; a run over chosen responses has them already."""
    if run.quiz_id is None and run.question_id is None:
        return
    last = 0
    while found := list(covered_by(run).filter(pk__gt=last).order_by("pk")[:BATCH]):
        RegradeLine.objects.bulk_create(new_lines(run, found), ignore_conflicts=True)
        last = found[-1].pk
        give_way()


def waiting_lines(run: RegradeRun) -> Any:
    """The run's lines that nothing was planned for yet, each with its response, attempt, quiz, version and question."""
    return RegradeLine.objects.filter(run=run, state=LineState.WAITING).select_related(*TOGETHER).order_by("pk")


def planned(
    lines: Sequence[RegradeLine],
    *,
    run: RegradeRun,
    at: datetime,
    versions: Mapping[int, QuestionVersion] | None = None,
) -> list[RegradeLine]:
    """The lines with what grading again would make of them, unsaved; a constant number of queries.

    By the published versions of their questions, or by these, by the question's key: they need not be saved.
    """
    newest = newest_events(line.response for line in lines)
    versions = _published_for(lines) if versions is None else versions
    known = precedents_for(line.response for line in lines)
    for line in lines:
        _plan(line, versions, newest.get(line.response_id), known, run=run, at=at)
    return list(lines)


def newest_events(responses: Iterable[Response]) -> dict[int, GradingEvent]:
    """The newest grading event of each response, by the response's key. One query."""
    events = GradingEvent.objects.filter(response__in=[response.pk for response in responses]).order_by("number")
    return {event.response_id: event for event in events}


def _published_for(lines: Sequence[RegradeLine]) -> dict[int, QuestionVersion]:
    questions = {line.response.version.question_id for line in lines}
    versions = QuestionVersion.objects.filter(question__in=questions, state=VersionState.PUBLISHED)
    return {version.question_id: version for version in versions.select_related("question")}


def _plan(
    line: RegradeLine,
    versions: Mapping[int, QuestionVersion],
    newest: GradingEvent | None,
    known: Mapping[int, Precedents],
    *,
    run: RegradeRun,
    at: datetime,
) -> None:
    response = line.response
    line.before_event = newest.number if newest else 0
    line.before_grading, line.before_fraction = response.grading, response.fraction
    pinned = response.version
    line.version = versions.get(pinned.question_id, pinned)
    line.after_fraction, line.outcome = response.fraction, {}
    if newest is not None and stands_by_person(newest):
        line.state = LineState.KEPT_BY_PERSON
    elif not _fits(response, pinned, line.version):
        line.state, line.outcome = LineState.FAILED, {"problem": MISFIT}
    else:
        response.version = line.version
        graded = grade_response(response, number=line.before_event + 1, at=at, known=known)
        line.outcome, line.after_fraction = _outcome_of(graded), graded.fraction
        line.state = _state_of(line, graded, only_if_higher=run.only_if_higher)
        response.version = pinned


def _fits(response: Response, pinned: QuestionVersion, version: QuestionVersion) -> bool:
    """Whether an answer that counted in its own wording is an answer in the new one too."""
    if version.pk == pinned.pk or is_empty(response.answer):
        return True
    return version.kind == pinned.kind and (not _counts(response, pinned) or _counts(response, version))


def _counts(response: Response, version: QuestionVersion) -> bool:
    try:
        question_type(version.kind).parse(version.content, response.answer)
    except InvalidAnswer:
        return False
    return True


def _outcome_of(graded: Graded) -> dict[str, Any]:
    if graded.outcome is None:
        return {"problem": graded.problem}
    return {
        "grader": graded.grader,
        "feedback": graded.outcome.feedback,
        "detail": graded.detail,
        "inputs_hash": graded.inputs_hash,
    }


def _state_of(line: RegradeLine, graded: Graded, *, only_if_higher: bool) -> LineState:
    before, after = line.before_fraction, graded.fraction
    if graded.outcome is None:
        return LineState.FAILED
    if after is None:
        return LineState.UNCHANGED if before is None else LineState.FAILED
    if after == before:
        return LineState.UNCHANGED
    is_lower = before is not None and after < before
    return LineState.KEPT_LOWER if only_if_higher and is_lower else LineState.CHANGED


def save_plans(lines: Sequence[RegradeLine]) -> None:
    """The lines stand as they were planned; one statement."""
    update_each(RegradeLine, FIELDS, [(line.pk, *_values(line)) for line in lines])


def _values(line: RegradeLine) -> tuple[Any, ...]:
    version = line.version_id
    before: Decimal | None = line.before_fraction
    grading = Grading(line.before_grading)
    return line.state, version, line.before_event, grading, before, line.after_fraction, line.outcome


def give_up_plan(job: Any, _error: str) -> None:
    """A run whose planning was given up is discarded: nobody's grade changed."""
    RegradeRun.objects.filter(uuid=str(job.subject), state=RunState.PLANNING).update(state=RunState.DISCARDED)
