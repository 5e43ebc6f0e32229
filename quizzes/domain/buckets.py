"""The bucket of an answer, whatever it is: what cannot be read, or belongs to a kind that is gone, has one too."""

from __future__ import annotations

from typing import Any

from quizzes.models import QuestionVersion
from quizzes.questions import UnknownKind, question_type
from quizzes.questions.base import BrokenQuestion, InvalidAnswer

UNANSWERED = "No answer"


def bucket_of(version: QuestionVersion, answer: Any) -> str:
    """What the version's kind files the answer under; UNANSWERED for what is no answer to it."""
    try:
        kind = question_type(version.kind)
        return kind.classify(version.content, kind.parse(version.content, answer))
    except (UnknownKind, BrokenQuestion, InvalidAnswer):
        return UNANSWERED
