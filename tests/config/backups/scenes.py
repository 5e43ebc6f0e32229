"""What stands in a database that is backed up."""

from __future__ import annotations

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.models import Attempt
from tests.factories import make_course, make_enrollment, make_quiz


def a_course_with_answers() -> tuple[Attempt, Attempt]:
    """An attempt that is graded and one that waits for its grade, of two learners."""
    course = make_course()
    quiz = make_quiz(course)
    graded, pending = (start_attempt(quiz, enrollment=make_enrollment(course)) for _ in range(2))
    for attempt in (graded, pending):
        save_answer(attempt, given=GivenAnswer(1, "k7", 0))
        save_answer(attempt, given=GivenAnswer(2, "k7", 0))
        submit_attempt(attempt)
    run_job(Job.objects.get(subject=graded.uuid).uuid)
    return Attempt.objects.get(pk=graded.pk), Attempt.objects.get(pk=pending.pk)
