"""`manage.py grade_again`: what could not be graded waits for grading once more, and nothing else does."""

from __future__ import annotations

from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from jobs.models import Job, JobState
from quizzes.models import Attempt, Grading, Response
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def taken() -> Class:
    """Two learners whose answers could not be graded, and one whose could."""
    taken = Class(questions=2)
    taken.answered("thirst machine", "dam", "wall")
    for attempt in attempts()[:2]:
        attempt.responses.update(grading=Grading.FAILED, fraction=None)
        Attempt.objects.filter(pk=attempt.pk).update(fraction=None, graded_at=None)
    return taken


def attempts() -> list[Attempt]:
    return list(Attempt.objects.order_by("pk"))


def said(*words: str) -> str:
    out = StringIO()
    call_command("grade_again", *words, stdout=out)
    return out.getvalue()


def gradings() -> list[list[str]]:
    return [list(each.responses.order_by("position").values_list("grading", flat=True)) for each in attempts()]


def test_everything_that_was_given_up_waits_again(taken: Class) -> None:
    assert said() == "4 answers of 2 attempts wait for grading again.\n"

    assert gradings() == [["pending", "pending"], ["pending", "pending"], ["graded", "graded"]]
    waiting = Job.objects.filter(kind="grade_attempt", state=JobState.QUEUED)
    assert {job.subject for job in waiting} == {each.uuid for each in attempts()[:2]}


def test_one_attempt_alone_waits_again(taken: Class) -> None:
    first, *_ = attempts()

    assert said(str(first.uuid)) == "2 answers of 1 attempts wait for grading again.\n"

    assert gradings() == [["pending", "pending"], ["failed", "failed"], ["graded", "graded"]]


def test_asking_twice_is_asking_once(taken: Class) -> None:
    said()
    jobs = Job.objects.count()

    assert said() == "0 answers of 0 attempts wait for grading again.\n"
    assert Job.objects.count() == jobs


def test_what_waited_again_is_graded_by_the_worker(taken: Class) -> None:
    before = list(Response.objects.filter(attempt=attempts()[2]).values())

    said()
    run_every_job("grade_attempt")

    assert gradings() == [["graded", "graded"]] * 3
    assert [str(each.fraction) for each in attempts()] == ["1.000000", "0.000000", "0.000000"]
    assert list(Response.objects.filter(attempt=attempts()[2]).values()) == before


@pytest.mark.parametrize("which", ["graded", "nobody's"])
def test_an_attempt_with_nothing_given_up_is_said_to_have_none(taken: Class, which: str) -> None:
    uuid = attempts()[2].uuid if which == "graded" else UUID(int=7)

    with pytest.raises(CommandError, match=f"No answer of the attempt {uuid} was given up.") as refused:
        said(str(uuid))

    assert refused.value.returncode == 2
    assert gradings()[:2] == [["failed", "failed"]] * 2


def test_what_is_no_uuid_is_refused(taken: Class) -> None:
    with pytest.raises(CommandError, match="invalid UUID value: 'first'"):
        said("first")
