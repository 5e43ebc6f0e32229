"""A course file comes in on a page: everything of it or nothing, and all that is wrong with it at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from authoring.domain.course_export import export_course
from authoring.domain.course_import import LARGEST, import_course
from authoring.domain.demo import SAMPLE
from course.domain.enrolment import enrol
from course.models import Article, Course, Enrollment, Role
from quizzes.formats.course_file import check, parse, write
from quizzes.models import Question
from tests.factories import make_person
from tests.web.studio.drafts import HOSTILE, address_of, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = SAMPLE.read_text(encoding="utf-8")
PLACE = "/studio/course-files/"


@pytest.fixture
def owner(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


def send(client: Client, content: str | bytes, name: str = "course.postil") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(PLACE, {"file": SimpleUploadedFile(name, data)})


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in (Course, Article, Question, Enrollment))


def test_a_file_becomes_a_draft_of_who_brings_it(client: Client, owner: User) -> None:
    answer = send(client, TEXT)

    course = Course.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, address_of(course))
    assert course.state == "draft"
    part = Enrollment.objects.get()
    assert (part.course, part.user, part.role) == (course, owner, Role.OWNER)
    assert "here as a draft" in client.get(answer["Location"]).content.decode()


def test_what_comes_in_is_what_the_command_makes_of_the_file(client: Client, owner: User) -> None:
    send(client, TEXT)
    by_page = write(export_course(Course.objects.get()))
    Course.objects.update(slug="another")
    assert write(export_course(import_course(parse(TEXT)))) == by_page


def test_what_was_downloaded_comes_in_again_to_the_character(client: Client, owner: User) -> None:
    send(client, TEXT)
    course = Course.objects.get()
    downloaded = client.get(address_of(course, "file")).content
    Course.objects.update(slug="another")
    send(client, downloaded)
    again = Course.objects.get(slug=course.slug)
    assert client.get(address_of(again, "file")).content == downloaded


BROKEN = TEXT.replace("visibility:", "visibilty:", 1).replace("\nkind: ", "\nkind: nothing_", 1)


def test_all_problems_are_told_at_once_with_their_lines(client: Client, owner: User) -> None:
    errors = [problem for problem in check(BROKEN) if not problem.warning]
    assert len(errors) >= 1

    answer = send(client, BROKEN)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(f'<td class="n">{each.line}</td>' in page and f"<code>{each.code}</code>" in page for each in errors)
    assert page.count("<tr><td") == len(errors)
    assert nothing_is_stored()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.postil", "This file is empty"),
        (b"\xff\xfe\x00\x01", "a.postil", "problem"),
        (b"A lake.", "a.postil", "problem"),
        (b"a" * (LARGEST + 1), "a.postil", "larger than 5 MB"),
        (b"title: \x00", "a.postil", "problem"),
    ],
    ids=["nothing", "no text", "another text", "too large", "a zero"],
)
def test_what_is_no_course_file_is_told_and_stores_nothing(
    client: Client, owner: User, content: bytes, name: str, told: str
) -> None:
    answer = send(client, content, name)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert nothing_is_stored()


def test_no_file_at_all_is_told(client: Client, owner: User) -> None:
    answer = client.post(PLACE, {})
    assert answer.status_code == 422
    assert "Choose a course file" in answer.content.decode()


def test_an_address_that_is_taken_is_told_and_the_other_course_stays(client: Client, owner: User) -> None:
    send(client, TEXT)
    before = list(Course.objects.values())
    answer = send(client, TEXT)
    assert answer.status_code == 422
    assert "There is a course with this address already" in answer.content.decode()
    assert list(Course.objects.values()) == before


def test_what_a_file_says_is_escaped(client: Client, owner: User) -> None:
    answer = send(client, TEXT.replace("visibility: public", f"visibility: {HOSTILE}", 1))
    assert "<script>alert" not in answer.content.decode()
    send(client, TEXT.replace("\ntitle: ", f"\ntitle: {HOSTILE}", 1))
    for course in Course.objects.all():
        assert "<script>alert" not in client.get(address_of(course)).content.decode()


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.LEARNER])
def test_only_authors_bring_courses_in(client: Client, role: Role | None) -> None:
    person = make_person()
    if role:
        enrol(import_course(parse(TEXT)), person=person, role=role)
    courses = Course.objects.count()
    client.force_login(person)
    assert client.get(PLACE).status_code == 403
    assert send(client, TEXT).status_code == 403
    assert Course.objects.count() == courses


def test_the_token_is_checked(owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert send(client, TEXT).status_code == 403
    assert nothing_is_stored()


def test_the_page_is_reached_from_the_courses_and_from_the_import(client: Client, owner: User) -> None:
    send(client, TEXT)
    assert all(f'href="{PLACE}"' in client.get(page).content.decode() for page in ("/studio/", "/studio/import/"))
