"""A group of answers as its grader sees it: the question, what settles it, the answer's variants, the rubric."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from course.domain.anchors import Place, places_of_evidence
from quizzes.domain.manual_queue import AnswerGroup, suggestion_for
from quizzes.models import QuestionVersion, RubricItem
from quizzes.questions import UnknownKind, question_type
from quizzes.questions.base import BrokenQuestion, Control, InvalidAnswer
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
    return {
        "stem": _stem(version),
        "model_answer": _model_answer(version),
        "why": str(version.content.get("explanation", "")),
        "proofs": _named_once(places_of_evidence([version.uuid]).get(version.uuid, ())),
    }


def _named_once(places: Sequence[Place]) -> list[tuple[Place, bool]]:
    """Each quote, and whether the way to its lesson stands below it: after the last quote from there."""
    lessons = [place.lesson_slug for place in places]
    return [(place, bool(lessons[n]) and lessons[n] not in lessons[n + 1 :]) for n, place in enumerate(places)]


def _stem(version: QuestionVersion) -> str:
    try:
        return question_type(version.kind).title(version.content)
    except UnknownKind:
        return ""


def _model_answer(version: QuestionVersion) -> str:
    try:
        kind = question_type(version.kind)
        return kind.summarise(version.content, kind.model_answer(version.content))
    except (UnknownKind, BrokenQuestion, KeyError, TypeError, ValueError):
        return ""


def shown_answer(version: QuestionVersion, answer: Any) -> str:
    """The answer as text: a text as it was written, anything else in the words of its kind."""
    if isinstance(answer, str) and _is_written(version):
        return answer
    try:
        kind = question_type(version.kind)
        return kind.summarise(version.content, kind.parse(version.content, answer))
    except (UnknownKind, BrokenQuestion, InvalidAnswer, KeyError, TypeError, ValueError):
        return str(answer)


def _is_written(version: QuestionVersion) -> bool:
    try:
        return question_type(version.kind).control in (Control.LINE, Control.NUMBER, Control.LONG_TEXT)
    except UnknownKind:
        return True


def shown_group(group: AnswerGroup, version: QuestionVersion) -> dict[str, Any]:
    """The group's variants with how often each was given, and what the grader says of it. One query."""
    suggestion = suggestion_for(group.responses[0])
    variants = [
        {"digest": each.digest, "text": shown_answer(version, each.answer), "count": len(each.responses)}
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
