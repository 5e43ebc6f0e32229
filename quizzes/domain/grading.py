"""The job that grades a submitted attempt: pure grading first, then one transaction that records it."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from hooks.domain.events import is_heard
from jobs.domain import ClaimedJob, enqueue
from jobs.domain.clock import DatabaseClock
from jobs.domain.prepared import prepared
from jobs.models import LIVE, Job
from quizzes.domain import result_changed
from quizzes.domain.asked_versions import with_version
from quizzes.domain.attempts import GRADE_ATTEMPT
from quizzes.domain.automatic import draw_audits, may_defer
from quizzes.domain.buckets import UNTOLD, choice_of
from quizzes.domain.charges import charged
from quizzes.domain.course_events import telling_of_grades
from quizzes.domain.fold import fold_of, weighted_fraction
from quizzes.domain.grading_locks import lock_learner
from quizzes.domain.item_statistics import Part, count_in, is_counted
from quizzes.domain.keepable import is_empty
from quizzes.domain.masteries import refresh_masteries
from quizzes.domain.precedents import NONE, Precedents, precedents_for
from quizzes.domain.results import refresh_result
from quizzes.domain.row_updates import Row, insert_new, update_each
from quizzes.grading import GraderFault, GradingRequest, UnknownGrader, grade, grader_label, heeds_precedents
from quizzes.models import Attempt, AttemptState, CauseKind, Grading, GradingEvent, Issue, QuestionVersion, Response
from quizzes.questions import UnknownKind
from quizzes.questions.base import BrokenQuestion, Outcome

log = logging.getLogger(__name__)
NOTHING_KNOWN: Mapping[int, Precedents] = {}
UNANSWERED = Outcome(fraction=0.0, feedback="", detail={"path": "unanswered"})


@dataclass(frozen=True, slots=True)
class Graded:
    """One response with what its grader said at `at`; `problem` instead of an outcome when the question is broken.

    `number` is the one its event will have, `told` the digest of the precedents that its grader heeded, if it does.
    """

    response: Response
    number: int
    at: datetime
    grader: str
    outcome: Outcome | None
    problem: str = ""
    told: str = ""

    @property
    def grading(self) -> Grading:
        """The response's state after this grading."""
        if self.outcome is None:
            return Grading.FAILED
        return Grading.PENDING_MANUAL if self.outcome.fraction is None else Grading.GRADED

    @property
    def fraction(self) -> Decimal | None:
        """The fraction as it is stored, six places; None while a person must look or for a broken question."""
        if self.outcome is None or self.outcome.fraction is None:
            return None
        return round(Decimal(str(self.outcome.fraction)), 6)

    @property
    def inputs_hash(self) -> str:
        """The hash of what the grade was made of."""
        return inputs_hash(self.response, told=self.told)

    @property
    def detail(self) -> dict[str, Any]:
        """What the event keeps beside fraction and feedback; `told` is there where precedents were heeded."""
        if self.outcome is None:
            return {"problem": self.problem}
        return {**self.outcome.detail, "told": self.told} if self.told else dict(self.outcome.detail)


def grade_attempt(claimed: ClaimedJob, *, at: datetime | None = None) -> list[Graded]:
    """Outcomes of all pending responses of the job's attempt, without a lock. Writes nothing.

    One query; three more at most where a grader has to know what people gave before.
    """
    pending = _pending(attempt=UUID(str(claimed.subject)))
    known = precedents_for(pending)
    return [
        grade_response(response, number=response.events + 1, at=at or response.now, known=known) for response in pending
    ]


@prepared
def _pending(*, attempt: UUID) -> QuerySet[Any]:
    newest = GradingEvent.objects.filter(response=OuterRef("pk")).order_by("-number").values("number")[:1]
    return (
        with_version(Response.objects.filter(attempt__uuid=attempt, grading=Grading.PENDING))
        .select_related("attempt__quiz", "version__question")
        .annotate(events=Coalesce(Subquery(newest), Value(0), output_field=IntegerField()), now=DatabaseClock())
        .annotate(is_heard=is_heard(course=OuterRef("attempt__quiz__course")))
        .order_by("position")
    )


def grade_response(
    response: Response, *, number: int, at: datetime, known: Mapping[int, Precedents] = NOTHING_KNOWN
) -> Graded:
    """What the response's grader says of its answer. A broken question or grader is a problem, never a grade.

    `known` says by question (key) what people gave for earlier answers.
    """
    version = response.version
    try:
        grader = grader_label(version.kind, version.content)
        heeds = heeds_precedents(version.kind, version.content)
        precedents = known.get(version.question_id, NONE).for_version(version.uuid) if heeds else NONE
        return Graded(response, number, at, grader, _outcome(response, precedents), told=precedents.digest)
    except (BrokenQuestion, GraderFault, UnknownKind, UnknownGrader) as problem:
        log.warning("Question version %s cannot be graded: %s", version.uuid, problem)
        return Graded(response, number, at, "none", None, str(problem))


def _outcome(response: Response, precedents: Precedents) -> Outcome:
    if is_empty(response.answer):
        return UNANSWERED
    version = response.version
    request = GradingRequest(
        version.kind,
        version.content,
        response.answer,
        version.number,
        references=precedents.references,
        settings=precedents.settings,
    )
    return charged(response, grade(request))


