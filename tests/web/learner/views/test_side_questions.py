"""The question at the end of a section: in the lesson's margin, and on its page."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.test import Client

from quizzes.models import AnswerEvent, Attempt, Recall, Response
from tests.factories import make_enrollment
from tests.quizzes.domain.test_side_questions import PROOFS, Book
from tests.web.learner.notebooks import note_on
from tests.web.learner.sittings import LearnerPage, statements_of

pytestmark = pytest.mark.django_db

KEY = "The second sentence says so."


@pytest.fixture
def book() -> Book:
    """The second section of the first lesson asks two questions."""
    made = Book()
    for stem in ("What is it called?", "Who calls it so?"):
        made.ask(PROOFS[1], stem=stem)
    return made


def lesson_address(book: Book) -> str:
    return f"/courses/{book.course.slug}/lessons/{book.lesson.slug}/"


def address(book: Book, section: int = 2, turn: str = "") -> str:
    return f"{lesson_address(book)}aside/{section}/{turn and f'?turn={turn}'}"


def test_the_lesson_offers_it_beside_the_last_passage_of_the_section_and_nowhere_else(
    client: Client, book: Book
) -> None:
    page = client.get(lesson_address(book)).content.decode()

    offered = page.index(f'<a href="{address(book)}" data-asks>')
    assert page.count("data-asks") == 1
    assert page.index("calls it a thirst machine.") < offered < page.index("Who pays")
    assert "data-asking=" in page
    assert not LearnerPage(page).inline


def test_a_lesson_that_asks_nothing_loads_nothing_for_it(client: Client) -> None:
    page = client.get(lesson_address(Book())).content.decode()

    assert ("data-asks" in page, "data-asking" in page) == (False, False)


def test_it_stands_there_too_where_a_reader_has_notes(client: Client, book: Book) -> None:
    part = make_enrollment(book.course)
    note_on(part, "feeds two towns", "Which?")
    client.force_login(part.user)

    page = client.get(lesson_address(book)).content.decode()

    assert "Which?" in page
    assert f'href="{address(book)}"' in page


def test_a_lesson_takes_no_statement_more_for_its_questions(client: Client, book: Book) -> None:
    counts = [statements_of(partial(client.get, lesson_address(each))) for each in (Book(), book)]

    assert counts[0] == counts[1]


def test_a_visitor_is_asked_without_the_key_and_answered_with_it_and_the_proof(client: Client, book: Book) -> None:
    asked = client.get(address(book)).content.decode()
    judged = client.post(address(book), {"answer-1": "m2"}).content.decode()

    assert KEY not in asked
    assert "What is it called?" in asked or "Who calls it so?" in asked
    for said in ("Not right", KEY, "<mark>a thirst machine</mark>"):
        assert said in judged
    assert not LearnerPage(asked).inline


def test_its_answer_goes_to_its_own_address_wherever_it_stands(client: Client, book: Book) -> None:
    assert f'action="{address(book)}?turn=0"' in client.get(address(book)).content.decode()


def test_another_is_asked_afterwards_where_there_is_one(client: Client, book: Book) -> None:
    judged = client.post(address(book), {"answer-1": "k7"}).content.decode()
    stems = [client.get(address(book, turn=turn)).content.decode() for turn in ("0", "1", "2")]

    assert f'<a href="{address(book, turn="1")}" data-asks>Another question</a>' in judged
    assert ["What is it called?" in stem for stem in stems] in ([True, False, True], [False, True, False])


def test_the_only_question_offers_no_other(client: Client) -> None:
    book = Book()
    book.ask(PROOFS[1])

    assert "Another question" not in client.post(address(book), {"answer-1": "k7"}).content.decode()


def test_no_answer_is_asked_for_again(client: Client, book: Book) -> None:
    page = client.post(address(book), {}).content.decode()

    assert "Answer the question first" in page
    assert 'name="answer-1"' in page


def test_nothing_of_it_is_kept(client: Client, book: Book) -> None:
    client.post(address(book), {"answer-1": "m2"})

    tables: list[Any] = [Attempt, Response, AnswerEvent, Recall]
    assert [table.objects.count() for table in tables] == [0, 0, 0, 0]
    assert not client.session.keys()


def test_a_section_that_asks_nothing_says_so_and_one_that_is_not_there_is_not(client: Client, book: Book) -> None:
    assert "There is no question on it that can be practised now." in client.get(address(book, 1)).content.decode()
    assert [client.get(address(book, section)).status_code for section in (0, 4, 10**12)] == [404, 404, 404]


def test_it_is_as_private_as_its_course(client: Client, book: Book) -> None:
    book.course.visibility = "enrolled"
    book.course.save()
    assert client.get(address(book)).status_code == 404

    client.force_login(make_enrollment(book.course).user)

    assert client.get(address(book)).status_code == 200
