"""What the rubric's items make of a response: its marks, its fraction, and the feedback they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from quizzes.domain.rubrics import fraction_of
from quizzes.models import GradingEvent, Response, RubricItem, RubricMark

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


def percent(fraction: Decimal) -> str:
    """ "67 %", "12.5 %", "−33 %": at most one decimal, a true minus."""
    return f"{round(fraction * 100, 1):f}".rstrip("0").rstrip(".").replace("-", "−") + " %"


def told(items: Iterable[tuple[str, str]], comment: str) -> str:
    """The feedback of items, each given as (text, feedback), and a comment: one paragraph for each, as plain text."""
    return "\n".join(filter(None, [*(feedback or text for text, feedback in items), comment.strip()]))


def feedback_now(events: Iterable[GradingEvent]) -> dict[int, str]:
    """What is told of each event (by its key) that a person made of rubric items, as the items read today.

    So new words reach every learner without a new grade; the event keeps what was told at first. One query when there
    is such an event, else none.
    """
    of_items = {event.pk: event.detail for event in events if event.detail.get("items")}
    if not of_items:
        return {}
    wanted = {name for detail in of_items.values() for name in detail["items"]}
    rows = RubricItem.objects.filter(uuid__in=wanted).values_list("uuid", "text", "feedback")
    words = {str(uuid): (text, feedback) for uuid, text, feedback in rows}
    return {pk: _told_now(detail, words) for pk, detail in of_items.items()}


def _told_now(detail: Mapping[str, Any], words: Mapping[str, tuple[str, str]]) -> str:
    return told([words[name] for name in detail["items"] if name in words], str(detail.get("comment", "")))


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
