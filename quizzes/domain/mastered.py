"""Mastery of a quiz: so many right among the last answers, over all attempts that count."""

from __future__ import annotations

from dataclasses import dataclass

from course.models import Enrollment
from quizzes.models import Grading, Quiz, Response
from quizzes.policy import Shown, shown_now


@dataclass(frozen=True, slots=True)
class QuizMastery:
    """`right` of the last `answered` answers, at most `of` of them; `needed` of `of` make it mastered."""

    right: int
    answered: int
    needed: int
    of: int

    @property
    def is_mastered(self) -> bool:
        """Whether as many answers are right as are needed."""
        return self.right >= self.needed


def quiz_mastery(quiz: Quiz, *, enrollment: Enrollment | None, closed: bool) -> QuizMastery | None:
    """Where the learner stands, of what they may know by now; None for a quiz without mastery. One query.

    Right is who earned the whole question, without a penalty. `closed` says whether the quiz is, for this learner.
    """
    if quiz.mastery_right is None or quiz.mastery_of is None:
        return None
    answers = Response.objects.filter(
        attempt__quiz=quiz, attempt__enrollment=enrollment, attempt__counts=True, grading=Grading.GRADED
    ).order_by("-attempt__number", "-position")
    rows = answers.values_list("fraction", "attempt__policy") if enrollment else []
    known = [fraction for fraction, policy in rows if Shown.VERDICT in shown_now(policy, submitted=True, closed=closed)]
    last = known[: quiz.mastery_of]
    return QuizMastery(sum(fraction == 1 for fraction in last), len(last), quiz.mastery_right, quiz.mastery_of)
