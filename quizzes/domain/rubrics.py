"""The rubric of a question: what people grade by, over all its versions.

An item carries its share of the question itself, so one more item leaves every grade as it is. What its points are
changes grades is in `rubric_grades`; what an item says is read when feedback is shown, so new words need no new grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from jobs.domain.clock import database_now
from quizzes.errors import RubricFull
from quizzes.models import Question, QuestionVersion, RubricItem
from quizzes.questions.authored import optional_text_of
from quizzes.questions.numbers import authored_number

MOST_ITEMS = 30
PLACES = Decimal("0.000001")


def rubric_of(question: Question) -> list[RubricItem]:
    """The items that are offered now, in order; one query, or two while the rubric is only authored. Writes nothing.

    A question that never had an item offers those its author wrote into it, not stored yet: they keep their uuids when
    `fill_rubric` stores them.
    """
    stored = list(RubricItem.objects.filter(question=question))
    if stored:
        return [item for item in stored if item.retired_at is None]
    version = newest_wording(question)
    return authored_items(question, version.content) if version else []


def newest_wording(question: Question) -> QuestionVersion | None:
    """The newest version that learners were ever asked; None for a draft."""
    return QuestionVersion.objects.filter(question=question, published_at__isnull=False).order_by("-number").first()


def authored_items(question: Question, content: Mapping[str, Any]) -> list[RubricItem]:
    """The rubric that the question's content carries, as items that are not stored yet.

    It stands there as `[{"id", "text", "points", "feedback"}, …]`. An item's share is its points of all points that can
    be earned; the shares of what can be earned add up to 1 exactly. Rows that say nothing, or whose points are no
    number, are left out: the kind's check tells of them.
    """
    rows = _rows(content)[:MOST_ITEMS]
    shares = shares_of([points for _, points in rows])
    return [
        RubricItem(
            uuid=uuid5(question.uuid, str(row.get("id", row["text"]))),
            question=question,
            position=position,
            text=row["text"].strip()[:300],
            feedback=optional_text_of(row, "feedback").strip()[:1_000],
            fraction=share,
            created_at=question.created_at,
        )
        for position, ((row, _), share) in enumerate(zip(rows, shares, strict=True), 1)
    ]


def _rows(content: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], Decimal]]:
    rows = content.get("rubric")
    named = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    said = [row for row in named if isinstance(row.get("text"), str) and row["text"].strip()]
    numbered = [(row, authored_number(row.get("points"))) for row in said]
    return [(row, points) for row, points in numbered if points is not None]


def shares_of(points: Sequence[Decimal]) -> list[Decimal]:
    """Each of the points as a share of those above 0, in [-1, 1] with six places; shares above 0 add up to 1 exactly.

    What rounding leaves goes to the largest share, the first of equals. With nothing to earn every share is 0.
    """
    whole = sum((each for each in points if each > 0), Decimal(0))
    if not whole:
        return [Decimal(0) for _ in points]
    shares = [max((each / whole).quantize(PLACES, ROUND_DOWN), Decimal(-1)) for each in points]
    earned = [place for place, share in enumerate(shares) if points[place] > 0]
    largest = max(earned, key=lambda place: (points[place], -place))
    shares[largest] += 1 - sum(shares[place] for place in earned)
    return shares


def fraction_of(shares: Iterable[Decimal]) -> Decimal:
    """What items with these shares give together: their sum, at least 0 and at most 1."""
    return min(max(sum(shares, Decimal(0)), Decimal(0)), Decimal(1))


@transaction.atomic
def fill_rubric(question: Question) -> list[RubricItem]:
    """The items offered now, stored if they were only authored. Two graders may do it at once; idempotent."""
    offered = rubric_of(question)
    if any(item.pk is None for item in offered):
        RubricItem.objects.bulk_create(offered, ignore_conflicts=True)
        return list(RubricItem.objects.filter(question=question, retired_at__isnull=True))
    return offered


@transaction.atomic
def add_item(
    question: Question, *, text: str, fraction: Decimal, feedback: str = "", at: datetime | None = None
) -> RubricItem:
    """One more item stands last in the rubric; no grade changes. `fraction` is its share, -1..1. Locks the question.

    Raises RubricFull.
    """
    locked = lock_question(question)
    if len(fill_rubric(locked)) >= MOST_ITEMS:
        raise RubricFull
    last = RubricItem.objects.filter(question=question).aggregate(last=Max("position"))["last"] or 0
    return RubricItem.objects.create(
        question=locked,
        position=last + 1,
        text=text,
        feedback=feedback,
        fraction=fraction,
        created_at=at or database_now(),
    )


def lock_question(question: Question) -> Question:
    """The question, held until the transaction ends: people grade one question, or change its rubric, in turn."""
    return Question.objects.select_for_update().get(pk=question.pk)


def item_named(question: Question, uuid: UUID) -> RubricItem | None:
    """The item of this question's rubric, retired or not, stored if it was only authored; None when there is none."""
    fill_rubric(question)
    return RubricItem.objects.filter(question=question, uuid=uuid).first()


def reword_item(item: RubricItem, *, text: str, feedback: str) -> None:
    """The item says this from now on, also where it stands already: feedback follows, no grade does."""
    item.text, item.feedback = text, feedback
    item.save(update_fields=["text", "feedback"])


@transaction.atomic
def move_item(item: RubricItem, *, up: bool) -> None:
    """The item stands one place earlier or later; the first and the last stay where they are. Locks the question."""
    lock_question(item.question)
    standing = list(RubricItem.objects.filter(question=item.question_id, retired_at__isnull=True))
    here = next((place for place, each in enumerate(standing) if each.pk == item.pk), None)
    there = None if here is None else here - 1 if up else here + 1
    if here is None or there is None or not 0 <= there < len(standing):
        return
    _swap(standing[here], standing[there])


def _swap(one: RubricItem, other: RubricItem) -> None:
    # No two items may share a place for a moment: one steps aside, to a place that nothing can have meanwhile.
    aside = RubricItem.objects.filter(question=one.question_id).aggregate(last=Max("position"))["last"] + 1
    for pk, place in ((one.pk, aside), (other.pk, one.position), (one.pk, other.position)):
        RubricItem.objects.filter(pk=pk).update(position=place)


def retire_item(item: RubricItem, *, at: datetime | None = None) -> None:
    """The item is offered no more; where it stands it stays, and explains its grade. Idempotent."""
    RubricItem.objects.filter(pk=item.pk, retired_at__isnull=True).update(retired_at=at or database_now())


@transaction.atomic
def bring_back_item(item: RubricItem) -> None:
    """A retired item is offered again, as the last. Idempotent. Locks the question. Raises RubricFull."""
    locked = lock_question(item.question)
    retired = RubricItem.objects.filter(pk=item.pk, retired_at__isnull=False)
    if not retired.exists():
        return
    if len(rubric_of(locked)) >= MOST_ITEMS:
        raise RubricFull
    last = RubricItem.objects.filter(question=item.question_id).aggregate(last=Max("position"))["last"]
    retired.update(retired_at=None, position=last + 1)


def retired_items(question: Question) -> list[RubricItem]:
    """What is offered no more, in the order in which it was retired."""
    return list(RubricItem.objects.filter(question=question, retired_at__isnull=False).order_by("retired_at", "pk"))
