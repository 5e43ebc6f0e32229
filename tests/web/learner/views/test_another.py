"""The page that asks another question like one that was answered."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_quiz, single_choice
from tests.web.learner.sittings import LearnerPage, Sitting

pytestmark = pytest.mark.django_db

KEY = "The second sentence says so."


def settled(client: Client) -> Sitting:
    sitting = Sitting(client, questions=1)
    concept = sitting.quiz.course.concepts.get()
    others = [("single_choice", single_choice(f"Question {n}?")) for n in range(2)]
    make_quiz(sitting.quiz.course, questions=others, concept=concept)
    sitting.start()
    sitting.save({"answer-1": "k7", "sequence-1": "0", "check": "1"})
    return sitting


def address(sitting: Sitting, turn: int = 0) -> str:
    return f"{sitting.address}responses/1/another/?turn={turn}"


def test_it_asks_without_the_key_and_answers_with_it(client: Client) -> None:
    sitting = settled(client)

    asked = client.get(address(sitting)).content.decode()
    judged = client.post(address(sitting), {"answer-1": "m2"}).content.decode()

    assert "Another one on “thirst machine”" in asked
    assert KEY not in asked
    assert "Not right" in judged
    assert KEY in judged
    assert 'href="?turn=1"' in judged
    assert not LearnerPage(asked).inline


def test_each_turn_asks_another(client: Client) -> None:
    sitting = settled(client)

    pages = [client.get(address(sitting, turn)).content.decode() for turn in (0, 1)]

    assert [("Question 0?" in page, "Question 1?" in page) for page in pages] in (
        [(True, False), (False, True)],
        [(False, True), (True, False)],
    )


def test_no_answer_is_asked_for_again(client: Client) -> None:
    sitting = settled(client)

    page = client.post(address(sitting), {}).content.decode()

    assert "Answer the question first" in page
    assert 'name="answer-1"' in page


def test_it_is_there_for_the_learner_alone_and_only_where_there_is_one(client: Client) -> None:
    sitting = settled(client)
    assert client.get(f"{sitting.address}responses/9/another/").status_code == 404
    stranger = Sitting(Client(), questions=1)
    assert stranger.client.get(address(sitting)).status_code == 404
    stranger.start()
    assert stranger.client.get(address(stranger)).status_code == 409
