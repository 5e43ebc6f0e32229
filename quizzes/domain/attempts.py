"""An attempt's life: it starts, answers are saved, it is submitted. Grading happens elsewhere, in a job."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, QuerySet

from course.models import Enrollment
from hooks.domain.events import is_heard
from jobs.domain import enqueue
from jobs.domain.clock import DatabaseClock, database_now
from jobs.domain.prepared import first, prepared
from quizzes.domain.admission import NOT_OFFERED, Admission, admitted, can_be_built_on, pinned_policy, revision_of
from quizzes.domain.asked_versions import with_version
from quizzes.domain.course_events import tell_submitted
from quizzes.domain.deadlines import TRANSPORT_GRACE, counts_at, credit_at, deadline_of, window_of
from quizzes.domain.keepable import is_empty, keepable
from quizzes.domain.row_updates import insert_each, update_each
from quizzes.domain.seating import seat
from quizzes.errors import AnswerSettled, AttemptClosed, NotAnAnswer, NotYetAsked, QuizNotOpen, StaleAnswer
from quizzes.models import AnswerEvent, Attempt, AttemptState, Grading, Quiz, Response
from quizzes.penalties import rules_of
from quizzes.questions import question_type
from quizzes.questions.base import InvalidAnswer
from quizzes.questions.shapes import has_shape

GRADE_ATTEMPT = "grade_attempt"
"""The kind of the job that grades a submitted attempt; its subject is the attempt's uuid."""

LARGEST_POSITION = 100_000
"""No attempt has that many questions, and no database column holds every number that is sent."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer on its way in. `sequence` is the one the sender saw last; None skips the check against other tabs."""

    position: int
    raw: Any
    sequence: int | None
    client_key: UUID | None = None
    confidence: int | None = None
    flagged: bool | None = None


