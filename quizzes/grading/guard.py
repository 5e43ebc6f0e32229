"""The one door to grading: whatever a grader does, out comes an outcome, a broken question or a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from quizzes.grading.base import Grader, GraderFault, GradingRequest
from quizzes.grading.registry import grader_named
from quizzes.questions import question_type
from quizzes.questions.answers import is_storable
from quizzes.questions.base import Answer, BrokenQuestion, InvalidAnswer, Outcome, QuestionType

MAX_FEEDBACK = 40_000
MAX_DETAIL = 200_000
"""Characters of feedback, and of the detail written as JSON, that an outcome may carry."""
NUL, SURROGATE = "\\u0000", "\\ud"
"""How JSON in ASCII writes what no database stores, and what it might."""


def grade(request: GradingRequest) -> Outcome:
    """The outcome of one answer, by the grader that its kind names for this content.

    No answer, or one that is none of this kind, earns 0: it counts as unanswered. Raises BrokenQuestion when the
    content cannot be graded (its author is told, the learner not charged), GraderFault when a grader fails or returns
    what is no outcome, UnknownKind and UnknownGrader. Nothing else ever counts as a grade.
    """
    question = question_type(request.kind)
    return graded_by(grader_named(question.grader_for(request.content)), request)


def graded_by(grader: Grader, request: GradingRequest) -> Outcome:
    """The outcome of one answer by this grader; everything else as in `grade`."""
    question = question_type(request.kind)
    try:
        answer = question.parse(request.content, request.answer)
        outcome: object = grader.grade(_with_answer(request, answer))
    except InvalidAnswer as error:
        return _unanswered(request, error)
    except (BrokenQuestion, GraderFault):
        raise
    except Exception as error:
        _raise_if_broken(question, request, error)
        raise GraderFault(f"The grader {grader.name!r} failed: {type(error).__name__}.") from error
    return _checked(outcome, grader)


def _with_answer(request: GradingRequest, answer: Answer) -> GradingRequest:
    return GradingRequest(request.kind, request.content, answer, request.version, request.references, request.settings)


def _unanswered(request: GradingRequest, error: InvalidAnswer) -> Outcome:
    if request.answer is None:
        return Outcome(0.0, "You did not answer this question.", {"parts": [], "unanswered": True})
    return Outcome(0.0, f"This counted as unanswered. {error}", {"parts": [], "unanswered": True})


def _raise_if_broken(question: QuestionType, request: GradingRequest, error: Exception) -> None:
    """An error in the content explains one in the grader."""
    problems = question.check(request.content)
    if problems:
        raise BrokenQuestion(" ".join(problem.message for problem in problems)) from error


def _checked(outcome: object, grader: Grader) -> Outcome:
    """The outcome, if it is one in every part; else GraderFault."""
    if not isinstance(outcome, Outcome):
        raise GraderFault(f"The grader {grader.name!r} returned {type(outcome).__name__}, no outcome.")
    reason = _fraction_fault(outcome.fraction, grader) or _feedback_fault(outcome.feedback)
    reason = reason or _detail_fault(outcome.detail)
    if reason:
        raise GraderFault(f"The grader {grader.name!r} returned {reason}.")
    return outcome


def _fraction_fault(fraction: object, grader: Grader) -> str:
    if fraction is None:
        return "" if grader.may_defer else "no fraction, which only graders that may defer do"
    if isinstance(fraction, bool) or not isinstance(fraction, int | float):
        return f"a fraction of type {type(fraction).__name__}"
    return "" if isfinite(fraction) and 0 <= fraction <= 1 else "a fraction outside [0, 1]"


def _feedback_fault(feedback: object) -> str:
    if not isinstance(feedback, str):
        return "feedback that is no text"
    if len(feedback) > MAX_FEEDBACK:
        return f"feedback of {len(feedback):,} characters"
    return "" if is_storable(feedback) else "feedback that cannot be stored"


def _detail_fault(detail: object) -> str:
    if not isinstance(detail, Mapping):
        return "detail that is no object"
    try:
        written = json.dumps(detail, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return "detail that is no plain JSON"
    if len(written) > MAX_DETAIL:
        return f"detail of {len(written):,} characters"
    # As JSON in ASCII, what cannot be stored stands out: each text needs to be looked at only where one of these does.
    if NUL not in written and SURROGATE not in written:
        return ""
    return "" if _holds_storable(detail) else "detail that cannot be stored"


def _holds_storable(value: Any) -> bool:
    """Whether every text in the plain JSON can be stored. Its depth is bounded: it has been written as JSON before."""
    if isinstance(value, str):
        return is_storable(value)
    if isinstance(value, Mapping):
        return all(_holds_storable(name) and _holds_storable(each) for name, each in value.items())
    return all(map(_holds_storable, value)) if isinstance(value, list | tuple) else True
