"""Into a course by a code."""

from __future__ import annotations

import pytest
from django.test import Client

from course.domain.join_codes import make_code
from course.models import Course, Enrollment, Visibility
from tests.factories import make_course, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def closed() -> Course:
    course = make_course()
    Course.objects.update(visibility=Visibility.ENROLLED)
    return course


def test_a_link_leads_through_signing_in_to_the_course(client: Client, closed: Course) -> None:
    code = make_code(closed, actor=None)
    person = make_person()

    opened = client.get(f"/join/{code.code}/")
    asked = client.get(opened["Location"])
    client.force_login(person)
    page = client.get(opened["Location"]).content.decode()
    joined = client.post("/join/", {"code": code.code})

    assert asked["Location"] == f"/accounts/login/?next=/join/%3Fcode%3D{code.code}"
    assert f"Join {closed.title}" in page
    assert (joined.status_code, joined["Location"]) == (303, f"/courses/{closed.slug}/")
    assert client.get(joined["Location"]).status_code == 200
    assert Enrollment.objects.get().user == person


def test_looking_at_a_link_joins_nothing(client: Client, closed: Course) -> None:
    client.force_login(make_person())
    client.get(f"/join/?code={make_code(closed, actor=None).code}")
    assert not Enrollment.objects.exists()


@pytest.mark.parametrize("typed", ["ABC", "<b>\x00", "9" * 500])
def test_a_code_that_is_none_is_told_beside_the_field(client: Client, typed: str) -> None:
    client.force_login(make_person())
    answer = client.post("/join/", {"code": typed})
    assert answer.status_code == 422
    assert "This code lets nobody in" in answer.content.decode()
    assert "<b>" not in answer.content.decode()


def test_without_a_code_one_is_asked_for(client: Client) -> None:
    client.force_login(make_person())
    page = client.get("/join/")
    assert (page.status_code, "lets nobody in" in page.content.decode()) == (200, False)
    assert 'href="/join/"' in client.get("/").content.decode()
