"""What was given up is graded once its cause is gone."""

from __future__ import annotations

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from jobs.domain import claim, fail, run_job
from jobs.models import Job, JobState
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.grading import attempt_grading
from quizzes.domain.grading_again import attempts_given_up, grade_again
from quizzes.models import Attempt, Grading, GradingEvent, QuestionVersion, VersionState
from tests.factories import NOW, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def submitted() -> Attempt:
    course = make_course()
    attempt = start_attempt(make_quiz(course), enrollment=make_enrollment(course), at=NOW)
    save_answer(attempt, given=GivenAnswer(1, "k7", 0), at=NOW)
    return submit_attempt(attempt, at=NOW)


def given_up() -> Attempt:
    attempt = submitted()
    claimed = claim(Job.objects.get(subject=attempt.uuid).uuid)
    assert claimed is not None
    fail(claimed, "The disk was full.")
    return attempt


def write_content(content: object) -> None:
    version = QuestionVersion.objects.earliest("pk")
    QuestionVersion.objects.filter(pk=version.pk).update(state=VersionState.DRAFT, published_at=None)
    QuestionVersion.objects.filter(pk=version.pk).update(content=content)


def test_a_job_that_was_given_up_runs_again() -> None:
    attempt = given_up()
    assert list(attempts_given_up()) == [attempt]

    assert grade_again(attempt) == 2
    job = Job.objects.get()
    assert job.state == JobState.QUEUED
    run_job(job.uuid)

    assert attempt_grading(Attempt.objects.get()) == Grading.GRADED
    assert not attempts_given_up().exists()


def test_a_question_that_was_mended_is_graded_by_a_new_event() -> None:
    attempt = submitted()
    write_content({"stem": "No options"})
    run_job(Job.objects.get().uuid)
    assert attempt_grading(attempt) == Grading.FAILED
    write_content(single_choice())

    assert grade_again(Attempt.objects.get()) == 1
    run_job(Job.objects.get(state=JobState.QUEUED).uuid)

    attempt.refresh_from_db()
    assert float(attempt.fraction or 0) == 0.5
    mended = GradingEvent.objects.filter(response__position=1).order_by("number")
    assert list(mended.values_list("number", "fraction")) == [(1, None), (2, 1)]
    assert GradingEvent.objects.filter(response__position=2).count() == 1


def test_where_nothing_failed_nothing_happens() -> None:
    attempt = submitted()

    assert grade_again(attempt) == 0
    assert Job.objects.count() == 1


def test_the_command_takes_every_attempt_or_one() -> None:
    attempt, out = given_up(), StringIO()

    call_command("grade_again", stdout=out)

    assert out.getvalue() == "2 answers of 1 attempts wait for grading again.\n"
    with pytest.raises(CommandError):
        call_command("grade_again", str(attempt.uuid))
    with pytest.raises(CommandError):
        call_command("grade_again", str(uuid4()))
