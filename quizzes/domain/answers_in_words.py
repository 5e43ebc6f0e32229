"""A question and the answers to it as a grader reads them, whatever their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.domain.anchors import Place, places_of_evidence
from quizzes.domain.questions import title_of
from quizzes.models import QuestionVersion
from quizzes.questions import UnknownKind, question_type
from quizzes.questions.base import BrokenQuestion, Control, InvalidAnswer


@dataclass(frozen=True, slots=True)
class Settled:
    """A question with what settles it: its model answer in words, why it is right, and the passages that prove it."""

    version: QuestionVersion
    stem: str
    model_answer: str
    explanation: str
    evidence: tuple[Place, ...]


def settled(version: QuestionVersion) -> Settled:
    """The version as its graders see it; "" for what its kind or its content does not say. One query."""
    return Settled(
        version=version,
        stem=title_of(version),
        model_answer=_model_answer(version),
        explanation=str(version.content.get("explanation", "")),
        evidence=tuple(places_of_evidence([version.uuid]).get(version.uuid, ())),
    )


def _model_answer(version: QuestionVersion) -> str:
    try:
        kind = question_type(version.kind)
        return kind.summarise(version.content, kind.model_answer(version.content))
    except (UnknownKind, BrokenQuestion, KeyError, TypeError, ValueError):
        return ""


def answer_in_words(version: QuestionVersion, answer: Any) -> str:
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
