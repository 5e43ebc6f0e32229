"""Somebody reads without an account, and has read it once they have one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.domain.people import create_person
from accounts.models import User
from course.models import Course, CourseState, Enrollment, LessonReading, Visibility
from tests.factories import numbers
from tests.web.learner.books import make_book
from tests.web.learner.readers import html_of, lesson_address, well_made
from tests.web.learner.sittings import statements_of
from web.learner.visitors import MOST_KEPT

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PASSWORD = "a thirst machine 9"


@pytest.fixture
def course() -> Course:
    return make_book(lessons=3)


def make_account() -> User:
    return create_person(f"reader{next(numbers)}@example.org", name="Ana", password=PASSWORD)


def read(client: Client, course: Course, number: int = 1) -> Any:
    return client.post(f"{lesson_address(course, number)}read/")


def sign_in(client: Client, person: Any) -> None:
    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302


def states(html: str) -> list[str]:
    """What the list of parts says of each, in order."""
    return re.findall(r"</svg> (reading|to read|read)\b", html)


class TestBeforeSigningIn:
    def test_a_lesson_marked_read_leads_on_and_the_last_one_back(self, client: Client, course: Course) -> None:
        places = [read(client, course, number)["Location"] for number in (1, 2, 3)]
        home = f"/courses/{course.slug}/"
        assert places == [lesson_address(course, 2), lesson_address(course, 3), home]
        assert not Enrollment.objects.exists()

    def test_lesson_and_course_say_what_was_read(self, client: Client, course: Course) -> None:
        read(client, course)
        assert states(html_of(client, lesson_address(course, 2))) == ["read", "reading", "to read"]
        html = html_of(client, f"/courses/{course.slug}/")
        assert states(html) == ["read", "to read", "to read"]
        assert f'href="{lesson_address(course, 2)}">Continue: Chapter 2</a>' in html

    def test_home_goes_on_where_they_stand(self, client: Client, course: Course) -> None:
        make_book(title="Something newer")
        read(client, course, 2)
        html = html_of(client, "/")
        well_made(html)
        assert f'href="{lesson_address(course)}">Continue: Chapter 1, part 1 of 3</a>' in html
        assert "One of three parts read" in html
        assert "/progress/" not in html

    def test_home_begins_something_else_when_all_was_read(self, client: Client) -> None:
        course, other = make_book(lessons=1), make_book(title="Something else")
        read(client, course)
        assert f'href="{lesson_address(other)}">Start reading: Chapter 1' in html_of(client, "/")

    @pytest.mark.parametrize("closed", [{"state": CourseState.ARCHIVED}, {"visibility": Visibility.ENROLLED}])
    def test_what_is_closed_to_them_is_neither_kept_nor_told(
        self, client: Client, course: Course, closed: dict[str, str]
    ) -> None:
        read(client, course)
        Course.objects.filter(pk=course.pk).update(**closed)
        assert read(client, course, 2).status_code == 404
        assert course.title not in html_of(client, "/")

    def test_nothing_is_kept_of_who_only_reads(self, client: Client, course: Course) -> None:
        for address in ("/", f"/courses/{course.slug}/", lesson_address(course)):
            client.get(address)
        assert not Session.objects.exists()

    def test_another_browser_knows_nothing_of_it(self, client: Client, course: Course) -> None:
        read(client, course)
        assert states(html_of(Client(), lesson_address(course, 2))) == ["to read", "reading", "to read"]

    def test_a_session_remembers_so_many_lessons(self, client: Client, course: Course) -> None:
        read(client, course)
        session = client.session
        [(first, moment)] = session["read"].items()
        session["read"] = {f"{number:032x}": f"1999-{moment[5:]}" for number in range(MOST_KEPT)} | {first: moment}
        session.save()
        read(client, course, 2)
        kept = client.session["read"]
        assert (len(kept), first in kept) == (MOST_KEPT, True)


class TestSigningIn:
    def test_makes_it_theirs_once(self, client: Client, course: Course) -> None:
        person = make_account()
        read(client, course)
        sign_in(client, person)
        reading = LessonReading.objects.select_related("enrollment", "lesson").get()
        assert (reading.enrollment.user, reading.lesson.position) == (person, 1)
        assert "read" not in client.session
        assert states(html_of(client, lesson_address(course, 2))) == ["read", "reading", "to read"]

    def test_leaves_the_next_person_at_this_browser_nothing(self, client: Client, course: Course) -> None:
        first, second = make_account(), make_account()
        read(client, course)
        sign_in(client, first)
        client.post("/accounts/logout/")
        sign_in(client, second)
        assert [reading.enrollment.user for reading in LessonReading.objects.all()] == [first]

    def test_goes_through_when_the_course_is_closed_meanwhile(self, client: Client, course: Course) -> None:
        read(client, course)
        Course.objects.filter(pk=course.pk).update(state=CourseState.ARCHIVED)
        sign_in(client, make_account())
        assert (LessonReading.objects.count(), client.get("/progress/").status_code) == (0, 200)

    def test_costs_nothing_more_where_nothing_was_read(self, client: Client, course: Course) -> None:
        person = make_account()
        other = Client()
        read(other, course)
        plain = statements_of(lambda: sign_in(client, person))
        client.post("/accounts/logout/")
        assert statements_of(lambda: sign_in(client, person)) == plain
        assert statements_of(lambda: sign_in(other, person)) > plain
