"""One answer saved by a script."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from quizzes.models import AnswerEvent, Response
from tests.factories import make_person
from tests.web.learner.sittings import Sitting, statements_of

pytestmark = pytest.mark.django_db


def started(client: Client) -> Sitting:
    sitting = Sitting(client)
    sitting.start()
    return sitting


def test_an_answer_is_kept_and_its_sequence_comes_back(client: Client) -> None:
    sitting = started(client)
    key = str(uuid4())

    answer = sitting.put(1, {"answer": "k7", "sequence": 0, "client_key": key, "flagged": True, "confidence": 2})

    saved = Response.objects.get(position=1)
    assert answer.status_code == 200
    assert answer.json() == {
        "sequence": 1,
        "saved_at": answer.json()["saved_at"],
        "warning": "",
        "client_key": key,
    }
    assert (saved.answer, saved.sequence, saved.flagged, saved.confidence) == ("k7", 1, True, 2)


def test_the_same_save_again_answers_the_same(client: Client) -> None:
    sitting = started(client)
    sent = {"answer": "k7", "sequence": 0, "client_key": str(uuid4())}

    first = sitting.put(1, sent).json()
    sitting.put(1, {"answer": "m2", "sequence": 1})
    again = sitting.put(1, sent)

    assert again.status_code == 200
    assert again.json() == first
    assert Response.objects.get(position=1).answer == "m2"


def test_a_stale_answer_brings_the_newer_one(client: Client) -> None:
    sitting = started(client)
    sitting.put(1, {"answer": "k7", "sequence": 0})

    answer = sitting.put(1, {"answer": "m2", "sequence": 0})

    assert answer.status_code == 409
    assert (answer.json()["answer"], answer.json()["sequence"], answer.json()["code"]) == ("k7", 1, "stale_answer")
    assert Response.objects.get(position=1).answer == "k7"


def test_a_half_typed_answer_is_kept_with_a_warning(client: Client) -> None:
    sitting = started(client)

    answer = sitting.put(1, {"answer": "something", "sequence": 0}).json()

    assert answer["warning"].startswith("That choice is not part of this question.")
    assert answer["sequence"] == 1


def test_forms_are_taken_too_by_post_and_by_put(client: Client) -> None:
    sitting = started(client)
    address = f"{sitting.address}responses/4/"

    posted = client.post(address, {"answer-4": "thirst", "sequence-4": "0"})
    put = client.put(address, "answer-4=thirst+machine&sequence-4=1", content_type="application/x-www-form-urlencoded")

    assert (posted.json()["sequence"], put.json()["sequence"]) == (1, 2)
    assert Response.objects.get(position=4).answer == "thirst machine"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("[1]", 422, "not_an_answer"),
        ("{", 422, "not_an_answer"),
        ('{"answer": "\\u0000", "sequence": 0}', 422, "unkeepable_answer"),
        ('{"answer": "\\ud800", "sequence": 0}', 422, "unkeepable_answer"),
        ('{"answer": NaN, "sequence": 0}', 422, "unkeepable_answer"),
        ('{"answer": ' + "[" * 5000 + "]" * 5000 + "}", 422, "unkeepable_answer"),
        (json.dumps({"answer": "x" * 30_000}), 413, "answer_too_large"),
        (json.dumps({"answer": "x" * 300_000}), 413, "answer_too_large"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_code(client: Client, body: str, status: int, code: str) -> None:
    sitting = started(client)

    answer = client.put(f"{sitting.address}responses/1/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"].endswith(".")
    assert Response.objects.get(position=1).answer is None


@pytest.mark.parametrize(
    "odd",
    [{"sequence": "0"}, {"sequence": True}, {"client_key": 5}, {"client_key": "x"}, {"confidence": 9}, {"flagged": 1}],
)
def test_odd_extras_are_left_aside(client: Client, odd: dict[str, Any]) -> None:
    sitting = started(client)

    assert sitting.put(1, {"answer": "k7", **odd}).status_code == 200
    assert Response.objects.get(position=1).answer == "k7"


def test_after_submitting_nothing_is_kept(client: Client) -> None:
    sitting = started(client)
    sitting.submit()

    answer = sitting.put(1, {"answer": "k7", "sequence": 0})

    assert (answer.status_code, answer.json()["code"]) == (410, "attempt_closed")
    assert Response.objects.get(position=1).answer is None


def test_no_such_question_and_nobody_elses_attempt_are_the_same_to_a_script(client: Client) -> None:
    sitting = started(client)
    stranger = Client()
    stranger.force_login(make_person())

    missing = sitting.put(99, {"answer": "k7", "sequence": 0})
    foreign = stranger.put(f"{sitting.address}responses/1/", {"answer": "k7"}, content_type="application/json")

    assert (missing.status_code, foreign.status_code) == (404, 404)
    assert missing.json() == foreign.json()
    assert not AnswerEvent.objects.exists()


def test_who_is_signed_out_is_told_so_and_not_sent_elsewhere(client: Client) -> None:
    sitting = started(client)
    client.logout()

    answer = sitting.put(1, {"answer": "k7", "sequence": 0})

    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


def test_a_save_without_the_token_of_its_page_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    sitting = Sitting(client, questions=1)
    address = f"/attempts/{uuid4()}/responses/1/"

    assert sitting.client.put(address, {"answer": "k7"}, content_type="application/json").status_code == 403


def test_an_autosave_costs_five_statements(client: Client) -> None:
    sitting = started(client)

    assert statements_of(lambda: sitting.put(1, {"answer": "k7", "sequence": 0, "client_key": str(uuid4())})) == 5


def test_a_running_timer_is_told_what_is_left_and_why(client: Client) -> None:
    sitting = Sitting(client, questions=1, time_limit_seconds=2400)
    sitting.enrollment.time_factor = Decimal("1.5")
    sitting.enrollment.save()
    sitting.start()

    told = client.get(f"{sitting.address}time/").json()

    assert 3590 <= told.pop("seconds_left") <= 3600
    assert told == {
        "running": True,
        "limit": "of 60 min, extended from 40 min",
        "news": "You have more time: extended from 40 min to 60 min.",
    }


def test_nobody_else_is_told(client: Client) -> None:
    sitting = Sitting(client, questions=1, time_limit_seconds=2400)
    sitting.start()

    assert Client().get(f"{sitting.address}time/").status_code == 401
    stranger = Sitting(Client(), questions=1)
    assert stranger.client.get(f"{sitting.address}time/").status_code == 404
