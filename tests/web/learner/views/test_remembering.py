"""The pages on which a learner remembers what they missed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from quizzes.models import Card, Question, Recall, VersionState
from tests.factories import make_course, make_enrollment, single_choice
from tests.web.learner.sittings import LearnerPage, Sitting, kinds, sequences, statements_of

pytestmark = pytest.mark.django_db

KEY = "The second sentence says so."


def missed(client: Client, *, questions: int = 1, **fields: Any) -> Sitting:
    """A learner whose quiz is graded, all of it wrong."""
    asked = [("single_choice", single_choice(f"Question {n}?")) for n in range(1, questions + 1)]
    sitting = Sitting(client, questions=asked, **fields)
    sitting.start()
    sitting.save({f"answer-{n}": "m2" for n in range(1, questions + 1)} | sequences(questions))
    sitting.submit()
    sitting.grade()
    return sitting


def deck_address(sitting: Sitting) -> str:
    return f"/courses/{sitting.quiz.course.slug}/remember/"


def question_address(sitting: Sitting, number: int = 1, query: str = "") -> str:
    uuid = Question.objects.get(items__quiz=sitting.quiz, items__position=number).uuid
    return f"{deck_address(sitting)}{uuid}/{query}"


def test_the_deck_says_what_is_due_and_leads_into_a_session(client: Client) -> None:
    sitting = missed(client, questions=2)

    page = client.get(deck_address(sitting)).content.decode()

    assert "Two questions to remember" in page
    assert f'href="{deck_address(sitting)}next/?left=2"' in page
    assert KEY not in page
    assert not LearnerPage(page).inline


def test_an_empty_deck_says_how_it_fills(client: Client) -> None:
    sitting = Sitting(client, questions=1)

    page = client.get(deck_address(sitting)).content.decode()

    assert "Nothing to remember yet" in page
    assert "comes back here by itself" in page
    assert "next/?left" not in page


def test_the_session_begins_with_what_is_due_longest(client: Client) -> None:
    sitting = missed(client, questions=2)

    answer = client.get(f"{deck_address(sitting)}next/?left=2")

    assert answer["Location"] == question_address(sitting, 1, "?left=2")


@pytest.mark.parametrize(("left", "capped"), [("2", "2"), ("9", "2"), ("", "2"), ("-1", "2"), ("²", "2"), ("x", "2")])
def test_a_session_never_has_more_left_than_is_due(client: Client, left: str, capped: str) -> None:
    sitting = missed(client, questions=2)

    answer = client.get(f"{deck_address(sitting)}next/", {"left": left})

    assert answer["Location"].endswith(f"?left={capped}")


def test_with_nothing_due_it_leads_back_to_the_deck(client: Client) -> None:
    sitting = Sitting(client, questions=1)

    assert client.get(f"{deck_address(sitting)}next/")["Location"] == deck_address(sitting)


def test_a_question_is_asked_without_its_key(client: Client) -> None:
    sitting = missed(client)

    page = client.get(question_address(sitting, query="?left=1")).content.decode()

    assert "Question 1?" in page
    assert "The last question of this session." in page
    assert KEY not in page
    assert not LearnerPage(page).inline


@pytest.mark.parametrize(("answer", "verdict"), [("k7", "Right"), ("m2", "Not right")])
def test_its_answer_is_judged_with_the_key_and_the_four_ratings(client: Client, answer: str, verdict: str) -> None:
    sitting = missed(client)

    page = client.post(question_address(sitting), {"answer-1": answer}).content.decode()

    assert verdict in page
    assert KEY in page
    assert [f'value="{n}" aria-keyshortcuts="{n}"' in page for n in range(1, 6)] == [True] * 4 + [False]
    assert "eight days" in page
    assert not Card.objects.exists()


def test_no_answer_is_asked_for_again(client: Client) -> None:
    sitting = missed(client)

    page = client.post(question_address(sitting), {}).content.decode()

    assert "Answer the question first" in page
    assert KEY not in page


def test_a_rating_leads_on_and_the_last_one_back_to_the_deck(client: Client) -> None:
    sitting = missed(client, questions=2)
    rated = {"rating": "3", "number": "1"}

    on = client.post(question_address(sitting, 1, "?left=2"), rated)
    back = client.post(question_address(sitting, 2, "?left=1"), rated)

    assert (on.status_code, on["Location"]) == (303, f"{deck_address(sitting)}next/?left=1")
    assert (back.status_code, back["Location"]) == (303, deck_address(sitting))
    assert list(Recall.objects.order_by("pk").values_list("number", "rating")) == [(1, 3), (1, 3)]


def test_a_double_click_rates_once(client: Client) -> None:
    sitting = missed(client)

    for _ in range(2):
        client.post(question_address(sitting), {"rating": "4", "number": "1"})

    assert Recall.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"rating": "5", "number": "1"},
        {"rating": "0", "number": "1"},
        {"rating": "", "number": "1"},
        {"rating": "3"},
        {"rating": "3", "number": "x"},
        {"rating": "3", "number": "9" * 400},
        {"rating": "³", "number": "1"},
        {"rating": "3", "number": "2"},
    ],
)
def test_a_rating_that_is_none_changes_nothing(client: Client, sent: dict[str, str]) -> None:
    sitting = missed(client)

    answer = client.post(question_address(sitting), sent)

    assert answer.status_code in (200, 303)
    assert not Recall.objects.exists()


def test_a_question_is_set_aside_and_taken_up_again(client: Client) -> None:
    sitting = missed(client, questions=2)

    aside = client.post(question_address(sitting, 1, "?left=2"), {"set_aside": "1"})
    page = client.get(deck_address(sitting)).content.decode()
    client.post(question_address(sitting, 1), {"take_up": "1"})
    again = client.get(deck_address(sitting)).content.decode()

    assert aside["Location"] == f"{deck_address(sitting)}next/?left=1"
    assert ("One question to remember" in page, "Ask me again" in page) == (True, True)
    assert ("Two questions to remember" in again, "Ask me again" in again) == (True, False)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_question_that_is_not_in_the_deck_is_not_there(client: Client, method: str) -> None:
    sitting = missed(client)

    answer = getattr(client, method)(f"{deck_address(sitting)}{uuid4()}/")

    assert answer.status_code == 404


def test_nobody_else_sees_the_question(client: Client) -> None:
    sitting = missed(client)
    address = question_address(sitting)
    classmate = make_enrollment(sitting.quiz.course)
    client.force_login(classmate.user)

    assert client.get(address).status_code == 404
    assert client.post(address, {"rating": "3", "number": "1"}).status_code == 404
    assert client.get(f"/courses/{make_course().slug}/remember/").status_code == 404


def test_a_visitor_signs_in_first(client: Client) -> None:
    sitting = missed(client)
    client.logout()

    for address in (deck_address(sitting), f"{deck_address(sitting)}next/", question_address(sitting)):
        assert client.get(address)["Location"].startswith("/accounts/login/?next=")


def test_home_says_what_is_due(client: Client) -> None:
    sitting = missed(client, questions=2)

    page = client.get("/").content.decode()

    assert "Two questions to remember, about one minute" in page
    assert f'href="{deck_address(sitting)}"' in page


def test_home_says_nothing_of_remembering_without_need(client: Client) -> None:
    Sitting(client, questions=1)

    assert "To remember" not in client.get("/").content.decode()


def test_every_kind_that_rules_can_judge_is_asked_and_judged(client: Client) -> None:
    sitting = Sitting(client)
    sitting.start()
    sitting.submit()
    sitting.grade()

    for number, (kind, _) in enumerate(kinds(), 1):
        page = client.get(question_address(sitting, number)).content.decode()
        assert "Check this answer" in page, kind
        assert "canary-of-the-key" not in page, kind


@pytest.mark.parametrize("questions", [1, 9])
def test_a_page_takes_the_same_statements_whatever_is_in_the_deck(client: Client, questions: int) -> None:
    sitting = missed(client, questions=questions)
    client.post(question_address(sitting), {"rating": "3", "number": "1"})

    assert statements_of(lambda: client.get(deck_address(sitting))) == 7
    assert statements_of(lambda: client.get(question_address(sitting))) == 8


def test_a_retired_question_is_gone_from_the_deck(client: Client) -> None:
    sitting = missed(client)
    address = question_address(sitting)
    Question.objects.get().versions.update(state=VersionState.RETIRED)

    assert client.get(address).status_code == 404
