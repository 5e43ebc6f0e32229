"""The page on which a concept is practised."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from quizzes.models import AnswerEvent, Attempt, GradingEvent, Recall, Response
from tests.factories import NOW, make_person, single_choice
from tests.web.learner.sittings import CANARY, LearnerPage, Sitting, kinds, statements_of

pytestmark = pytest.mark.django_db

KEY = "The second sentence says so."


def stocked(client: Client, questions: int = 2, **fields: Any) -> Sitting:
    return Sitting(
        client, questions=[("single_choice", single_choice(f"Question {n}?")) for n in range(questions)], **fields
    )


def place(sitting: Sitting) -> str:
    return f"/courses/{sitting.quiz.course.slug}/practice/{sitting.quiz.course.concepts.get().slug}/"


def address(sitting: Sitting, turn: int | str = 0) -> str:
    return f"{place(sitting)}?turn={turn}"


def page_at(sitting: Sitting, turn: int | str = 0) -> str:
    return sitting.client.get(address(sitting, turn)).content.decode()


def test_it_asks_without_the_key_and_answers_with_key_and_proof(client: Client) -> None:
    sitting = stocked(client)

    asked = page_at(sitting)
    judged = client.post(address(sitting), {"answer-1": "m2"}).content.decode()

    assert "Question 1 of 2. It counts nowhere, and is kept nowhere." in asked
    assert KEY not in asked
    assert "Not right" in judged
    assert KEY in judged
    assert "<mark>The upper town built a wall.</mark>" in judged
    assert 'href="?turn=1">Next question</a>' in judged
    assert not LearnerPage(asked).inline


def test_each_turn_asks_another_and_the_last_leads_to_the_first(client: Client) -> None:
    sitting = stocked(client, 3)

    stems = ["".join(n for n in "012" if f"Question {n}?" in page_at(sitting, turn)) for turn in range(4)]
    last = client.post(address(sitting, 2), {"answer-1": "k7"}).content.decode()

    assert sorted(stems[:3]) == ["0", "1", "2"]
    assert stems[3] == stems[0]
    assert 'href="?turn=3">Begin again</a>' in last


@pytest.mark.parametrize("turn", ["", "x", "-1", "1e9", "٣", "99999999999999999999"])
def test_a_turn_that_is_none_is_the_first(client: Client, turn: str) -> None:
    assert "Question 1 of 2." in page_at(stocked(client), turn)


def test_no_answer_is_asked_for_again(client: Client) -> None:
    page = client.post(address(stocked(client)), {}).content.decode()

    assert "Answer the question first" in page
    assert 'name="answer-1"' in page


def test_nothing_of_it_is_kept(client: Client) -> None:
    sitting = stocked(client)

    for answer in ("k7", "m2"):
        client.post(address(sitting), {"answer-1": answer})

    kept: list[Any] = [Attempt, Response, AnswerEvent, GradingEvent, Recall]
    assert [table.objects.count() for table in kept] == [0, 0, 0, 0, 0]


def test_it_says_why_there_is_nothing_to_practise(client: Client) -> None:
    sitting = stocked(client, mode="exam", closes_at=NOW + timedelta(days=9))

    page = page_at(sitting)

    assert "No question on it can be practised now." in page
    assert "<fieldset" not in page
    assert client.post(address(sitting), {"answer-1": "k7"}).status_code == 200


@pytest.mark.parametrize("kind", [kind for kind, _ in kinds()])
def test_every_kind_is_practised_without_its_key(client: Client, kind: str) -> None:
    page = page_at(Sitting(client, questions=[(kind, dict(kinds())[kind])]))

    assert "Question 1 of 1." in page
    assert CANARY not in page


def test_it_is_there_for_who_takes_part_alone(client: Client) -> None:
    sitting = stocked(client)
    stranger, visitor = Client(), Client()
    stranger.force_login(make_person())

    assert client.get(address(sitting)).status_code == 200
    assert stranger.get(address(sitting)).status_code == 404
    assert visitor.get(address(sitting)).status_code == 302
    assert client.get(f"{place(sitting)[:-1]}-none/").status_code == 404


def test_asking_takes_as_many_statements_for_many_questions_as_for_one(client: Client) -> None:
    one, many = stocked(client), stocked(client, 5)

    counts = []
    for sitting in (one, many):
        client.force_login(sitting.enrollment.user)
        counts.append(statements_of(partial(page_at, sitting)))

    assert counts[0] == counts[1]


def test_the_review_of_a_missed_question_leads_to_it_and_that_of_a_right_one_does_not(client: Client) -> None:
    sitting = stocked(client)
    sitting.start()
    sitting.save({"answer-1": "m2", "sequence-1": "0", "answer-2": "k7", "sequence-2": "0"})
    sitting.submit()
    sitting.grade()

    review = sitting.get()

    assert review.count(f'href="{place(sitting)}"') == 1
    assert "Practise “thirst machine”" in review
    assert client.get(address(sitting)).status_code == 200


def test_progress_leads_to_practising_what_is_not_firm(client: Client) -> None:
    sitting = stocked(client)
    sitting.start()
    sitting.save({"answer-1": "m2", "sequence-1": "0"})
    sitting.submit()
    sitting.grade()

    progress = client.get(f"/courses/{sitting.quiz.course.slug}/progress/").content.decode()

    assert f'href="{place(sitting)}">practise' in progress