@dataclass(frozen=True, slots=True)
class AttemptOf:
    """The attempt with this uuid if it is the own one of the person with this key: naming it so spares a statement."""

    person: int
    uuid: UUID


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer that is kept. `warning` says in words why it would not count as it stands; "" when it would."""

    position: int
    sequence: int
    saved_at: datetime | None
    warning: str


@dataclass(frozen=True, slots=True)
class Saving:
    """The outcome of one save of several answers.

    `stale` is what another tab had changed meanwhile; `settled` are positions whose answers no longer change.
    """

    saved: tuple[SavedAnswer, ...]
    stale: tuple[Response, ...]
    settled: tuple[int, ...] = ()


def start_attempt(
    quiz: Quiz, *, enrollment: Enrollment, at: datetime | None = None, seed: int | None = None
) -> Attempt:
    """The learner has an attempt in progress at the quiz, with one response for each question.

    Starting twice, or from two tabs at once, gives the attempt already in progress. Where the quiz allows practice
    after its close, such an attempt does not count. Raises QuizNotOpen, AttemptsUsedUp, AttemptTooSoon, NothingToAsk or
    PoolTooSmall; then nothing was written.
    """
    attempt = attempt_now(quiz, enrollment=enrollment, at=at, seed=seed)
    if not is_new(attempt):
        return attempt
    try:
        with transaction.atomic():
            seat(attempt)
    except IntegrityError:
        if not another_came_first(attempt):
            raise
        return start_attempt(quiz, enrollment=enrollment, at=at, seed=seed)
    return attempt


def attempt_now(quiz: Quiz, *, enrollment: Enrollment, at: datetime | None = None, seed: int | None = None) -> Attempt:
    """The learner's attempt in progress; without one, that which would begin now, not stored.

    Raises as start_attempt does for what may not begin. Two statements, and one for a quiz on no lesson.
    """
    last: Attempt | None = first(_newest(quiz=quiz.pk, enrollment=enrollment.pk))
    now, window = at or database_now(), window_of(quiz, enrollment)
    if last is not None and last.state == AttemptState.IN_PROGRESS:
        return last
    is_practice = admitted(quiz, window, last=last, at=now) == Admission.PRACTICE
    attempt = Attempt(
        quiz=quiz,
        enrollment=enrollment,
        number=last.number + 1 if last else 1,
        seed=secrets.randbits(48) if seed is None else seed,
        revision_id=revision_of(quiz),
        policy=pinned_policy(quiz, is_practice=is_practice),
        started_at=now,
        deadline_at=None if is_practice else deadline_of(window, now),
        counts=not is_practice,
    )
    if last is not None and can_be_built_on(last, attempt):
        attempt.built_on, attempt.seed = last, last.seed
    return attempt


def is_new(attempt: Attempt) -> bool:
    """Whether the attempt is still to be stored."""
    return attempt._state.adding  # noqa: SLF001 -- Django documents _state


def another_came_first(attempt: Attempt) -> bool:
    """Whether the attempt could not be stored because another tab or a resent request had begun one by then.

    Raises QuizNotOpen when it could not because its quiz is gone.
    """
    if not Quiz.objects.filter(pk=attempt.quiz_id).exists():
        raise QuizNotOpen(NOT_OFFERED) from None
    own = Attempt.objects.filter(quiz=attempt.quiz_id, enrollment=attempt.enrollment_id)
    return own.filter(number__gte=attempt.number).exists()


@prepared
def _newest(*, quiz: int, enrollment: int) -> QuerySet[Attempt]:
    return Attempt.objects.filter(quiz=quiz, enrollment=enrollment).order_by("-number")[:1]


def save_answer(attempt: Attempt | AttemptOf, *, given: GivenAnswer, at: datetime | None = None) -> SavedAnswer:
    """The answer is kept and `sequence` is one higher.

    An invalid or half-typed answer is kept too, with a warning. Raises StaleAnswer when another tab saved since
    `given.sequence` (the newer answer comes with it), AttemptClosed after submitting or past the deadline,
    AnswerSettled or NotYetAsked where the answer no longer or not yet changes, AnswerTooLarge or UnkeepableAnswer for
    what cannot be stored, NotAnAnswer for JSON of another shape than the question's control sends,
    Response.DoesNotExist for no such position.
    The same client_key again answers as the first time.
    """
    saving = save_answers(attempt, given=[given], at=at)
    if saving.stale:
        raise StaleAnswer(saving.stale[0])
    if saving.settled:
        raise AnswerSettled
    return saving.saved[0]


@transaction.atomic
def save_answers(attempt: Attempt | AttemptOf, *, given: Sequence[GivenAnswer], at: datetime | None = None) -> Saving:
    """All answers that no other tab changed meanwhile are kept, in three statements whatever their number.

    Raises as save_answer does, except that stale and settled answers are returned beside the saved ones. The
    responses are locked, so a submit waits for the save or the save finds the attempt closed. An AttemptOf that is
    nobody's, or somebody else's, raises Response.DoesNotExist. No answers change nothing.
    """
    if not given:
        return Saving(saved=(), stale=())
    for answer in given:
        keepable(answer.raw)
    responses = _locked_responses(attempt, [answer.position for answer in given])
    for answer in given:
        if not has_shape(question_type(responses[answer.position].version.kind).control, answer.raw):
            raise NotAnAnswer
    now = at or next(iter(responses.values())).now
    stale: list[Response] = []
    fresh: list[tuple[Response, GivenAnswer]] = []
    replayed: list[SavedAnswer] = []
    settled: list[int] = []
    for answer in given:
        response = responses[answer.position]
        if response.is_settled and answer.raw != response.answer:
            settled.append(answer.position)
        elif _is_stale(response, answer):
            before = _replayed(response, answer)
            stale.extend([] if before else [response])
            replayed.extend([before] if before else [])
        else:
            fresh.append((response, answer))
    require_open(list(responses.values()), now)
    require_reached(list(responses.values()))
    return Saving(saved=(*replayed, *_write(fresh, now)), stale=tuple(stale), settled=tuple(settled))


def _locked_responses(attempt: Attempt | AttemptOf, positions: Sequence[int]) -> dict[int, Any]:
    wanted = _padded([min(position, LARGEST_POSITION) for position in positions])
    if isinstance(attempt, Attempt):
        found = _locked(attempt=attempt.pk, positions=wanted)
    else:
        found = _own_locked(uuid=attempt.uuid, person=attempt.person, positions=wanted)
    responses = {response.position: response for response in found}
    if missing := set(positions) - set(responses):
        raise Response.DoesNotExist(f"There is no question {min(missing)} in this attempt.")
    return responses


def _padded(positions: list[int]) -> list[int]:
    """The positions, the last one repeated up to a power of two: forms of all sizes share a few statements."""
    length = 1 << (len(positions) - 1).bit_length()
    return positions + positions[-1:] * (length - len(positions))


@prepared
def _locked(*, attempt: int, positions: Sequence[int]) -> QuerySet[Any]:
    return _to_write(Response.objects.filter(attempt=attempt, position__in=positions))


@prepared
def _own_locked(*, uuid: UUID, person: int, positions: Sequence[int]) -> QuerySet[Any]:
    own = Response.objects.filter(attempt__uuid=uuid, attempt__enrollment__user=person)
    # A save may be on its way while its learner is erased: what it brings must not stand there again afterwards.
    own = own.filter(attempt__enrollment__user__is_active=True)
    return _to_write(own.filter(position__in=positions))


def _to_write(responses: QuerySet[Response]) -> QuerySet[Any]:
    return (
        with_version(responses)
        .select_related("attempt", "version")
        .select_for_update(of=("self",))
        .annotate(now=DatabaseClock())
        .order_by("position")
    )


def require_open(responses: Sequence[Response], now: datetime) -> None:
    """Returns when answers of these locked responses of one attempt count at `now`; raises AttemptClosed."""
    # The responses are locked and the attempt is not: a submit that came in between shows in their grading.
    attempt = responses[0].attempt
    is_closed = any(response.grading != Grading.NOT_READY for response in responses)
    if is_closed or attempt.state != AttemptState.IN_PROGRESS or not counts_at(attempt, now):
        raise AttemptClosed


def require_reached(responses: Sequence[Response]) -> None:
    """Returns when the attempt asks all of these questions by now; raises NotYetAsked. No query for any order."""
    attempt = responses[0].attempt
    if not rules_of(attempt.policy).is_sequential:
        return
    open_ones = Response.objects.filter(attempt=attempt, is_settled=False)
    asked = open_ones.aggregate(first=Min("position"))["first"]
    if asked is not None and max(response.position for response in responses) > asked:
        raise NotYetAsked


def _is_stale(response: Response, answer: GivenAnswer) -> bool:
    """Whether saving would overwrite what the sender has not seen; the same answer again overwrites nothing."""
    return answer.sequence not in (None, response.sequence) and answer.raw != response.answer


def _replayed(response: Response, answer: GivenAnswer) -> SavedAnswer | None:
    """What was answered when this very save came the first time; None when it is a different one."""
    if answer.client_key is None:
        return None
    event = AnswerEvent.objects.filter(response=response, client_key=answer.client_key).first()
    if event is None:
        return None
    return SavedAnswer(response.position, event.sequence, event.at, warning_for(response, event.answer))


def _write(fresh: Sequence[tuple[Response, GivenAnswer]], now: datetime) -> list[SavedAnswer]:
    saved = [_as_it_stands(response) for response, answer in fresh if not _changes(response, answer)]
    changed = [(response, answer) for response, answer in fresh if _changes(response, answer)]
    for response, answer in changed:
        response.answer, response.sequence, response.saved_at = answer.raw, response.sequence + 1, now
        response.confidence = answer.confidence if answer.confidence is not None else response.confidence
        response.flagged = answer.flagged if answer.flagged is not None else response.flagged
        saved.append(_as_it_stands(response))
    fields = ("answer", "sequence", "saved_at", "confidence", "flagged")
    update_each(Response, fields, [(r.pk, *(getattr(r, name) for name in fields)) for r, _ in changed])
    events = [(r.pk, r.sequence, a.raw, a.client_key, now) for r, a in changed]
    insert_each(AnswerEvent, ("response", "sequence", "answer", "client_key", "at"), events)
    return saved


def _changes(response: Response, answer: GivenAnswer) -> bool:
    return (
        response.saved_at is None
        or response.answer != answer.raw
        or answer.confidence not in (None, response.confidence)
        or answer.flagged not in (None, response.flagged)
    )


def _as_it_stands(response: Response) -> SavedAnswer:
    warning = warning_for(response, response.answer)
    return SavedAnswer(response.position, response.sequence, response.saved_at, warning)


def warning_for(response: Response, raw: Any) -> str:
    """Why the answer would count as unanswered, in a sentence; "" when it would count. Nothing is written."""
    if is_empty(raw):
        return ""
    try:
        question_type(response.version.kind).parse(response.version.content, raw)
    except InvalidAnswer as problem:
        return str(problem)
    return ""


@transaction.atomic
def submit_attempt(attempt: Attempt, *, at: datetime | None = None, hint: bool = True) -> Attempt:
    """The attempt is submitted, its responses wait for grading, and one job will see to it.

    Submitting again, or from twenty tabs at once, changes nothing and returns the same attempt. Submitted past its
    deadline, the recorded time is the deadline; what was saved by then counts. Its credit is fixed now. A dead broker
    neither delays nor fails it; `hint=False` wakes no worker at all.
    """
    now = at or database_now()
    handed_in = _handed_in(attempt, now)
    if not Attempt.objects.filter(pk=attempt.pk, state=AttemptState.IN_PROGRESS).update(**handed_in):
        attempt.refresh_from_db()
        return attempt
    _carry(attempt, handed_in)
    # A save locks responses by position too. An UPDATE would lock them as they lie in the table, and the two could
    # wait for each other.
    locked = _locked_in_order(attempt=attempt.pk)
    Response.objects.filter(attempt=attempt, grading=Grading.NOT_READY).update(grading=Grading.PENDING)
    enqueue(GRADE_ATTEMPT, subject=attempt.uuid, at=at, hint=hint)
    if any(heard for _, heard in locked):
        tell_submitted(attempt)
    return attempt


def hand_in(attempt: Attempt, *, at: datetime) -> None:
    """The attempt, which is not stored yet, is one that was submitted at `at`; nothing is written."""
    _carry(attempt, _handed_in(attempt, at))


def _handed_in(attempt: Attempt, now: datetime) -> dict[str, Any]:
    ended = min(now, attempt.deadline_at) if attempt.deadline_at else now
    credit = _credit(attempt, now)
    return {"state": AttemptState.SUBMITTED, "submitted_at": ended, "submit_cause": uuid4(), "credit": credit}


def _carry(attempt: Attempt, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(attempt, name, value)


def _credit(attempt: Attempt, now: datetime) -> Decimal:
    if attempt.deadline_at is None or not attempt.quiz.late_credit:
        return Decimal(1)
    ended = now
    if now > attempt.deadline_at:
        # Nobody handed it in: it is as late as the last answer in it.
        saved = Response.objects.filter(attempt=attempt).aggregate(last=Max("saved_at"))["last"]
        ended = min(saved or attempt.started_at, attempt.deadline_at)
    window = window_of(attempt.quiz, attempt.enrollment)
    # Time that was given does not count as late.
    prompt = ended - timedelta(seconds=attempt.extra_seconds)
    return credit_at(window, started_at=attempt.started_at, submitted_at=prompt)


@prepared
def _locked_in_order(*, attempt: int) -> QuerySet[Any, Any]:
    # Whether the course has endpoints comes along, so that a course without any pays no statement to find out.
    heard = is_heard(course__quizzes__attempts=attempt)
    responses = Response.objects.filter(attempt=attempt).order_by("position").select_for_update()
    return responses.annotate(is_heard=heard).values_list("pk", "is_heard")


def submit_overdue_attempts(*, at: datetime | None = None, most: int = 500) -> int:
    """Every attempt past its deadline and grace is submitted with what was saved; returns how many were."""
    now = at or database_now()
    overdue = Attempt.objects.filter(state=AttemptState.IN_PROGRESS, deadline_at__lt=now - TRANSPORT_GRACE)
    overdue = overdue.select_related("quiz", "enrollment")[:most]
    return sum(submit_attempt(attempt, at=now).submit_cause is not None for attempt in overdue)
