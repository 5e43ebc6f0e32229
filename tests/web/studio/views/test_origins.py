"""The page of an article's origin: what readers see, who may change it, and what is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Article, Course, Role
from tests.factories import make_course, make_person
from tests.web.studio.drafts import HOSTILE, address_of, make_author
from tests.web.studio.forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TYPED = {
    "title": "The harbour that waits",
    "author": "Ada Bek",
    "publisher": "The Lake",
    "source_url": "https://example.org/harbour",
    "rights": "Written by me",
    "language": "pt-BR",
}


@pytest.fixture
def owner(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


@pytest.fixture
def course(owner: User) -> Course:
    return make_course(owner=owner)


def typed(client: Client, course: Course, **changed: str) -> dict[str, str]:
    """The form as a browser sends it, some fields typed over."""
    return {**form_on(client.get(address_of(course, "origin")).content.decode()), **changed}


def post(client: Client, course: Course, form: dict[str, str]) -> Any:
    return client.post(address_of(course, "origin"), form)


def kept() -> dict[str, Any]:
    return dict(Article.objects.values(*TYPED).get())


def test_what_is_saved_is_what_learners_are_told(client: Client, course: Course) -> None:
    answer = post(client, course, typed(client, course, **TYPED))
    assert (answer.status_code, answer["Location"]) == (303, address_of(course, "origin"))
    assert kept() == TYPED
    for page in (f"/courses/{course.slug}/", f"/courses/{course.slug}/lessons/{course.lessons.get().slug}/"):
        told = client.get(page).content.decode()
        assert all(TYPED[name] in told for name in ("title", "author", "publisher", "source_url", "rights"))
        assert 'lang="pt-BR"' in told


def test_the_form_sent_back_untouched_changes_nothing(client: Client, course: Course) -> None:
    before = kept()
    answer = client.post(address_of(course, "origin"), typed(client, course), follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert kept() == before


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("title", " ", "This field is required"),
        ("title", "a" * 301, "at most 300 characters"),
        ("source_url", "javascript:alert(1)", "Enter a valid URL"),
        ("source_url", "nowhere", "Enter a valid URL"),
        ("language", "English", "Give a code of two or three letters"),
        ("language", 'en" onload="', "Give a code of two or three letters"),
        ("language", "", "This field is required"),
        ("rights", "a" * 501, "at most 500 characters"),
    ],
)
def test_what_cannot_be_is_told_and_kept_as_typed(
    client: Client, course: Course, name: str, value: str, told: str
) -> None:
    before = kept()
    answer = post(client, course, typed(client, course, **{**TYPED, name: value}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert TYPED["author"] in page
    assert kept() == before


def test_what_is_typed_is_escaped_everywhere(client: Client, course: Course) -> None:
    post(client, course, typed(client, course, author=HOSTILE, rights=HOSTILE))
    for page in (address_of(course, "origin"), f"/courses/{course.slug}/"):
        assert "<script>alert" not in client.get(page).content.decode()


def test_the_second_of_two_sees_what_the_first_saved_and_decides(client: Client, course: Course) -> None:
    first, second = typed(client, course, rights="CC BY"), typed(client, course, rights="None", author="Ada")
    post(client, course, first)

    answer = post(client, course, second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this while you wrote" in page
    assert "CC BY" in page
    assert kept()["rights"] == "CC BY"

    assert post(client, course, form_on(page)).status_code == 303
    assert (kept()["rights"], kept()["author"]) == ("None", "Ada")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OWNER, Role.EDITOR)])
def test_only_who_edits_the_course_finds_it(client: Client, course: Course, role: Role) -> None:
    form, before = typed(client, course, **TYPED), kept()
    person = make_person()
    enrol(course, person=person, role=role)
    client.force_login(person)
    assert client.get(address_of(course, "origin")).status_code == 404
    assert post(client, course, form).status_code == 404
    assert kept() == before


def test_an_article_of_another_course_is_not_found(client: Client, course: Course) -> None:
    other = make_course()
    form = {**typed(client, course, **TYPED), "article": str(other.lessons.get().revision.article.uuid)}
    assert post(client, course, form).status_code == 404
    assert post(client, course, {**form, "article": "nothing"}).status_code == 404
    assert not Article.objects.filter(title=TYPED["title"]).exists()


def test_a_course_without_a_text_leads_to_importing_one(client: Client, course: Course) -> None:
    course.lessons.all().delete()
    assert "There is no article in this course yet" in client.get(address_of(course, "origin")).content.decode()


def test_the_page_is_reached_from_the_text(client: Client, course: Course) -> None:
    assert address_of(course, "origin") in client.get(address_of(course, "text")).content.decode()
