"""The box for pasted questions, and a quiz taken elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from course.models import Course
from quizzes.domain.questions import accept, publish_accepted
from quizzes.formats.gift import read
from quizzes.models import QuestionVersion
from tests.factories import NOW
from tests.web.learner.sittings import kinds
from tests.web.studio.drafts import HOSTILE, address_of, make_author, make_draft, versions_of
from tests.web.studio.forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TWO = "Who built the wall? {=The upper town ~The lower town}\n\nThe wall is old. {T}"


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=0, contents=[])


def box(course: Course) -> str:
    return address_of(course, "questions", "paste")


def test_the_box_is_reached_from_the_questions_and_from_the_kinds(client: Client, course: Course) -> None:
    for page in ((), ("new",)):
        assert f'href="{box(course)}"' in client.get(address_of(course, "questions", *page)).content.decode()
    assert client.get(box(course)).status_code == 200


def test_reading_shows_what_becomes_of_each_and_stores_nothing(client: Client, course: Course) -> None:
    page = client.post(box(course), {"gift": TWO, "do": "read"}).content.decode()
    assert "Two questions read" in page
    assert "Line 1: Single choice" in page
    assert "Line 3: True, false or not stated" in page
    assert "Make two drafts of them" in page
    assert form_on(page)["gift"].strip() == TWO
    assert not QuestionVersion.objects.exists()


def test_keeping_makes_drafts_and_goes_to_the_first(client: Client, course: Course, author: User) -> None:
    answer = client.post(box(course), {"gift": TWO, "do": "keep"})
    first, second = versions_of(course)
    assert answer["Location"] == address_of(course, "questions", first.uuid)
    assert (first.written_by, second.kind) == (author, "true_false")
    assert "Two drafts made" in client.get(answer["Location"]).content.decode()


def test_what_cannot_be_read_stays_in_the_box(client: Client, course: Course) -> None:
    page = client.post(box(course), {"gift": f"{TWO}\n\nWhat {{=x", "do": "keep"}).content.decode()
    assert "Two drafts made" in page
    assert "Line 1: The brace { is not closed" in page
    assert form_on(page)["gift"].strip() == "What {=x"
    assert len(versions_of(course)) == 2


@pytest.mark.parametrize(("gift", "said"), [("", "There is no question in the box."), ("What?", "Line 1: This has no")])
@pytest.mark.parametrize("button", ["read", "keep"])
def test_nothing_is_made_of_nothing(client: Client, course: Course, gift: str, said: str, button: str) -> None:
    answer = client.post(box(course), {"gift": gift, "do": button})
    assert (answer.status_code, said in answer.content.decode()) == (200, True)
    assert not QuestionVersion.objects.exists()


def test_what_is_pasted_is_shown_as_text(client: Client, course: Course) -> None:
    page = client.post(box(course), {"gift": f"{HOSTILE} {{=<b>x</b> ~y}}", "do": "read"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_course_without_text_says_so_and_keeps_what_was_pasted(client: Client, course: Course) -> None:
    course.lessons.all().delete()
    answer = client.post(box(course), {"gift": TWO, "do": "keep"})
    assert answer.status_code == 409
    assert "This course has no text yet." in answer.content.decode()
    assert form_on(answer.content.decode())["gift"].strip() == TWO


@pytest.fixture
def published(author: User) -> Course:
    course = make_draft(author, contents=kinds())
    for version in versions_of(course):
        accept(version, by=author)
    publish_accepted(course, at=NOW)
    return course


def out(course: Course) -> str:
    return address_of(course, "quizzes", "the-wall", "gift")


def test_the_page_says_what_is_lost_and_the_file_says_it_again(client: Client, published: Course) -> None:
    page = client.get(out(published)).content.decode()
    file = client.get(f"{out(published)}?as=file")
    assert file["Content-Disposition"] == 'attachment; filename="the-wall.gift.txt"'
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    for sentence in ("GIFT has nothing like it, so it is left out.", "It becomes a multiple choice of its sentences."):
        assert sentence in page
        assert f"// {sentence}" in file.content.decode()


def test_the_file_is_read_back_without_a_problem(client: Client, published: Course) -> None:
    found = read(client.get(f"{out(published)}?as=file").content.decode())
    assert found.problems == ()
    assert len(found.questions) >= 4
    assert {each.tags for each in found.questions} == {("the-wall",)}


def test_a_quiz_that_asks_nothing_published_has_nothing_to_give(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    page = client.get(out(course)).content.decode()
    assert "There is nothing to take away: this quiz asks nothing that is published." in page
    assert f'href="{out(course)}"' in client.get(address_of(course, "quizzes", "the-wall")).content.decode()
