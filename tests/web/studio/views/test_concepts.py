"""Concepts are accepted, rejected and defined, and every decision can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Concept
from tests.web.studio.drafts import address_of, make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


def test_a_suggestion_stands_in_its_sentence_beside_its_reasons(client: Client, author: User) -> None:
    course = make_draft(author, questions=0)
    Concept.objects.update(undrafted="It is a piece of a longer phrase.")
    page = client.get(address_of(course, "concepts")).content.decode()
    assert "A <mark>lake</mark> feeds two towns." in page
    assert "It stands in a heading." in page
    assert "One mention, " not in page
    assert "No question: It is a piece of a longer phrase." in page


@pytest.mark.parametrize(
    ("deeds", "state"),
    [
        (["accept"], "accepted"),
        (["accept", "accept"], "accepted"),
        (["reject"], "rejected"),
        (["accept", "undo"], "suggested"),
        (["reject", "undo", "accept"], "accepted"),
        (["something else"], "suggested"),
    ],
)
def test_a_decision_holds_until_the_next(client: Client, author: User, deeds: list[str], state: str) -> None:
    course = make_draft(author)
    for deed in deeds:
        answer = client.post(address_of(course, "concepts", "suggestion-0"), {"do": deed})
        assert (answer.status_code, answer["Location"]) == (303, f"{address_of(course, 'concepts')}#c-suggestion-0")
    assert Concept.objects.get().state == state


def test_a_definition_is_kept_with_or_without_accepting(client: Client, author: User) -> None:
    course = make_draft(author)
    address = address_of(course, "concepts", "suggestion-0")
    client.post(address, {"definition": "  Water between hills. ", "do": "define"})
    assert (Concept.objects.get().definition, Concept.objects.get().state) == ("Water between hills.", "suggested")
    client.post(address, {"definition": "", "do": "accept"})
    assert (Concept.objects.get().definition, Concept.objects.get().state) == ("", "accepted")


def test_a_definition_that_is_too_long_changes_nothing(client: Client, author: User) -> None:
    course = make_draft(author)
    client.post(address_of(course, "concepts", "suggestion-0"), {"definition": "x" * 2_001, "do": "define"})
    assert Concept.objects.get().definition == ""


def test_a_script_gets_the_concept_alone(client: Client, author: User) -> None:
    course = make_draft(author)
    address = address_of(course, "concepts", "suggestion-0")
    part = client.post(address, {"do": "accept"}, headers={"HX-Request": "true"}).content.decode()
    assert 'id="c-suggestion-0"' in part
    assert "Take it back" in part
    assert "<html" not in part


def test_a_concept_of_another_course_is_not_found(client: Client, author: User) -> None:
    course, _ = make_draft(author, concepts=1), make_draft(author, concepts=2)
    assert client.post(address_of(course, "concepts", "suggestion-1"), {"do": "accept"}).status_code == 404


@pytest.mark.parametrize("count", [5, 60])
def test_concepts_take_the_same_statements_whatever_their_number(
    client: Client, author: User, django_assert_num_queries: Any, count: int
) -> None:
    course = make_draft(author, questions=count, concepts=count)
    with django_assert_num_queries(6):
        client.get(address_of(course, "concepts"))