def inputs_hash(response: Response, *, told: str = "") -> str:
    """What the grade was made of, as a hash: version, answer, and the digest of the precedents its grader was told.

    The same hash and grader give the same grade.
    """
    made_of = [str(response.version.uuid), response.answer, *([told] if told else [])]
    inputs = json.dumps(made_of, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(inputs.encode()).hexdigest()


def record_grades(_claimed: ClaimedJob, graded: Sequence[Graded]) -> None:
    """Every outcome is an event, and responses, attempt, result, mastery and statistics follow.

    Runs inside the transaction that finishes the job. The learner's enrolment is locked: two attempts of one learner,
    graded at once, fold one after the other. The quiz keeps its result rule meanwhile. Nothing pending any more is
    nothing to do.
    """
    if not graded:
        return
    attempt, now = graded[0].response.attempt, graded[0].at
    lock_learner(attempt)
    cause = attempt.submit_cause or attempt.uuid
    append_events(graded, cause=cause, cause_kind=CauseKind.SUBMIT)
    update_each(Response, ("grading", "fraction"), [(g.response.pk, g.grading, g.fraction) for g in graded])
    _tell_authors(graded, at=now)
    draw_audits([g.response for g in graded if g.fraction is not None and may_defer(g.grader)], at=now)
    # `_pending` asked whether anybody hears; who grades what it did not bring has it asked.
    with telling_of_grades([attempt], is_heard=getattr(graded[0].response, "is_heard", None)):
        parts = fold_attempt(attempt, {g.response.version_id: g.response.version for g in graded}, at=now)
        if attempt.fraction is not None:
            refresh_result(attempt, at=now)
    refresh_masteries(attempt, graded=[(g.response, g.fraction) for g in graded if g.fraction is not None], at=now)
    if attempt.fraction is not None:
        # Last, because everybody who grades this quiz waits for these rows.
        count_in(attempt, parts)
    result_changed.tell(attempt)


def append_events(graded: Sequence[Graded], *, cause: UUID, cause_kind: CauseKind) -> None:
    """One event for each outcome; a cause that was recorded before is left as it is."""
    insert_new(GradingEvent, _EVENT, [(*_event_of(each), cause, cause_kind) for each in graded])


_EVENT = (
    *("response", "number", "version", "grader", "inputs_hash", "fraction", "feedback", "detail", "at"),
    *("cause", "cause_kind"),
)


def _event_of(graded: Graded) -> Row:
    """The event's values but for its cause, in the order of _EVENT."""
    response, feedback = graded.response, graded.outcome.feedback if graded.outcome else ""
    said = (graded.inputs_hash, graded.fraction, feedback, graded.detail, graded.at)
    return (response.pk, graded.number, response.version_id, graded.grader, *said)


def _tell_authors(graded: Sequence[Graded], *, at: datetime) -> None:
    issues = [
        Issue(version=each.response.version, response=each.response, message=each.problem[:500], created_at=at)
        for each in graded
        if each.outcome is None
    ]
    if issues:
        Issue.objects.bulk_create(issues, ignore_conflicts=True)


def fold_attempt(attempt: Attempt, versions: Mapping[int, QuestionVersion], *, at: datetime) -> list[Part]:
    """The attempt carries the fraction its responses add up to once every one is graded; until then it has none.

    `versions` are those at hand, by key. Returns its graded responses, with what was chosen where statistics count it;
    two statements, one more when a version of theirs was not at hand.
    """
    rows = _folded(attempt=attempt.pk)
    others = {version for version, *_ in rows} - versions.keys()
    asked = {**versions, **QuestionVersion.objects.in_bulk(list(others))} if others else versions
    chosen = is_counted(attempt)
    parts = [
        Part(attempt.quiz_id, version, given, points, choice_of(asked[version], answer) if chosen else UNTOLD)
        for version, given, points, answer in rows
        if given is not None
    ]
    settled = len(parts) == len(rows)
    earned = [(part.fraction, part.points) for part in parts]
    attempt.fraction = weighted_fraction(earned, credit=attempt.credit) if settled else None
    attempt.graded_at = at if settled else None
    update_each(Attempt, ("fraction", "graded_at"), [(attempt.pk, attempt.fraction, attempt.graded_at)])
    return parts


@prepared
def _folded(*, attempt: int) -> QuerySet[Any, Any]:
    return Response.objects.filter(attempt=attempt).values_list("version", "fraction", "max_points", "answer")


def give_up_grading(job: Any, error: str) -> None:
    """Every response still pending is visibly failed: it costs the learner nothing and waits for a person."""
    Response.objects.filter(attempt__uuid=job.subject, grading=Grading.PENDING).update(grading=Grading.FAILED)
    log.error("Grading of attempt %s was given up: %s", job.subject, error)


def attempt_grading(attempt: Attempt) -> Grading:
    """The attempt's grading as a fold of its responses: any failed, else any waiting for a person, else any pending."""
    if attempt.graded_at is not None:
        return Grading.GRADED
    return fold_of(list(Response.objects.filter(attempt=attempt).values_list("grading", flat=True)))


def regrade_forgotten(*, most: int = 500) -> int:
    """Every response still pending has a live job, even if its job was deleted; returns how many jobs were made."""
    live = Job.objects.filter(kind=GRADE_ATTEMPT, subject=OuterRef("uuid"), state__in=LIVE)
    waiting = Response.objects.filter(attempt=OuterRef("pk"), grading=Grading.PENDING)
    forgotten = Attempt.objects.filter(Exists(waiting), ~Exists(live), state=AttemptState.SUBMITTED)[:most]
    for attempt in forgotten:
        enqueue(GRADE_ATTEMPT, subject=attempt.uuid)
    return len(forgotten)
