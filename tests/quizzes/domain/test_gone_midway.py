"""A course is archived, or its learner erased, while an answer waits for its grade: nothing hangs, nothing is lost."""

from __future__ import annotations

import pytest

from authoring.domain.publish import archive_course
from jobs.domain import run_job, sweep
from jobs.models import LIVE, Job
from quizzes.domain.attempts import AttemptOf, GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.erasing import ask_to_erase, erase_person
from quizzes.models import AnswerEvent, Attempt, Grading, GradingEvent, Response
from tests.factories import make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def answered() -> Attempt:
    course = make_course()
    attempt = start_attempt(make_quiz(course), enrollment=make_enrollment(course))
    save_answer(attempt, given=GivenAnswer(1, "k7", 0))
    return attempt


def submitted() -> Attempt:
    return submit_attempt(answered())


def grade_all() -> None:
    sweep()
    for job in Job.objects.filter(state__in=LIVE):
        run_job(job.uuid)


def test_an_answer_to_a_course_that_was_archived_meanwhile_is_graded() -> None:
    attempt = submitted()
    archive_course(attempt.quiz.course, actor=None)
    grade_all()
    assert Attempt.objects.get().graded_at is not None
    assert set(Response.objects.values_list("grading", flat=True)) == {Grading.GRADED}


def test_an_answer_of_somebody_who_was_erased_meanwhile_is_graded_once_and_names_nobody() -> None:
    attempt = submitted()
    assert attempt.enrollment is not None
    erase_person(attempt.enrollment.user)
    grade_all()
    grade_all()
    assert not Response.objects.filter(grading=Grading.PENDING).exists()
    assert not Job.objects.filter(state__in=LIVE).exists()
    assert GradingEvent.objects.count() == Response.objects.count()


def test_a_save_that_was_on_its_way_when_its_learner_was_erased_writes_nothing() -> None:
    attempt = answered()
    assert attempt.enrollment is not None
    on_its_way = AttemptOf(attempt.enrollment.user_id, attempt.uuid)
    ask_to_erase(attempt.enrollment.user, actor=None)

    with pytest.raises(Response.DoesNotExist):
        save_answer(on_its_way, given=GivenAnswer(1, "m3", 1))

    assert list(AnswerEvent.objects.values_list("answer", flat=True)) == ["k7"]
