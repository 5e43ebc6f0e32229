"""The grader of kinds that know their own key: it asks the kind."""

from __future__ import annotations

from quizzes.grading.base import Grader, GradingRequest
from quizzes.questions import question_type
from quizzes.questions.base import Outcome


class RulesGrader:
    """Grades by the rules of the kind; what changes a fraction is the version of the kind."""

    name = "rules"
    version = 1
    may_defer = False
    heeds_precedents = False

    def grade(self, request: GradingRequest) -> Outcome:
        return question_type(request.kind).grade(request.content, request.answer)


GRADER: Grader = RulesGrader()
