"""A group of answers as its grader sees it: the question, what settles it, the answer's variants, the rubric."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from course.domain.anchors import Place
from quizzes.domain.answers_in_words import answer_in_words, settled
from quizzes.domain.manual_queue import AnswerGroup, suggestion_for
from quizzes.models import QuestionVersion, RubricItem
from web.studio.grading_words import of_points, points, signed

KEYS = "123456789"


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of the rubric with its points for this answer, the key that ticks it ("" from the tenth on), and a tick.

    `share` is its points as a plain number, for the sum.
    """

    item: RubricItem
    points: str
    share: str
    key: str
    is_ticked: bool


def shown_items(items: Sequence[RubricItem], *, most: Decimal, ticked: Collection[UUID]) -> list[ShownItem]:
    """The rubric for an answer worth `most` points."""
    return [
        ShownItem(
            item=item,
            points=signed(item.fraction * most),
            share=f"{item.fraction * most:f}",
            key=KEYS[place] if place < len(KEYS) else "",
            is_ticked=item.uuid in ticked,
        )
        for place, item in enumerate(items)
    ]


def shown_question(version: QuestionVersion) -> dict[str, Any]:
    """The question with its model answer, its explanation and the passages that settle it. One query."""
    found = settled(version)
    return {
        "stem": found.stem,
        "model_answer": found.model_answer,
        "why": found.explanation,
        "proofs": _named_once(found.evidence),
    }


def _named_once(places: Sequence[Place]) -> list[tuple[Place, bool]]:
    """Each quote, and whether the way to its lesson stands below it: after the last quote from there."""
    lessons = [place.lesson_slug for place in places]
    return [(place, bool(lessons[n]) and lessons[n] not in lessons[n + 1 :]) for n, place in enumerate(places)]


def shown_group(group: AnswerGroup, version: QuestionVersion) -> dict[str, Any]:
    """The group's variants with how often each was given, and what the grader says of it. One query."""
    suggestion = suggestion_for(group.responses[0])
    variants = [
        {"digest": each.digest, "text": answer_in_words(version, each.answer), "count": len(each.responses)}
        for each in group.variants
    ]
    return {
        "group": group,
        "variants": variants,
        "points": points(group.max_points),
        "standing": None if group.standing is None else of_points(group.standing, group.max_points),
        "suggested": suggestion and of_points(suggestion.fraction, group.max_points),
        "path": suggestion.path if suggestion else (),
    }
