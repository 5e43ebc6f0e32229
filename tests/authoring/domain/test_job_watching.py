"""A job is seen by whoever caused it and by those who work on its course, in words meant for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from authoring.domain.job_watching import GAVE_UP, NEEDED, watched_job
from authoring.domain.text_changes import propose_text
from course.models import Course, Role
from course.reading.outline import Source
from course.rules import GRANTS
from jobs.domain import enqueue, run_job
from jobs.domain.clock import database_now
from jobs.models import Job
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.list_imports import look_at
from quizzes.domain.reckoning import RECKON
from quizzes.domain.regrades import plan_regrade
from quizzes.models import ListKind
from tests.factories import TEXT, make_concept, make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def a_list(course: Course) -> Any:
    return look_at(course, kind=ListKind.PEOPLE, text="Email\nnew@example.org", actor=None)


def a_run(course: Course) -> Any:
    quiz = make_quiz(course)
    submit_attempt(start_attempt(quiz, enrollment=make_enrollment(course)))
    run_job(Job.objects.get().uuid)
    return plan_regrade(course, reason="To be sure.", actor=None, quiz=quiz)


SUBJECTS: dict[str, Callable[[Course], Any]] = {
    "Lesson": lambda course: course.lessons.get(),
    "Concept": make_concept,
    "TextChange": lambda course: propose_text(course, Source(f"{TEXT} It rained."), actor=None),
    "Quiz": make_quiz,
    "RegradeRun": a_run,
    "ListImport": a_list,
}


@pytest.fixture
def course() -> Course:
    return make_course(owner=make_person())


def sees(person: User, job: UUID) -> bool:
    try:
        return watched_job(job, by=person).uuid == job
    except Job.DoesNotExist:
        return False


def test_everything_a_job_can_be_about_is_tried() -> None:
    assert {model.__name__ for model in NEEDED} == set(SUBJECTS)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("model", "permission"), [(model.__name__, need) for model, need in NEEDED.items()])
def test_a_job_about_a_thing_of_a_course_is_seen_by_who_may_work_on_it(
    course: Course, role: Role, model: str, permission: str
) -> None:
    job = enqueue(RECKON, subject=SUBJECTS[model](course).uuid, key="tried", hint=False)
    person = make_enrollment(course, role=role).user
    assert sees(person, job.uuid) == (role in GRANTS[permission])
    assert not sees(make_enrollment(make_course(), role=Role.OWNER).user, job.uuid)


@pytest.mark.parametrize("role", Role)
def test_a_job_about_the_course_is_seen_by_its_editors(course: Course, role: Role) -> None:
    job = enqueue(RECKON, subject=course.uuid, hint=False)
    assert sees(make_enrollment(course, role=role).user, job.uuid) == (role in GRANTS["course.edit"])


def test_whoever_caused_a_job_sees_it_whatever_it_is_about(course: Course) -> None:
    person = make_person()
    job = enqueue(RECKON, subject=uuid4(), owner=person.pk, hint=False)
    assert (sees(person, job.uuid), sees(make_person(), job.uuid)) == (True, False)


def test_a_job_about_nothing_and_of_nobody_is_seen_by_nobody(course: Course) -> None:
    job = enqueue(RECKON, hint=False)
    assert not sees(course.enrollments.get().user, job.uuid)


def test_what_is_not_there_is_not_seen(course: Course) -> None:
    assert not sees(course.enrollments.get().user, uuid4())


@pytest.mark.parametrize(
    ("state", "kept", "shown"),
    [
        ("failed", "The address answers with nothing.", "The address answers with nothing."),
        ("quarantined", "KeyError: 'secret'", GAVE_UP),
        ("done", "KeyError: 'secret'", ""),
        ("cancelled", "KeyError: 'secret'", ""),
        ("queued", "KeyError: 'secret'", ""),
    ],
)
def test_only_what_was_written_for_people_is_told_of_a_failure(state: str, kept: str, shown: str) -> None:
    person = make_person()
    job = enqueue(RECKON, owner=person.pk, hint=False)
    is_over = state != "queued"
    over = {"next_try_at": None, "finished_at": database_now()} if is_over else {}
    Job.objects.filter(pk=job.pk).update(state=state, error=kept, **over)
    assert (watched_job(job.uuid, by=person).state, watched_job(job.uuid, by=person).error) == (state, shown)
