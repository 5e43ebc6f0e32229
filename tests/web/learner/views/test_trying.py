"""Checking answers, opening hints and going on one by one, in a browser without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from quizzes.models import GradingEvent, Response
from tests.factories import single_choice
from tests.web.learner.sittings import LearnerPage, Sitting

pytestmark = pytest.mark.django_db

HINT = "Look at the second sentence."
KEY = "The second sentence says so."


def hinted() -> tuple[str, Mapping[str, Any]]:
    return "single_choice", {**single_choice(), "hints": [HINT, "It is not the lower one."]}


def started(client: Client, **fields: Any) -> Sitting:
    sitting = Sitting(client, **{"questions": [hinted(), hinted(), hinted()], **fields})
    sitting.start()
    return sitting


def response_at(position: int = 1) -> Response:
    return Response.objects.get(position=position)


def test_a_check_saves_the_form_and_comes_back_to_its_question(client: Client) -> None:
    sitting = started(client)

    answer = sitting.save({"answer-1": "m2", "sequence-1": "0", "answer-2": "k7", "sequence-2": "0", "check": "1"})

    assert (answer.status_code, answer["Location"]) == (303, f"{sitting.address}?question=1#q1h")
    assert [response_at(n).answer for n in (1, 2)] == ["m2", "k7"]
    assert (response_at(1).tries, response_at(2).tries) == (1, 0)


def test_a_wrong_answer_is_told_so_and_can_be_changed(client: Client) -> None:
    sitting = started(client)
    sitting.save({"answer-1": "m2", "sequence-1": "0", "check": "1"})

    page = sitting.get()

    assert "Not right" in page
    assert "It only has a name for it." in page
    assert KEY not in page
    assert page.count('value="m2" checked>') == 1
    assert "2 open, 1 not right." in page


def test_a_right_answer_stands_with_why_and_its_passage(client: Client) -> None:
    sitting = started(client)
    sitting.save({"answer-1": "k7", "sequence-1": "0", "check": "1"})

    page = sitting.get()

    assert "This answer no longer changes." in page
    assert KEY in page
    assert "<mark>The upper town built a wall.</mark>" in page
    assert 'name="answer-1"' not in page
    assert 'name="answer-2"' in page
    assert f"{sitting.address}responses/1/another/" in page
    LearnerPage(page)


def test_nothing_answered_is_said_beside_the_question_and_costs_no_try(client: Client) -> None:
    sitting = started(client)

    sitting.save({"check": "2"})

    page = sitting.get()
    assert page.count("Answer the question first, then check it.") == 1
    assert "Answer the question first" not in sitting.get()
    assert response_at(2).tries == 0


def test_hints_are_opened_one_by_one(client: Client) -> None:
    sitting = started(client, hint_penalty=Decimal("0.2"))
    assert HINT not in sitting.get()
    assert "costs 20 % of the points" in sitting.get()

    sitting.save({"hint": "1"})

    page = sitting.get()
    assert page.count(HINT) == 1
    assert page.count('name="hint" value="1"') == 1
    sitting.save({"hint": "1"})
    assert 'name="hint" value="1"' not in sitting.get()
    assert response_at().hints == 2


def test_tries_that_are_left_are_told_with_what_they_cost(client: Client) -> None:
    sitting = started(client, tries_allowed=2, try_penalty=Decimal("0.25"))

    assert "two tries left, each after the first costs 25 %" in sitting.get()
    sitting.save({"answer-1": "m2", "sequence-1": "0", "check": "1"})
    assert "one try left, each after the first costs 25 %" in sitting.get()


def test_what_further_tries_and_hints_took_is_told_in_the_review(client: Client) -> None:
    sitting = started(client, questions=[hinted()], try_penalty=Decimal("0.25"), hint_penalty=Decimal("0.1"))
    sitting.save({"answer-1": "m2", "sequence-1": "0", "check": "1"})
    sitting.save({"hint": "1"})
    sitting.save({"answer-1": "k7", "sequence-1": "1", "check": "1"})
    sitting.submit()
    sitting.grade()

    page = sitting.get()

    assert "0.65 of 1 points" in page
    assert "1 further try and 1 hint cost 35 % of the points." in page
    assert ">Right" in page.replace(" Right", ">Right")
    assert GradingEvent.objects.count() == 3


@pytest.mark.parametrize("mode", ["check", "exam"])
def test_elsewhere_there_is_nothing_to_press(client: Client, mode: str) -> None:
    sitting = started(client, mode=mode)
    sitting.save({"answer-1": "k7", "sequence-1": "0"})

    sitting.save({"check": "1"})
    sitting.save({"hint": "1"})

    page = sitting.get()
    assert 'name="check"' not in page
    assert 'name="hint"' not in page
    assert HINT not in page
    assert KEY not in page
    assert (response_at().tries, response_at().hints) == (0, 0)


def test_one_after_the_other_shows_only_the_question_that_is_asked(client: Client) -> None:
    sitting = started(client, navigation="sequential", mode="check")

    page = sitting.get("?question=3")

    assert "Three questions, three points" in page
    assert 'name="answer-1"' in page
    assert 'name="answer-2"' not in page
    assert 'name="on" value="1"' in page
    assert "There is no way back to this one." in page


def test_going_on_keeps_the_answer_and_asks_the_next(client: Client) -> None:
    sitting = started(client, navigation="sequential", mode="check")

    answer = sitting.save({"answer-1": "k7", "sequence-1": "0", "on": "1"})

    assert answer["Location"] == f"{sitting.address}?question=2#q2h"
    page = sitting.get()
    assert 'name="answer-2"' in page
    assert 'name="answer-1"' not in page
    assert (response_at().answer, response_at().is_settled) == ("k7", True)


def test_a_passed_question_is_refused_in_words_and_the_rest_is_kept(client: Client) -> None:
    sitting = started(client, navigation="sequential", mode="check")
    sitting.save({"answer-1": "k7", "sequence-1": "0", "on": "1"})

    sitting.save({"answer-1": "m2", "sequence-1": "1", "answer-2": "k7", "sequence-2": "0"})

    assert (response_at(1).answer, response_at(2).answer) == ("k7", "k7")
    assert "Question 1: This answer no longer changes: it is right, its tries are used up" in sitting.get()


def test_a_question_further_on_is_refused_in_words(client: Client) -> None:
    sitting = started(client, navigation="sequential", mode="check")

    answer = sitting.save({"answer-3": "k7", "sequence-3": "0"})

    assert answer.status_code == 409
    assert "this one has not been asked yet" in answer.content.decode()
    assert sitting.put(3, {"answer": "k7", "sequence": 0}).json()["code"] == "not_yet_asked"


def test_the_last_question_leads_to_the_summary_without_links_back(client: Client) -> None:
    sitting = started(client, navigation="sequential", mode="check", one_by_one=True)
    sitting.save({"answer-1": "k7", "sequence-1": "0", "on": "1"})
    sitting.save({"on": "2"})

    assert 'name="go" value="summary"' in sitting.get()
    summary = sitting.get("summary/")
    assert "One of three questions answered" in summary
    assert "?question=2" not in summary
    assert "What you have passed no longer changes." in summary


def test_a_whole_quiz_one_after_the_other_is_graded(client: Client) -> None:
    sitting = started(client, navigation="sequential", mode="check")
    for position in (1, 2, 3):
        sitting.save({f"answer-{position}": "k7", f"sequence-{position}": "0", "on": str(position)})
    assert "Look over and submit" in sitting.get()
    sitting.submit()
    sitting.grade()

    assert "Three of three points" in sitting.get()
