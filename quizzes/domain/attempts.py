"""An attempt's life: it starts, answers are saved, it is submitted. Grading happens elsewhere, in a job."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from course.models import Enrollment, Lesson
from jobs.domain import enqueue
from jobs.domain.clock import DatabaseClock, database_now
from jobs.domain.prepared import first, prepared
from quizzes.domain.deadlines import TRANSPORT_GRACE, Window, counts_at, deadline_of, window_of
from quizzes.domain.keepable import is_empty, keepable
from quizzes.domain.row_updates import update_each
from quizzes.errors import (
    AttemptClosed,
    AttemptsUsedUp,
    AttemptTooSoon,
    NotAnAnswer,
    NothingToAsk,
    QuizNotOpen,
    StaleAnswer,
)
from quizzes.models import (
    AnswerEvent,
    Attempt,
    AttemptState,
    Grading,
    QuestionVersion,
    Quiz,
    Response,
    VersionState,
)
from quizzes.policy import policy_for
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
    """The outcome of one save of several answers: what was kept, and what another tab had changed meanwhile."""

    saved: tuple[SavedAnswer, ...]
    stale: tuple[Response, ...]


def start_attempt(
    quiz: Quiz,
    *,
    enrollment: Enrollment,
    at: datetime | None = None,
    seed: int | None = None,
    client_key: UUID | None = None,
) -> Attempt:
    """The learner has an attempt in progress at the quiz, with one empty response for each question.

    Starting twice, or from two tabs at once, gives the attempt already in progress; starting again with the same
    `client_key` gives that attempt whatever became of it. Raises QuizNotOpen, AttemptsUsedUp, AttemptTooSoon or
    NothingToAsk; then nothing was written.
    """
    own = Attempt.objects.filter(quiz=quiz, enrollment=enrollment).order_by("-number")
    known = _known(own, client_key)
    if known is not None:
        return known
    last: Attempt | None = first(_newest(quiz=quiz.pk, enrollment=enrollment.pk))
    now, window = at or database_now(), window_of(quiz, enrollment)
    if last is not None and last.state == AttemptState.IN_PROGRESS:
        return last
    _require_may_start(quiz, window, last, now)
    attempt = Attempt(
        quiz=quiz,
        enrollment=enrollment,
        number=last.number + 1 if last else 1,
        seed=secrets.randbits(48) if seed is None else seed,
        revision_id=_revision_of(quiz),
        policy=dict(policy_for(quiz.mode, quiz.feedback_policy)),
        started_at=now,
        deadline_at=deadline_of(window, now),
        client_key=client_key,
    )
    try:
        return _create_attempt(attempt)
    except IntegrityError:
        # Another tab or a resent request came first: its attempt is the one.
        return _known(own, client_key) or own.get(state=AttemptState.IN_PROGRESS)


@prepared
def _newest(*, quiz: int, enrollment: int) -> QuerySet[Attempt]:
    return Attempt.objects.filter(quiz=quiz, enrollment=enrollment).order_by("-number")[:1]


def _known(own: QuerySet[Attempt], client_key: UUID | None) -> Attempt | None:
    return own.filter(client_key=client_key).first() if client_key else None


def _require_may_start(quiz: Quiz, window: Window, last: Attempt | None, now: datetime) -> None:
    if not window.is_open(now):
        raise QuizNotOpen
    if last is None:
        return
    if quiz.attempts_allowed is not None and last.number >= quiz.attempts_allowed:
        raise AttemptsUsedUp
    if last.submitted_at and now < last.submitted_at + timedelta(seconds=quiz.delay_seconds):
        raise AttemptTooSoon


def _revision_of(quiz: Quiz) -> int | None:
    if quiz.lesson is not None:
        return quiz.lesson.revision_id
    return Lesson.objects.filter(course=quiz.course_id).values_list("revision", flat=True).first()


@prepared
def _published_versions(*, quiz: int) -> QuerySet[Any, Any]:
    return (
        QuestionVersion.objects.filter(state=VersionState.PUBLISHED, question__items__quiz=quiz)
        .order_by("question__items__position")
        .values_list("pk", "question__items__pk", "question__items__max_points", named=True)
    )


@transaction.atomic
def _create_attempt(attempt: Attempt) -> Attempt:
    versions = _published_versions(quiz=attempt.quiz_id)
    if not versions:
        raise NothingToAsk
    attempt.save()
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            position=position,
            item_id=version.question__items__pk,
            version_id=version.pk,
            max_points=version.question__items__max_points,
        )
        for position, version in enumerate(_in_order(attempt, versions), 1)
    )
    return attempt


def _in_order(attempt: Attempt, versions: Sequence[Any]) -> Sequence[Any]:
    if not attempt.quiz.shuffle:
        return versions
    shuffled = random.Random(attempt.seed)  # noqa: S311 -- an order of questions is no secret
    return shuffled.sample(versions, len(versions))


def save_answer(attempt: Attempt | AttemptOf, *, given: GivenAnswer, at: datetime | None = None) -> SavedAnswer:
    """The answer is kept and `sequence` is one higher.

    An invalid or half-typed answer is kept too, with a warning. Raises StaleAnswer when another tab saved since
    `given.sequence` (the newer answer comes with it), AttemptClosed after submitting or past the deadline,
    AnswerTooLarge or UnkeepableAnswer for what cannot be stored, NotAnAnswer for JSON of another shape than the
    question's control sends, Response.DoesNotExist for no such position.
    The same client_key again answers as the first time.
    """
    saving = save_answers(attempt, given=[given], at=at)
    if saving.stale:
        raise StaleAnswer(saving.stale[0])
    return saving.saved[0]


@transaction.atomic
def save_answers(attempt: Attempt | AttemptOf, *, given: Sequence[GivenAnswer], at: datetime | None = None) -> Saving:
    """All answers that no other tab changed meanwhile are kept, in three statements whatever their number.

    Raises as save_answer does, except that stale answers are returned beside the saved ones. The responses are
    locked, so a submit waits for the save or the save finds the attempt closed. An AttemptOf that is
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
    for answer in given:
        response = responses[answer.position]
        if _is_stale(response, answer):
            before = _replayed(response, answer)
            stale.extend([] if before else [response])
            replayed.extend([before] if before else [])
        else:
            fresh.append((response, answer))
    _require_open(list(responses.values()), now)
    return Saving(saved=(*replayed, *_write(fresh, now)), stale=tuple(stale))


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
    return _to_write(own.filter(position__in=positions))


