"""A learner's record and their end in a course, in a browser without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Course, Enrollment, Role
from quizzes.domain.attempts import start_attempt, submit_attempt
from tests.factories import make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_person("Olga", may_author=True)
    client.force_login(owner)
    return make_course(owner=owner)


def address(part: Enrollment, page: str = "") -> str:
    return f"/studio/courses/{part.course.slug}/people/{part.uuid}/{page}"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_owner_is_led_to_both_from_the_page_of_a_person_and_from_their_part(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    for page in ("", "part/"):
        shown = text_of(client.get(address(part, page)))
        assert f'href="{address(part, "copy/")}"' in shown
        assert f'href="{address(part, "erase/")}"' in shown


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.OWNER}))
@pytest.mark.parametrize("page", ["copy/", "erase/"])
def test_nobody_else_finds_them(course: Course, role: str, page: str) -> None:
    part = make_enrollment(course)
    client = Client()
    client.force_login(make_enrollment(course, role=Role(role)).user)

    assert client.get(address(part, page)).status_code == 404
    assert client.post(address(part, "erase/"), {"sure": "erase"}).status_code == 404
    assert address(part, page) not in text_of(client.get(address(part)))
    assert User.objects.get(pk=part.user_id).enrollments.get() == part


def test_everything_comes_as_a_file_that_names_nobody_in_its_name(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    answer = client.get(address(part, "copy/"))
    assert answer["Content-Disposition"] == 'attachment; filename="postil-learner-record.json"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.json()["person"]["email"] == part.user.email


def test_erasing_is_listed_asked_for_in_a_word_and_done(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    start_attempt(make_quiz(course), enrollment=part)
    name = str(part.user)

    page = text_of(client.get(address(part, "erase/")))
    hasty = client.post(address(part, "erase/"), {"sure": "yes"})
    assert f"Erase {name} from this course" in page
    assert "Running attempt" in page
    assert (hasty.status_code, "Type the word erase" in text_of(hasty)) == (422, True)
    assert Enrollment.objects.get(pk=part.pk).user == part.user

    done = client.post(address(part, "erase/"), {"sure": " Erase "})
    assert done.status_code == 303
    people = text_of(client.get(done["Location"]))
    assert "The learner is erased from this course." in people
    assert name not in people
    assert "Nothing is left here that they are known by." in text_of(client.get(address(part, "erase/")))
    assert "Nothing was left to erase" in text_of(client.post(address(part, "erase/"), {"sure": "erase"}, follow=True))


def test_what_is_being_graded_is_told_and_nothing_is_erased(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    submit_attempt(start_attempt(make_quiz(course), enrollment=part))
    answer = client.post(address(part, "erase/"), {"sure": "erase"})
    assert (answer.status_code, "being graded at this moment" in text_of(answer)) == (422, True)
    assert Enrollment.objects.get(pk=part.pk).user == part.user


def test_who_left_is_found_and_staff_is_not(client: Client, course: Course) -> None:
    left = make_enrollment(course)
    client.post(address(left, "end/"), {"do": "out"})
    assert client.get(address(left, "erase/")).status_code == 200
    assert address(left, "erase/") in text_of(client.get(address(left, "part/")))
    editor = make_enrollment(course, role=Role.EDITOR)
    assert client.get(address(editor, "erase/")).status_code == 404
    assert address(editor, "erase/") not in text_of(client.get(address(editor, "part/")))


def test_the_history_tells_of_it_without_a_name(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    name = str(part.user)
    client.post(address(part, "erase/"), {"sure": "erase"})
    history = text_of(client.get(f"/studio/courses/{course.slug}/history/"))
    assert "erased a learner" in history
    assert name not in history
