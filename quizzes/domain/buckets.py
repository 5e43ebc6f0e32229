"""The bucket of an answer, whatever it is: what cannot be read, or belongs to a kind that is gone, has one too.

Buckets of what is chosen among few are counted while grading; those of what learners write only a job tells apart.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from quizzes.models import QuestionVersion
from quizzes.questions import UnknownKind, kinds, question_type
from quizzes.questions.base import BrokenQuestion, Control, InvalidAnswer

UNANSWERED = "No answer"
WRITTEN = (Control.LINE, Control.NUMBER, Control.GAPS, Control.LONG_TEXT)
"""Controls in which learners write: their answers have no end of buckets."""
UNTOLD = ""
"""Stands for every bucket that is not counted while grading."""
LONGEST_CHOICE = 100


def bucket_of(version: QuestionVersion, answer: Any) -> str:
    """What the version's kind files the answer under; UNANSWERED for what is no answer to it."""
    try:
        kind = question_type(version.kind)
        return kind.classify(version.content, kind.parse(version.content, answer))
    except (UnknownKind, BrokenQuestion, InvalidAnswer):
        return UNANSWERED


@cache
def kinds_chosen() -> tuple[str, ...]:
    """The names of the kinds whose answers are chosen among what the author wrote, in alphabetical order."""
    return tuple(sorted(kind.kind for kind in kinds() if kind.control not in WRITTEN))


def choice_of(version: QuestionVersion, answer: Any) -> str:
    """The answer's bucket where choices are counted while grading, else UNTOLD; at most 100 characters.

    UNTOLD are answers in a learner's own words, and buckets too long for a key: long orders and assignments.
    """
    if version.kind not in kinds_chosen():
        return UNTOLD
    bucket = bucket_of(version, answer)
    return bucket if len(bucket) <= LONGEST_CHOICE else UNTOLD
