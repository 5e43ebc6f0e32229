"""A learner who calls: their course, its quiz, and attempts that are graded."""

from __future__ import annotations

from typing import Any

from course.models import Course, Enrollment, Lesson
from jobs.domain import run_job
from jobs.models import Job
from quizzes.models import Quiz
from tests.factories import make_concept, make_course, make_enrollment, make_person, make_quiz, single_choice
from tests.web.api.callers import Caller

RIGHT, WRONG = "k7", "m2"


class Learner:
    """Somebody enrolled in a course with a quiz of two questions on one concept."""

    def __init__(self, course: Course | None = None, **quiz: Any) -> None:
        self.course = course or make_course(owner=make_person())
        self.concept = make_concept(self.course)
        asked = [("single_choice", single_choice(f"Question {n}?")) for n in (1, 2)]
        self.quiz: Quiz = make_quiz(self.course, questions=asked, concept=self.concept, **quiz)
        self.part: Enrollment = make_enrollment(self.course)
        self.caller = Caller(self.part.user)
        self.path = f"courses/{self.course.slug}/"

    @property
    def lesson(self) -> Lesson:
        return self.course.lessons.get()

    def answers(self, *answers: str) -> str:
        """Submits them and has them graded; the attempt's address."""
        sent = {"answers": {str(position): answer for position, answer in enumerate(answers, 1)}, "submit": True}
        attempt = self.caller.post(f"quizzes/{self.quiz.uuid}/attempts/", sent).json()["uuid"]
        for job in Job.objects.filter(kind="grade_attempt", finished_at__isnull=True):
            run_job(job.uuid)
        return f"attempts/{attempt}/"
