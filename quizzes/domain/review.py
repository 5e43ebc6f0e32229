"""A submitted attempt as its policy lets the learner see it now: verdicts, why, and the passages that prove them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from course.domain.anchors import Place, places_of_evidence
from jobs.domain.prepared import prepared
from quizzes.domain.asked_versions import with_version
from quizzes.domain.deadlines import window_of
from quizzes.domain.fold import fold_of
from quizzes.domain.grade_changes import GradeChange, History
from quizzes.domain.keepable import is_empty
from quizzes.domain.ledger import path_of
from quizzes.domain.manual_queue import suggestion_in
from quizzes.domain.rubric_grades import tell_as_read_now
from quizzes.domain.seating import seed_for
from quizzes.models import Appeal, AppealState, Attempt, AttemptState, Grading, GradingEvent, Response
from quizzes.penalties import raw_fraction
from quizzes.policy import ONLY_ONCE_SETTLED, Shown, shown_now
from quizzes.questions import question_type
from quizzes.questions.base import InvalidAnswer, Presentation


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """One graded question. What the policy holds back is None or empty: it is not in the value at all."""

    position: int
    kind: str
    presentation: Presentation
    max_points: Decimal
    grading: Grading
    summary: str
    verdict: str
    fraction: Decimal | None
    feedback: str
    parts: Mapping[str, Any] | None
    explanation: str
    evidence: tuple[Place, ...]
    concept: str
    concept_slug: str
    question: UUID
    grader: str
    path: tuple[str, ...]
    change: GradeChange | None = None
    suggested: Decimal | None = None
    is_appealed: bool = False
    may_appeal: bool = False
    found_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted attempt, reviewed. `fraction` is None while it is held back or not graded."""

    attempt: Attempt
    shown: frozenset[Shown]
    grading: Grading
    fraction: Decimal | None
    points: Decimal | None
    max_points: Decimal
    items: tuple[ReviewedItem, ...]


def review_of(attempt: Attempt, *, at: datetime) -> Review:
    """What the learner may see of the attempt at `at`; three queries, one more for evidence and for a person’s rubric.

    `attempt` comes with its quiz and enrolment. Before submitting nothing is shown but the questions.
    """
    closed = window_of(attempt.quiz, attempt.enrollment).is_closed(at)
    shown = shown_now(attempt.policy, submitted=attempt.state == AttemptState.SUBMITTED, closed=closed)
    responses = _responses(attempt=attempt.pk)
    history = History.of(responses, _events(attempt=attempt.pk))
    proven = [response.version.uuid for response in responses] if Shown.EVIDENCE in shown else []
    places = places_of_evidence(proven, revision=attempt.revision_id)
    tell_as_read_now(history.newest_events())
    items = tuple(
        _item(response, history, shown, places.get(response.version.uuid, ()), attempt.seed) for response in responses
    )
    possible = sum((response.max_points for response in responses), Decimal(0))
    fraction = attempt.fraction if Shown.FRACTION in shown else None
    return Review(
        attempt=attempt,
        shown=shown,
        grading=fold_of([response.grading for response in responses]),
        fraction=fraction,
        points=None if fraction is None else round(fraction * possible, 2),
        max_points=possible,
        items=items,
    )


def _item(
    response: Any, history: History, shown: frozenset[Shown], places: tuple[Place, ...], seed: int
) -> ReviewedItem:
    """The item with what changed since it was first graded, and its key as the newest grade has it."""
    item = replace(
        reviewed_item(response, history.newest(response), shown, places, seed),
        suggested=_suggested(response, history.newest(response)) if Shown.VERDICT in shown else None,
        is_appealed=response.is_appealed,
        may_appeal=Shown.VERDICT in shown and response.fraction is not None and response.fraction < 1,
        found_at=response.found_at,
    )
    change = history.change(response, shown)
    if change is None:
        return item
    asked_now = history.wording(response)
    if item.parts is None or asked_now.pk == response.version_id:
        return replace(item, change=change)
    own_seed = seed_for(seed, response.position)
    parts = question_type(asked_now.kind).review(asked_now.content, _parsed(response), own_seed)
    return replace(item, change=change, parts=parts)


def _suggested(response: Response, newest: GradingEvent | None) -> Decimal | None:
    """What the grader would give, 0..1, while a person has still to decide."""
    if newest is None or response.grading != Grading.PENDING_MANUAL:
        return None
    suggestion = suggestion_in(newest.detail)
    return suggestion.fraction if suggestion else None


@prepared
def _responses(*, attempt: int) -> QuerySet[Any]:
    appealed = Appeal.objects.filter(response=OuterRef("pk"), state=AppealState.OPEN)
    return (
        with_version(Response.objects.filter(attempt=attempt))
        .select_related("version__question__concept")
        .defer("version__question__concept__reasons", "version__question__concept__undrafted")
        .annotate(is_appealed=Exists(appealed), found_at=F("sighting__at"))
        .order_by("position")
    )


@prepared
def _events(*, attempt: int) -> QuerySet[GradingEvent]:
    return GradingEvent.objects.filter(response__attempt=attempt).order_by("response", "number")


def reviewed_item(
    response: Response, event: GradingEvent | None, shown: frozenset[Shown], places: tuple[Place, ...], seed: int
) -> ReviewedItem:
    """One response as far as it is shown; `event` is its newest, `seed` the attempt's.

    `response` comes with its version, question and concept.
    """
    version = response.version
    kind = question_type(version.kind)
    own_seed = seed_for(seed, response.position)
    answer = _parsed(response)
    # Many a question asks for the very term of its concept.
    concept = version.question.concept if shown & ONLY_ONCE_SETTLED else None
    key_shown = Shown.KEY in shown
    return ReviewedItem(
        position=response.position,
        kind=version.kind,
        presentation=kind.present(version.content, seed=own_seed),
        max_points=response.max_points,
        grading=Grading(response.grading),
        summary=kind.summarise(version.content, answer) if answer is not None else _as_typed(response.answer),
        verdict=verdict_of(response, event) if Shown.VERDICT in shown else "",
        fraction=response.fraction if Shown.VERDICT in shown else None,
        feedback=event.feedback if event and Shown.FEEDBACK in shown else "",
        parts=kind.review(version.content, answer, own_seed) if key_shown else None,
        explanation=str(version.content.get("explanation", "")) if key_shown else "",
        evidence=places,
        concept=concept.term if concept else "",
        concept_slug=concept.slug if concept else "",
        question=version.question.uuid,
        grader=event.grader if event else "",
        path=path_of(event) if event and key_shown else (),
    )


def verdict_of(response: Response, event: GradingEvent | None = None) -> str:
    """The verdict in one word or two: right, partly right, not right, not answered, being graded, not graded.

    It is about the answer itself, before what tries and hints cost.
    """
    fraction = raw_fraction(response.fraction, event.detail if event else {})
    if response.grading == Grading.FAILED:
        return "not graded"
    if response.grading == Grading.PENDING_MANUAL:
        return "waiting for a person"
    if fraction is None:
        return "being graded"
    if fraction == 1:
        return "right"
    if fraction > 0:
        return "partly right"
    return "not answered" if is_empty(response.answer) else "not right"


def _as_typed(raw: Any) -> str:
    """Words that were no answer of this kind, on one line: whoever typed them has not written nothing."""
    return " ".join(raw.split()) if isinstance(raw, str) else ""


def _parsed(response: Response) -> Any:
    try:
        return question_type(response.version.kind).parse(response.version.content, response.answer)
    except InvalidAnswer:
        return None
