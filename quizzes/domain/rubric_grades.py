"""What the rubric's items make of a response: its marks, its fraction, and the feedback they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from jobs.domain.clock import database_now
from quizzes.domain.charges import charged
from quizzes.domain.manual_queue import BY_PEOPLE, RECOMPUTED
from quizzes.domain.people_grades import record_person_grades
from quizzes.domain.rubrics import fraction_of, lock_question
from quizzes.models import CauseKind, GradingEvent, Question, Response, RubricItem, RubricMark
from quizzes.penalties import penalty_in_words
from quizzes.questions.base import Outcome

BY_RUBRIC, BY_HAND = "rubric", "hand"
"""How a person came to a fraction, as `detail["by"]` of a grading event says it."""


@dataclass(frozen=True, slots=True)
class PersonGrade:
    """What a person gives an answer: items of the rubric, a comment, and their own fraction where they set one."""

    items: Sequence[RubricItem]
    comment: str = ""
    own_fraction: Decimal | None = None

    @property
    def fraction(self) -> Decimal:
        """The fraction that counts: their own, else what the items give together."""
        return fraction_of(item.fraction for item in self.items) if self.own_fraction is None else self.own_fraction

    @property
    def feedback(self) -> str:
        """What the learner is told, as the items read now."""
        return told([(item.text, item.feedback) for item in self.items], self.comment)

    @property
    def detail(self) -> dict[str, Any]:
        """How the fraction came about, as a grading event keeps it: `by`, `items` (uuids), `comment`, `path`."""
        by = BY_RUBRIC if self.own_fraction is None else BY_HAND
        items = [str(item.uuid) for item in self.items]
        return {"by": by, "items": items, "comment": self.comment, "path": self._path()}

    def _path(self) -> list[str]:
        path = [f"“{item.text}” gives {percent(item.fraction)}." for item in self.items]
        return path if self.own_fraction is None else [*path, f"A person set it to {percent(self.own_fraction)}."]


def outcome_for(response: Response, grade: PersonGrade) -> Outcome:
    """What the grade comes to for this response: by the rubric less what its hints cost, by hand as it was set.

    `response` comes with its attempt.
    """
    outcome = Outcome(float(grade.fraction), grade.feedback, grade.detail)
    return charged(response, outcome) if grade.own_fraction is None else outcome


def percent(fraction: Decimal) -> str:
    """ "67 %", "12.5 %", "−33 %": at most one decimal, a true minus."""
    return f"{round(fraction * 100, 1):f}".rstrip("0").rstrip(".").replace("-", "−") + " %"


def told(items: Iterable[tuple[str, str]], comment: str) -> str:
    """The feedback of items, each given as (text, feedback), and a comment: one paragraph for each, as plain text."""
    return "\n".join(filter(None, [*(feedback or text for text, feedback in items), comment.strip()]))


def tell_as_read_now(events: Iterable[GradingEvent]) -> None:
    """Events that a person made of rubric items carry feedback as the items read today. Nothing is saved.

    So new words reach every learner without a new grade; the stored event keeps what was told at first. One query when
    there is such an event, else none.
    """
    of_items = [event for event in events if event.detail.get("items")]
    if not of_items:
        return
    wanted = {name for event in of_items for name in event.detail["items"]}
    rows = RubricItem.objects.filter(uuid__in=wanted).values_list("uuid", "text", "feedback")
    words = {str(uuid): (text, feedback) for uuid, text, feedback in rows}
    for event in of_items:
        event.feedback = _told_now(event.detail, words)


def _told_now(detail: Mapping[str, Any], words: Mapping[str, tuple[str, str]]) -> str:
    feedback = told([words[name] for name in detail["items"] if name in words], str(detail.get("comment", "")))
    if "penalty" not in detail:
        return feedback
    cost = penalty_in_words(Decimal(str(detail["penalty"])), answers=detail["tries"], hints=detail["hints"])
    return "\n".join(filter(None, [feedback, cost]))


@transaction.atomic
def replace_marks(responses: Iterable[int], items: Sequence[RubricItem]) -> None:
    """Exactly these items stand on each of the responses (by key). Two statements whatever their number."""
    keys = list(responses)
    RubricMark.objects.filter(response__in=keys).delete()
    RubricMark.objects.bulk_create(RubricMark(response_id=key, item=item) for key in keys for item in items)


def fractions_by_marks(responses: Iterable[Response]) -> dict[int, Decimal]:
    """What the items that stand on each response (by key) give together now. One query."""
    shares: dict[int, list[Decimal]] = {}
    marks = RubricMark.objects.filter(response__in=[response.pk for response in responses])
    for key, share in marks.values_list("response", "item__fraction"):
        shares.setdefault(key, []).append(share)
    return {key: fraction_of(each) for key, each in shares.items()}


def items_named(offered: Sequence[RubricItem], uuids: Iterable[UUID]) -> list[RubricItem]:
    """Those of the offered items that are named, in the order of the rubric."""
    wanted = set(uuids)
    return [item for item in offered if item.uuid in wanted]


@transaction.atomic
def change_share(item: RubricItem, *, fraction: Decimal, by: User, at: datetime | None = None) -> int:
    """The item gives this share of the question, and every grade that rests on it is made anew; returns how many.

    `fraction` lies in -1..1. One event, of one cause, for each response that the item stands on, whose newest grade is
    of the rubric and comes out different; what a person set by hand stays. Locks the question. Idempotent.
    """
    locked = lock_question(item.question)
    item.fraction = fraction
    item.save(update_fields=["fraction"])
    return _recompute(locked, item, by=by, at=at or database_now())


def _recompute(question: Question, item: RubricItem, *, by: User, at: datetime) -> int:
    events = {event.response_id: event for event in _standing_by_rubric(question, item)}
    sums = fractions_by_marks([event.response for event in events.values()])
    made = {key: charged(event.response, _anew(event, sums[key])) for key, event in events.items()}
    fractions = {key: fraction_in(outcome) for key, outcome in made.items()}
    changed = [event.response for key, event in events.items() if fractions[key] != event.response.fraction]
    if changed:
        record_person_grades(
            changed,
            fraction_by_response=fractions,
            feedback={key: event.feedback for key, event in events.items()},
            detail={key: outcome.detail for key, outcome in made.items()},
            actor=by,
            cause_kind=CauseKind.MANUAL,
            at=at,
        )
    return len(changed)


def _anew(event: GradingEvent, fraction: Decimal) -> Outcome:
    return Outcome(float(fraction), event.feedback, {**event.detail, RECOMPUTED: True})


def fraction_in(outcome: Outcome) -> Decimal | None:
    """The outcome's fraction as it is stored, six places."""
    return None if outcome.fraction is None else round(Decimal(str(outcome.fraction)), 6)


def _standing_by_rubric(question: Question, item: RubricItem) -> QuerySet[GradingEvent]:
    """The newest events of responses that the item stands on, where a person came to the fraction by the rubric."""
    newer = GradingEvent.objects.filter(response=OuterRef("response"), number__gt=OuterRef("number"))
    marked = RubricMark.objects.filter(item=item, response=OuterRef("response"))
    events = GradingEvent.objects.filter(~Exists(newer), Exists(marked), version__question=question.pk)
    return events.filter(cause_kind__in=BY_PEOPLE, fraction__isnull=False, detail__by=BY_RUBRIC).select_related(
        "response__attempt__quiz", "response__version__question"
    )
