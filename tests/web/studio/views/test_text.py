"""Dropped lines stand in the text with their reason, and can be restored and left out again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import PassageDecision
from tests.web.studio.drafts import address_of, drop, make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


def test_a_dropped_line_stands_struck_out_beside_its_reason(client: Client, author: User) -> None:
    course = make_draft(author)
    drop(course, position=0, reason="donation")
    page = client.get(address_of(course, "text")).content.decode()
    assert "<del>A lake feeds two towns. The upper town built a wall.</del>" in page
    assert "Left out: donation" in page
    assert "This line asks readers for money or a subscription." in page
    assert "Restore this line" in page


def test_a_restored_line_says_so_and_can_be_left_out_again(client: Client, author: User) -> None:
    course = make_draft(author)
    drop(course, position=0)

    answer = client.post(address_of(course, "text", 1), {"do": "restore"})

    assert (answer.status_code, answer["Location"]) == (303, f"{address_of(course, 'text')}#p-1")
    page = client.get(address_of(course, "text")).content.decode()
    assert "Kept by you" in page
    assert "<del>" not in page
    client.post(address_of(course, "text", 1), {"do": "drop"})
    client.post(address_of(course, "text", 1), {"do": "drop"})
    assert "<del>A lake feeds" in client.get(address_of(course, "text")).content.decode()
    assert not PassageDecision.objects.exists()


def test_a_script_gets_the_passage_alone(client: Client, author: User) -> None:
    course = make_draft(author)
    drop(course, position=0)
    answer = client.post(address_of(course, "text", 1), {"do": "restore"}, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="p-1"' in part
    assert "Leave it out again" in part
    assert "<html" not in part


@pytest.mark.parametrize("number", [2, 99])
def test_only_what_was_dropped_can_be_decided(client: Client, author: User, number: int) -> None:
    course = make_draft(author)
    drop(course, position=0)
    assert client.post(address_of(course, "text", number), {"do": "restore"}).status_code == 404
    assert not PassageDecision.objects.exists()


@pytest.mark.parametrize("lines", [5, 60])
def test_the_text_takes_the_same_statements_whatever_its_length(
    client: Client, author: User, django_assert_num_queries: Any, lines: int
) -> None:
    course = make_draft(author, text="\n".join(f"Line {n} of the lake tells of a wall." for n in range(lines)))
    with django_assert_num_queries(5):
        client.get(address_of(course, "text"))
