"""The product's own workload: a learner answers a quiz and submits; the graded attempt is counted."""

from __future__ import annotations

from uuid import uuid4

from django.db.models import Count, Sum

from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Role
from jobs.models import Job
from quizzes.domain.attempts import GRADE_ATTEMPT, GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.models import AnswerEvent, Attempt, AttemptState, Grading, GradingEvent, Quiz, Response
from tests.chaos.workload import Tally
from tests.factories import make_course, make_quiz


class AnswersWorkload:
    """One attempt for each submission, by a learner of its own, at a quiz of three questions."""

    def __init__(self) -> None:
        self.quiz = Quiz.objects.first() or make_quiz(make_course(), questions=3)

    def submit(self, *, mode: str, seconds: float) -> None:
        del mode, seconds  # grading is the product's own, and takes as long as it takes
        # The factories count from one in each process, and this one may be the second to run.
        learner = User.objects.create_user(f"{uuid4()}@example.org", name="Learner")
        enrollment = enrol(self.quiz.course, person=learner, role=Role.LEARNER)
        attempt = start_attempt(self.quiz, enrollment=enrollment)
        save_answer(attempt, given=GivenAnswer(position=1, raw="k7", sequence=0))
        submit_attempt(attempt)

    def tally(self) -> Tally:
        submitted = Attempt.objects.filter(state=AttemptState.SUBMITTED)
        repeated = GradingEvent.objects.values("response").annotate(times=Count("pk")).filter(times__gt=1)
        failed = Response.objects.filter(grading=Grading.FAILED).values("attempt").distinct()
        tries = Job.objects.filter(kind=GRADE_ATTEMPT).aggregate(sum=Sum("tries"))["sum"]
        return Tally(
            submitted=submitted.count(),
            graded=submitted.filter(graded_at__isnull=False).count(),
            duplicates=repeated.count(),
            given_up=failed.count(),
            runs=tries or 0,
        )

    def clocks(self) -> list[float]:
        return []

    def forget_all(self) -> None:
        for model in (GradingEvent, AnswerEvent, Response, Attempt, Job):
            model._default_manager.all().delete()
