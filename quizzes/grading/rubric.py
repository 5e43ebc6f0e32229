"""The grader of answers that a person reads: it decides nothing, and says so."""

from __future__ import annotations

from quizzes.grading.base import Grader, GradingRequest
from quizzes.questions import question_type
from quizzes.questions.base import Outcome

WAITS = "A person reads this answer and decides by the rubric of the question."


class RubricGrader:
    """Every answer waits for a person; the kind may say what can be seen without reading it, such as its length."""

    name = "rubric"
    version = 1
    may_defer = True
    heeds_precedents = False

    def grade(self, request: GradingRequest) -> Outcome:
        """The fraction is always None, whatever the kind would give."""
        seen = question_type(request.kind).grade(request.content, request.answer)
        return Outcome(None, detail={**seen.detail, "path": [*seen.detail.get("path", ()), WAITS]})


GRADER: Grader = RubricGrader()
