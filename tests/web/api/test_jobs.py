"""A job over REST: how far it is, and when to look again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.request import Request

from accounts.models import User
from jobs.domain import enqueue
from jobs.models import Job
from quizzes.domain.reckoning import RECKON
from tests.factories import make_course, make_person
from tests.web.api.callers import Caller, told
from web.api.long_work import accepted

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def person(db: None) -> User:
    return make_person()


def made(person: User, **fields: Any) -> Job:
    job = enqueue(RECKON, owner=person.pk, hint=False)
    Job.objects.filter(pk=job.pk).update(**fields)
    return job


def test_a_waiting_job_is_shown_with_when_to_look_again(person: User) -> None:
    job = made(person, current=2, total=7)
    answer = Caller(person).get(f"jobs/{job.uuid}/")
    assert answer.json() == {
        "uuid": str(job.uuid),
        "kind": RECKON,
        "state": "queued",
        "current": 2,
        "total": 7,
        "result": None,
        "error": "",
    }
    assert answer["Retry-After"] == "1"


def test_a_job_that_is_done_is_shown_with_what_came_of_it(person: User) -> None:
    done = {"state": "done", "result": {"course": "the-lake"}, "next_try_at": None, "finished_at": "2026-01-01T00:00Z"}
    answer = Caller(person).get(f"jobs/{made(person, **done).uuid}/")
    assert (answer.json()["state"], answer.json()["result"]) == ("done", {"course": "the-lake"})
    assert "Retry-After" not in answer


def test_nobody_else_knows_of_a_job_unless_they_work_on_its_course(person: User) -> None:
    course = make_course(owner=make_person())
    job = enqueue(RECKON, subject=course.uuid, owner=person.pk, hint=False)
    owner = course.enrollments.get().user
    assert [Caller(who).get(f"jobs/{job.uuid}/").status_code for who in (person, owner)] == [200, 200]
    assert told(Caller(make_person()).get(f"jobs/{job.uuid}/"))[:2] == (404, "not_found")


def test_what_takes_long_is_accepted_with_where_to_look(person: User) -> None:
    job = made(person)
    answer = accepted(Request(RequestFactory().post("/")), job.uuid)
    status = f"http://testserver/api/v1/jobs/{job.uuid}/"
    assert (answer.status_code, answer.data) == (202, {"job": str(job.uuid), "status": status})
    assert (answer["Location"], answer["Retry-After"]) == (status, "1")
