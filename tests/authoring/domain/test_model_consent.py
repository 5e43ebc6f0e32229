"""Nothing leaves the machine unless the course's owner said so, for the very address that they read."""

from __future__ import annotations

import pytest
from django.test import override_settings

from accounts.domain.audit import history
from accounts.models import User
from authoring.domain.model_asking import ask_model
from authoring.domain.model_consent import (
    Destination,
    ModelHasMoved,
    NotAllowed,
    allow_model,
    destination,
    forbid_model,
    is_allowed,
)
from course.models import Course
from jobs.models import Job
from tests.authoring.domain.asking import allowed, asked, harbour, model_at, run_waiting
from tests.authoring.providers.service import MODEL, Service
from tests.quizzes.drafting.proposals.replies import proposal, reply
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ELSEWHERE = {"provider": "openai", "address": "https://other.example", "model": "m", "key": "", "seconds": 5}


@pytest.fixture
def owner() -> User:
    return make_author()


@pytest.fixture
def course(owner: User) -> Course:
    return harbour(owner)


def verbs(course: Course) -> list[str]:
    return [entry.verb for entry in history(f"course:{course.uuid}")]


def test_without_a_model_there_is_nowhere_to_send_to(course: Course, owner: User) -> None:
    assert destination() is None
    assert not is_allowed(course)
    with pytest.raises(ModelHasMoved):
        allow_model(course, address="", by=owner)


def test_a_destination_names_its_machine(service: Service) -> None:
    with model_at(service):
        to = destination()
    assert to == Destination(service.address, MODEL)
    assert f"http://{to.host}" == service.address


def test_a_course_sends_nothing_before_its_owner_allows_it(course: Course, owner: User, service: Service) -> None:
    with model_at(service):
        assert not is_allowed(course)
        with pytest.raises(NotAllowed):
            ask_model(course, by=owner)
        run_waiting()
    assert (service.asked, Job.objects.count()) == ([], 0)


def test_allowing_and_forbidding_are_audited_once_each(course: Course, owner: User, service: Service) -> None:
    with model_at(service):
        for _ in range(2):
            allow_model(course, address=service.address, by=owner)
        assert is_allowed(Course.objects.get(pk=course.pk))
        for _ in range(2):
            forbid_model(course, by=owner)
        assert not is_allowed(Course.objects.get(pk=course.pk))
    forbade, allowed_it = history(f"course:{course.uuid}")
    assert (allowed_it.verb, allowed_it.detail) == (
        "allowed its text to be sent to a model",
        {"address": service.address},
    )
    assert (forbade.verb, forbade.detail) == ("forbade its text to be sent to a model", {})
    assert {allowed_it.actor, forbade.actor} == {owner}
    assert {allowed_it.course, forbade.course} == {course.uuid}


def test_an_address_that_is_not_the_one_in_force_is_not_allowed(course: Course, owner: User, service: Service) -> None:
    with model_at(service), pytest.raises(ModelHasMoved):
        allow_model(course, address="https://other.example", by=owner)
    assert verbs(course) == []


def test_what_was_allowed_for_one_address_is_not_for_another(course: Course, owner: User, service: Service) -> None:
    with model_at(service):
        allowed(course, service, by=owner)
    with override_settings(DRAFTING_MODEL=ELSEWHERE):
        assert not is_allowed(course)
        with pytest.raises(NotAllowed):
            ask_model(course, by=owner)


def test_a_model_that_moved_while_a_job_waited_is_sent_nothing(course: Course, owner: User, service: Service) -> None:
    with model_at(service):
        allowed(course, service, by=owner)
        ask_model(course, by=owner, hint=False)
    with model_at(service, address=f"{service.address}/v2"):
        jobs = run_waiting()
    assert service.asked == []
    assert {(job.state, job.error) for job in jobs} == {("failed", NotAllowed.message)}


def test_forbidding_cancels_what_waits(course: Course, owner: User, service: Service) -> None:
    with model_at(service):
        allowed(course, service, by=owner)
        ask_model(course, by=owner, hint=False)
        forbid_model(course, by=owner)
        jobs = run_waiting()
    assert service.asked == []
    assert [job.state for job in jobs] == ["cancelled", "cancelled"]


def test_forbidding_between_two_tries_ends_them(course: Course, owner: User, service: Service) -> None:
    service.answers("no JSON at all")
    with model_at(service):
        allowed(course, service, by=owner)
        asked(course, by=owner)
        Course.objects.filter(pk=course.pk).update(sends_text_to="")
        jobs = run_waiting()
    assert len(service.asked) == 2
    assert {job.state for job in jobs} == {"failed"}


def test_one_course_s_consent_is_not_another_s(course: Course, owner: User, service: Service) -> None:
    other = harbour(owner)
    service.answers(reply(proposal()))
    with model_at(service):
        allowed(course, service, by=owner)
        with pytest.raises(NotAllowed):
            ask_model(other, by=owner)