def _to_write(responses: QuerySet[Response]) -> QuerySet[Any]:
    return (
        responses.select_related("attempt", "version")
        .select_for_update(of=("self",))
        .annotate(now=DatabaseClock())
        .order_by("position")
    )


def _require_open(responses: Sequence[Response], now: datetime) -> None:
    # The responses are locked and the attempt is not: a submit that came in between shows in their grading.
    attempt = responses[0].attempt
    is_closed = any(response.grading != Grading.NOT_READY for response in responses)
    if is_closed or attempt.state != AttemptState.IN_PROGRESS or not counts_at(attempt, now):
        raise AttemptClosed


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
    AnswerEvent.objects.bulk_create(
        AnswerEvent(response=r, sequence=r.sequence, answer=a.raw, client_key=a.client_key, at=now) for r, a in changed
    )
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

    Submitting again, or from twenty tabs at once, changes nothing and returns the same attempt. Submitted late, the
    recorded time is the deadline; what was saved by then counts. A dead broker neither delays nor fails it;
    `hint=False` wakes no worker at all.
    """
    now = at or database_now()
    ended = min(now, attempt.deadline_at) if attempt.deadline_at else now
    cause = uuid4()
    won = Attempt.objects.filter(pk=attempt.pk, state=AttemptState.IN_PROGRESS).update(
        state=AttemptState.SUBMITTED, submitted_at=ended, submit_cause=cause
    )
    if not won:
        attempt.refresh_from_db()
        return attempt
    attempt.state, attempt.submitted_at, attempt.submit_cause = AttemptState.SUBMITTED, ended, cause
    _lock_in_order(attempt)
    Response.objects.filter(attempt=attempt, grading=Grading.NOT_READY).update(grading=Grading.PENDING)
    enqueue(GRADE_ATTEMPT, subject=attempt.uuid, at=at, hint=hint)
    return attempt


def _lock_in_order(attempt: Attempt) -> None:
    # A save locks responses by position too. An UPDATE would lock them as they lie in the table, and the two could
    # wait for each other.
    responses = Response.objects.filter(attempt=attempt).order_by("position")
    list(responses.select_for_update().values_list("pk", flat=True))


def submit_overdue_attempts(*, at: datetime | None = None, most: int = 500) -> int:
    """Every attempt past its deadline and grace is submitted with what was saved; returns how many were."""
    now = at or database_now()
    overdue = Attempt.objects.filter(state=AttemptState.IN_PROGRESS, deadline_at__lt=now - TRANSPORT_GRACE)[:most]
    return sum(submit_attempt(attempt, at=now).submit_cause is not None for attempt in overdue)
