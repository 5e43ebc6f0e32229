"""A question's wordings compared, near duplicates and pools, by addresses and forms alone."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Course
from quizzes.domain.questions import accept
from quizzes.domain.quiz_items import add_pool
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import QuestionTag, QuestionVersion, QuizItem
from quizzes.pools import Pool
from tests.factories import single_choice
from tests.web.studio.drafts import HOSTILE, address_of, make_author, make_draft, versions_of
from tests.web.studio.forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=2)


@pytest.fixture
def first(course: Course) -> QuestionVersion:
    """A question of three wordings."""
    version = publish_version(versions_of(course)[0], by=None)
    for stem in ("Who built the dam?", "Who blew up the dam?"):
        version = publish_version(new_version(version, content=single_choice(stem)), by=None)
    return version


def of(version: QuestionVersion) -> str:
    return address_of(version.question.course, "bank", version.question.uuid)


def shown(client: Client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def changed(page: str) -> list[tuple[str, str]]:
    """What is told as gone or new."""
    return re.findall(r"<(?:del|ins)><span[^>]*>(Gone|New): </span>([^<]*)<", page)


def test_the_last_two_wordings_are_compared_without_being_asked(client: Client, first: QuestionVersion) -> None:
    page = shown(client, of(first))
    assert "What wording 3 changed in wording 2" in page
    assert changed(page) == [("Gone", "built"), ("New", "blew up")]
    assert "Three wordings" in page


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ({"old": "1", "new": "3"}, "What wording 3 changed in wording 1"),
        ({"old": "2", "new": "1"}, "What wording 2 changed in wording 1"),
        ({"old": "1", "new": "1"}, "What wording 3 changed in wording 2"),
        ({"old": "1", "new": "99999999999"}, "What wording 3 changed in wording 2"),
        ({"old": "x", "new": ""}, "What wording 3 changed in wording 2"),
    ],
)
def test_two_wordings_are_compared_older_first(
    client: Client, first: QuestionVersion, asked: dict[str, str], heading: str
) -> None:
    assert heading in shown(client, of(first), **asked)


def test_a_question_of_one_wording_says_so(client: Client, course: Course) -> None:
    page = shown(client, of(versions_of(course)[1]))
    assert "A published question is changed by a new wording" in page
    assert "Compare the two" not in page


def test_what_differs_is_text_and_nothing_else(client: Client, first: QuestionVersion) -> None:
    new_version(first, content=single_choice() | {"stem": first.content["stem"], "hints": [HOSTILE]})
    page = client.get(of(first)).content.decode()
    assert "<script>alert" not in page
    assert f"New: </span>{escape(HOSTILE)}</ins>" in page


def test_tags_are_kept_and_the_question_archived_and_restored(client: Client, first: QuestionVersion) -> None:
    page = unescape(client.post(of(first), {"do": "tags", "tags": "Hard ones, old"}, follow=True).content.decode())
    assert "Tagged hard-ones, old." in page
    assert form_on(page)["tags"] == "hard-ones, old"
    page = client.post(of(first), {"do": "tags", "tags": ""}, follow=True).content.decode()
    assert "It has no tags now." in page
    page = client.post(of(first), {"do": "archive"}, follow=True).content.decode()
    assert "It is archived: no quiz asks it." in page
    first.refresh_from_db()
    assert first.state == "retired"
    page = client.post(of(first), {"do": "restore"}, follow=True).content.decode()
    assert "It is back as it was before." in page
    first.refresh_from_db()
    assert first.state == "published"
    assert "Nothing was changed." in client.post(of(first), {"do": "burn"}, follow=True).content.decode()


def test_a_question_of_another_course_is_not_found(client: Client, author: User, course: Course) -> None:
    other = versions_of(make_draft(author, questions=1))[0]
    address = address_of(course, "bank", other.question.uuid)
    assert client.get(address).status_code == client.post(address, {"do": "archive"}).status_code == 404


def test_near_duplicates_stand_in_groups(client: Client, author: User) -> None:
    stem = "What does the lower town call the wall that stands above the lake since the spring?"
    contents = [("single_choice", single_choice(each)) for each in (stem, f"{stem} Say it.", "Why?")]
    course = make_draft(author, contents=contents)
    page = shown(client, address_of(course, "bank", "duplicates"))
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page)[-1] == "Two questions of one kind"
    assert "like the first" in page
    assert f'href="{of(versions_of(course)[1])}"' in page


def test_no_duplicates_say_so(client: Client, author: User) -> None:
    assert "No two questions ask nearly the same." in shown(
        client, address_of(make_draft(author, questions=1), "bank", "duplicates")
    )


def test_pools_are_listed_with_what_they_reach(client: Client, course: Course) -> None:
    assert "No quiz has a pool." in shown(client, address_of(course, "bank", "pools"))
    publish_version(versions_of(course)[0], by=None)
    add_pool(course.quizzes.get(), pool=Pool(3, concept="suggestion-0"))
    page = shown(client, address_of(course, "bank", "pools"))
    assert "Reaches one question" in page
    assert "fewer than it draws" in page
    found = shown(client, address_of(course, "bank"), state="published", concept="suggestion-0")
    assert "One question is found." in found


def made(client: Client, course: Course, query: str, **sent: str) -> Any:
    return client.post(address_of(course, "bank", "pools") + query, {"quiz": "the-wall", **sent})


def test_a_pool_is_made_of_what_was_found(client: Client, author: User, course: Course) -> None:
    for version in versions_of(course):
        accept(version, by=author)
    answer = made(client, course, "?text=wall", take="2", tag="All walls")
    assert (answer.status_code, answer["Location"]) == (303, address_of(course, "bank", "pools"))
    assert "ends with a pool of 2 of the questions tagged “all-walls” now." in shown(client, answer["Location"])
    assert QuestionTag.objects.filter(name="all-walls").count() == 2


def test_a_search_by_one_concept_needs_no_tag(client: Client, author: User, course: Course) -> None:
    accept(versions_of(course)[0], by=author)
    assert 'name="tag" value' not in shown(client, address_of(course, "bank"), concept="suggestion-0")
    assert made(client, course, "?concept=suggestion-0", take="1").status_code == 303
    assert QuizItem.objects.get(pool__isnull=False).pool == {"take": 1, "concept": "suggestion-0"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"take": "1", "tag": "walls"}, "Of what was found, 0 can be asked"),
        ({"take": "", "tag": "walls"}, "This field is required"),
        ({"take": "1", "tag": "?!"}, "Write a tag of letters or figures."),
        ({"take": "1", "tag": "walls", "quiz": "nothing"}, "Select a valid choice"),
    ],
)
def test_a_pool_that_cannot_be_is_asked_again(client: Client, course: Course, sent: dict[str, str], said: str) -> None:
    answer = made(client, course, "?text=wall", **sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not QuizItem.objects.filter(pool__isnull=False).exists()


@pytest.mark.parametrize("count", [10, 1_000])
def test_pages_take_the_same_statements_whatever_there_is(
    client: Client, author: User, django_assert_num_queries: Any, count: int
) -> None:
    course = make_draft(author, questions=count)
    address = of(versions_of(course)[0])
    with django_assert_num_queries(4):
        client.get(address_of(course, "bank", "duplicates"))
    with django_assert_num_queries(6):
        client.get(address_of(course, "bank", "pools"))
    with django_assert_num_queries(8):
        client.get(address)
