"""Checking, hints and going on, over REST."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.models import Quiz
from tests.factories import make_course, make_person, make_quiz, single_choice
from tests.web.api.callers import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HINTED = ("single_choice", {**single_choice(), "hints": ["Look at the second sentence."]})


def started(**fields: Any) -> tuple[Caller, str, list[dict[str, Any]]]:
    quiz = make_quiz(make_course(), questions=[HINTED, HINTED], **fields)
    caller = Caller(make_person())
    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/").json()
    return caller, f"attempts/{answer['uuid']}/", answer["items"]


def save(caller: Caller, attempt: str, raw: str, *, position: int = 1, sequence: int = 0) -> Any:
    return caller.put(f"{attempt}responses/{position}/", {"answer": raw, "sequence": sequence})


def test_an_item_says_what_can_be_done_with_it() -> None:
    _, _, items = started(tries_allowed=3)

    names = ("is_settled", "may_check", "tries", "tries_left", "hints", "hints_left", "checked")
    assert [items[0][name] for name in names] == [False, True, 0, 3, [], 1, None]


def test_a_check_answers_with_the_verdict_and_with_the_key_once_settled() -> None:
    caller, attempt, _ = started()
    save(caller, attempt, "m2")

    wrong = caller.post(f"{attempt}responses/1/check/").json()
    save(caller, attempt, "k7", sequence=1)
    right = caller.post(f"{attempt}responses/1/check/").json()

    assert (wrong["checked"]["verdict"], wrong["checked"]["review"], wrong["checked"]["evidence"]) == (
        "not right",
        None,
        [],
    )
    assert (right["checked"]["verdict"], right["is_settled"], right["tries"]) == ("right", True, 2)
    assert right["checked"]["explanation"] == "The second sentence says so."
    assert save(caller, attempt, "m2", sequence=2).json()["code"] == "answer_settled"


def test_a_hint_is_opened() -> None:
    caller, attempt, _ = started()

    opened = caller.post(f"{attempt}responses/1/hint/").json()

    assert (opened["hints"], opened["hints_left"]) == (["Look at the second sentence."], 0)
    assert caller.post(f"{attempt}responses/1/hint/").json()["code"] == "no_more_hints"


@pytest.mark.parametrize(("act", "code"), [("check", "cannot_check"), ("hint", "no_more_hints"), ("next", "any_order")])
def test_what_a_quiz_does_not_allow_is_refused_with_its_code(act: str, code: str) -> None:
    caller, attempt, _ = started(mode="exam")

    answer = caller.post(f"{attempt}responses/1/{act}/")

    assert (answer.status_code, answer.json()["code"]) == (409, code)


@pytest.mark.parametrize("act", ["check", "hint", "next"])
def test_there_is_nothing_at_a_place_without_a_question(act: str) -> None:
    caller, attempt, _ = started(navigation="sequential")

    assert caller.post(f"{attempt}responses/7/{act}/").status_code == 404
    assert Caller(make_person()).post(f"{attempt}responses/1/{act}/").status_code == 404


def test_questions_one_after_the_other_are_shown_as_they_are_asked() -> None:
    caller, attempt, items = started(navigation="sequential")
    assert [item["position"] for item in items] == [1]
    assert save(caller, attempt, "k7", position=2).json()["code"] == "not_yet_asked"

    assert caller.post(f"{attempt}responses/1/next/").json() == {"position": 2}
    assert [item["position"] for item in caller.get(attempt).json()["items"]] == [1, 2]
    assert save(caller, attempt, "k7", position=2).status_code == 200
    assert caller.post(f"{attempt}responses/2/next/").json() == {"position": None}


def test_one_call_takes_a_quiz_one_question_after_the_other() -> None:
    quiz = make_quiz(make_course(), questions=3, navigation="sequential")
    caller = Caller(make_person())

    answer = caller.post(f"quizzes/{quiz.uuid}/attempts/", {"answers": {"3": "k7", "1": "k7"}, "submit": True})

    assert (answer.status_code, answer.json()["state"]) == (201, "submitted")
    attempt = Quiz.objects.get(pk=quiz.pk).attempts.get()
    assert list(attempt.responses.values_list("answer", flat=True)) == ["k7", None, "k7"]
