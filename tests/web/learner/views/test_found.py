"""One click in the review: I found it here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from quizzes.models import Sighting
from tests.factories import NOW, make_person, single_choice
from tests.web.learner.sittings import LearnerPage, Sitting, statements_of

pytestmark = pytest.mark.django_db

BUTTON = "I found it here"


def missed(client: Client, *answers: str, **fields: Any) -> Sitting:
    """A graded attempt with these answers; the second sentence of the text proves each."""
    asked = [("single_choice", single_choice(f"Question {n}?")) for n, _ in enumerate(answers)]
    sitting = Sitting(client, questions=asked, **fields)
    sitting.start()
    for position, answer in enumerate(answers, 1):
        sitting.save({f"answer-{position}": answer, f"sequence-{position}": "0"})
    sitting.submit()
    sitting.grade()
    return sitting


def find(sitting: Sitting, position: int = 1, client: Client | None = None) -> Any:
    return (client or sitting.client).post(f"{sitting.address}responses/{position}/found/")


def test_a_missed_question_can_be_said_to_be_found_and_its_review_says_so(client: Client) -> None:
    sitting = missed(client, "m2", "k7")
    before = sitting.get()

    answer = find(sitting)

    after = sitting.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{sitting.address}#q1h")
    assert (before.count(BUTTON), after.count(BUTTON)) == (1, 0)
    assert "Found after looking" not in before
    assert after.count("Found after looking") == 1
    assert not LearnerPage(after).inline


def test_sent_twice_it_is_said_once(client: Client) -> None:
    sitting = missed(client, "m2")

    assert [find(sitting).status_code for _ in range(2)] == [303, 303]
    assert Sighting.objects.count() == 1


@pytest.mark.parametrize(
    ("answer", "fields"),
    [("k7", {}), ("m2", {"mode": "exam", "closes_at": NOW + timedelta(days=9)})],
    ids=["it was right", "an exam that is open"],
)
def test_it_is_neither_offered_nor_taken_where_there_is_nothing_to_find(
    client: Client, answer: str, fields: dict[str, Any]
) -> None:
    sitting = missed(client, answer, **fields)

    assert BUTTON not in sitting.get()
    assert find(sitting).status_code == 409
    assert not Sighting.objects.exists()


@pytest.mark.parametrize("position", [2, 0, 10**30])
def test_a_question_that_is_not_asked_is_nowhere(client: Client, position: int) -> None:
    assert find(missed(client, "m2"), position).status_code == 404


def test_nobody_else_can_say_it_and_looking_never_does(client: Client) -> None:
    sitting = missed(client, "m2")
    stranger = Client()
    stranger.force_login(make_person())

    assert find(sitting, client=stranger).status_code == 404
    assert find(sitting, client=Client()).status_code == 302
    assert client.get(f"{sitting.address}responses/1/found/").status_code == 405
    assert not Sighting.objects.exists()


def test_the_review_takes_no_more_statements_for_what_was_found(client: Client) -> None:
    sitting = missed(client, "m2", "m2")
    before = statements_of(sitting.get)

    find(sitting)

    assert statements_of(sitting.get) == before
