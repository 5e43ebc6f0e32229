"""The list of courses, one course, and its publication."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Anchor, Concept, ConceptState, Course
from quizzes.domain.questions import accept
from tests.factories import make_course, make_person, single_choice
from tests.web.studio.drafts import HOSTILE, address_of, drop, make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_without_a_course_the_one_thing_to_do_is_to_import(client: Client, author: User) -> None:
    page = read(client, "/studio/")
    assert page.count("btn primary") == 1
    assert 'href="/studio/import/">Import an article' in page


def test_the_list_says_what_waits_in_each_course(client: Client, author: User) -> None:
    make_draft(author, questions=14, concepts=3)
    page = read(client, "/studio/")
    assert "14 questions to read" in page
    assert "three concepts to decide" in page
    assert "draft" in page


def test_the_list_takes_the_same_statements_whatever_there_is(
    client: Client, author: User, django_assert_num_queries: Any
) -> None:
    make_draft(author)
    with django_assert_num_queries(6):
        client.get("/studio/")
    for _ in range(4):
        make_draft(author, questions=30, concepts=20)
    with django_assert_num_queries(6):
        client.get("/studio/")


def test_a_course_shows_its_parts_warnings_and_what_was_left_out(client: Client, author: User) -> None:
    course = make_draft(author)
    drop(course, position=0)
    course.reading_warnings = [{"code": "no_headings", "message": "No heading was found."}]
    course.save()

    page = read(client, address_of(course))

    assert "The wall" in page
    assert "<code>no_headings</code>" in page
    assert "No heading was found." in page
    assert "One line was left out" in page


@pytest.mark.parametrize("count", [5, 60])
def test_a_course_takes_the_same_statements_whatever_its_size(
    client: Client, author: User, django_assert_num_queries: Any, count: int
) -> None:
    course = make_draft(author, questions=count, concepts=count)
    with django_assert_num_queries(8):
        client.get(address_of(course))


def test_hostile_words_are_shown_as_they_are(client: Client, author: User) -> None:
    content = {**single_choice(HOSTILE), "explanation": HOSTILE}
    course = make_draft(author, contents=[("single_choice", content)])
    Course.objects.filter(pk=course.pk).update(
        title=HOSTILE, reading_warnings=[{"code": "x", "message": HOSTILE}], language='"><script>'
    )
    course.lessons.update(title=HOSTILE)
    Concept.objects.update(term=HOSTILE, definition=HOSTILE, reasons=[HOSTILE], undrafted=HOSTILE)
    question = versions_of(course)[0].uuid
    below = [(), ("text",), ("concepts",), ("questions",), ("questions", question), ("questions", question, "edit")]

    pages = [read(client, "/studio/"), *(read(client, address_of(course, *parts)) for parts in below)]

    assert all("<script>alert" not in page and '"><script>' not in page for page in pages)
    assert all("&lt;script&gt;alert" in page for page in pages)


def test_publishing_tells_every_problem_at_once_and_changes_nothing(client: Client, author: User) -> None:
    course = make_draft(author, concepts=2)
    Concept.objects.filter(course=course).update(state=ConceptState.ACCEPTED)
    lonely = Concept.objects.get(course=course, rank=1)
    lonely.mentions.all().delete()

    answer = client.post(address_of(course, "publish"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Not published: two problems to mend." in page
    assert "No question is accepted yet." in page
    assert "The concept “lake 0” is mentioned nowhere." in page
    course.refresh_from_db()
    assert course.state == "draft"


def test_publishing_shows_the_accepted_questions_to_learners(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    accept(versions_of(course)[0], by=author)

    answer = client.post(address_of(course, "publish"), follow=True)

    assert answer.redirect_chain == [(address_of(course), 303)]
    page = answer.content.decode()
    assert "Published. One question was added." in page
    assert f"http://testserver/courses/{course.slug}/" in page
    assert sorted(version.state for version in versions_of(course)) == ["draft", "published"]
    client.force_login(make_person())
    assert client.get(f"/courses/{course.slug}/").status_code == 200


def test_publishing_twice_adds_nothing(client: Client, author: User) -> None:
    course = make_draft(author)
    accept(versions_of(course)[0], by=author)
    client.post(address_of(course, "publish"))
    answer = client.post(address_of(course, "publish"), follow=True)
    assert "No questions were added." in answer.content.decode()


def test_accepted_questions_can_take_their_concepts_along(client: Client, author: User) -> None:
    course = make_draft(author, questions=1, concepts=2)
    accept(versions_of(course)[0], by=author)
    assert "one accepted question asks" in read(client, address_of(course)).lower()

    client.post(address_of(course, "concepts", "asked"))

    assert list(course.concepts.values_list("state", flat=True)) == ["accepted", "suggested"]
    assert "accepted question asks" not in read(client, address_of(course)).lower()


def test_each_problem_leads_to_where_it_is_mended(client: Client) -> None:
    owner = make_author()
    client.force_login(owner)
    course = make_draft(owner)
    version = versions_of(course)[0]
    accept(version, by=owner)
    Anchor.objects.filter(question=version.uuid).delete()
    answer = client.post(address_of(course, "publish"))
    assert answer.status_code == 409
    assert f'<a href="{address_of(course, "questions", version.uuid)}">Mend it' in answer.content.decode()


@pytest.mark.parametrize(
    ("step", "words"), [("unpublish", "Unpublished."), ("archive", "Archived."), ("restore", "Restored as a draft.")]
)
def test_a_course_is_put_away_and_comes_back(client: Client, step: str, words: str) -> None:
    owner = make_author()
    client.force_login(owner)
    course = make_course(owner=owner)
    assert words in client.post(address_of(course, "shelf"), {"do": step}, follow=True).content.decode()


def test_what_was_published_before_is_published_again(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    accept(versions_of(course)[0], by=author)
    client.post(address_of(course, "publish"))
    away = client.post(address_of(course, "shelf"), {"do": "archive"}, follow=True).content.decode()
    assert "stays unseen when you publish" not in away

    back = client.post(address_of(course, "shelf"), {"do": "restore"}, follow=True).content.decode()

    assert "One accepted question." in back


def test_an_archived_course_offers_no_publishing(client: Client) -> None:
    owner = make_author()
    client.force_login(owner)
    course = make_draft(owner)
    seen = client.post(address_of(course, "shelf"), {"do": "archive"}, follow=True).content.decode()
    assert address_of(course, "publish") not in seen
    assert "Restore it as a draft" in seen


@pytest.mark.parametrize("step", ["", "burn"])
def test_an_unknown_step_puts_nothing_away(client: Client, step: str) -> None:
    owner = make_author()
    client.force_login(owner)
    course = make_course(owner=owner)
    client.post(address_of(course, "shelf"), {"do": step})
    course.refresh_from_db()
    assert course.state == "published"
