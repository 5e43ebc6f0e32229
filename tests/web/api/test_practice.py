"""Practising over REST: asked without the key, judged with it and the proof, and nothing counts."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from quizzes.models import Attempt, Card, Recall, Result
from tests.factories import make_person
from tests.web.api.callers import Caller, told
from tests.web.api.learners import RIGHT, WRONG, Learner

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def learner() -> Learner:
    return Learner(mode="practice")


def practice(learner: Learner, turn: object = 0) -> str:
    return f"{learner.path}practice/{learner.concept.slug}/?turn={turn}"


class TestConcept:
    def test_a_question_is_asked_without_its_key_and_judged_with_it(self, learner: Learner) -> None:
        asked = learner.caller.get(practice(learner)).json()
        assert (asked["turn"], asked["total"], asked["question"]["kind"]) == (0, 2, "single_choice")
        assert set(asked["question"]) == {"kind", "control", "presentation"}
        judged = learner.caller.post(practice(learner), {"answer": RIGHT}).json()
        assert (judged["verdict"], judged["fraction"], judged["explanation"]) == (
            "right",
            1.0,
            "The second sentence says so.",
        )
        assert [place["quote"] for place in judged["evidence"]] == ["The upper town built a wall."]

    def test_each_turn_asks_another_and_after_the_last_comes_the_first(self, learner: Learner) -> None:
        stems = [
            learner.caller.get(practice(learner, turn)).json()["question"]["presentation"]["stem"] for turn in range(3)
        ]
        assert stems[0] == stems[2] != stems[1]

    @pytest.mark.parametrize("turn", ["", "x", "-1", "²", "9" * 30, "1.5"])
    def test_a_turn_that_is_none_is_the_first(self, learner: Learner, turn: str) -> None:
        assert learner.caller.get(practice(learner, turn)).json()["turn"] == 0

    @pytest.mark.parametrize(
        ("answer", "status", "code"),
        [
            (None, 409, "cannot_check"),
            ("", 409, "cannot_check"),
            (["k7"], 422, "not_an_answer"),
            ({}, 422, "not_an_answer"),
            (7, 422, "not_an_answer"),
            ("\x00", 422, "unkeepable_answer"),
            ("x" * 100_000, 413, "answer_too_large"),
        ],
        ids=lambda value: str(value)[:12],
    )
    def test_what_says_nothing_or_is_no_answer_is_not_judged(
        self, learner: Learner, answer: Any, status: int, code: str
    ) -> None:
        assert told(learner.caller.post(practice(learner), {"answer": answer}))[:2] == (status, code)

    def test_nothing_of_it_is_kept(self, learner: Learner) -> None:
        learner.caller.post(practice(learner), {"answer": WRONG})
        assert (Attempt.objects.count(), Result.objects.count(), Card.objects.count()) == (0, 0, 0)

    def test_what_an_exam_asks_is_not_there_to_practise(self) -> None:
        learner = Learner(mode="exam")
        assert learner.caller.get(practice(learner)).json() == {"turn": 0, "total": 0, "question": None}
        assert told(learner.caller.post(practice(learner), {"answer": RIGHT}))[:2] == (404, "not_found")

    def test_it_is_for_those_who_take_part(self, learner: Learner) -> None:
        assert Caller(make_person()).get(practice(learner)).status_code == 404
        assert learner.caller.get(f"{learner.path}practice/none/").status_code == 404


class TestAside:
    def test_the_question_of_a_section_is_asked_and_judged(self, learner: Learner) -> None:
        found = None
        for section in range(1, 4):
            path = f"{learner.path}lessons/{learner.lesson.slug}/aside/{section}/"
            answer = learner.caller.get(path)
            if answer.status_code == 200 and answer.json()["question"]:
                found = path
        assert found is not None
        assert learner.caller.post(found, {"answer": WRONG}).json()["verdict"] == "not right"
        assert Caller(make_person()).get(found).status_code == 200

    def test_a_section_that_is_not_there_is_not_found(self, learner: Learner) -> None:
        path = f"{learner.path}lessons/{learner.lesson.slug}/aside/99/"
        assert learner.caller.get(path).status_code == 404
        assert learner.caller.post(path, {"answer": RIGHT}).status_code == 404


class TestRemembering:
    def deck(self, learner: Learner) -> Any:
        return learner.caller.get(f"{learner.path}remember/").json()

    def card(self, learner: Learner) -> str:
        return f"{learner.path}remember/{self.deck(learner)['due'][0]['question']}/"

    def test_what_was_missed_is_due_and_what_was_known_is_not_there(self, learner: Learner) -> None:
        learner.answers(WRONG, RIGHT)
        deck = self.deck(learner)
        assert [(card["number"], card["concept"], card["is_set_aside"]) for card in deck["due"]] == [
            (1, learner.concept.slug, False)
        ]
        assert (deck["cards"], deck["set_aside"], deck["next_due_at"]) == (deck["due"], [], None)

    def test_it_is_asked_judged_and_rated_and_comes_back_later(self, learner: Learner) -> None:
        learner.answers(WRONG, RIGHT)
        card = self.card(learner)
        asked = learner.caller.get(card).json()
        assert (set(asked["posed"]), list(asked["intervals"])) == (
            {"kind", "control", "presentation"},
            ["1", "2", "3", "4"],
        )
        assert learner.caller.post(card, {"answer": RIGHT}).json()["review"]["verdict"] == "right"
        assert not Recall.objects.exists()
        rated = [learner.caller.post(f"{card}rating/", {"rating": 3, "number": 1}).json() for _ in range(2)]
        assert (rated[0], rated[0]["number"], Recall.objects.count()) == (rated[1], 2, 1)
        assert (self.deck(learner)["due"], self.deck(learner)["next_due_at"]) == ([], rated[0]["due_at"])

    def test_it_is_set_aside_and_taken_up_again(self, learner: Learner) -> None:
        learner.answers(WRONG, RIGHT)
        card = self.card(learner)
        assert [learner.caller.put(f"{card}aside/", {}).status_code for _ in range(2)] == [204, 204]
        assert (self.deck(learner)["due"], len(self.deck(learner)["set_aside"])) == ([], 1)
        assert [learner.caller.delete(f"{card}aside/").status_code for _ in range(2)] == [204, 204]
        assert len(self.deck(learner)["due"]) == 1

    @pytest.mark.parametrize(
        "sent", [{}, {"rating": 0, "number": 1}, {"rating": 5, "number": 1}, {"rating": 3, "number": 0}, {"rating": 3}]
    )
    def test_a_rating_is_one_of_four(self, learner: Learner, sent: dict[str, Any]) -> None:
        learner.answers(WRONG, RIGHT)
        assert told(learner.caller.post(f"{self.card(learner)}rating/", sent))[:2] == (400, "invalid")

    def test_what_is_not_in_the_deck_is_not_found(self, learner: Learner) -> None:
        card = f"{learner.path}remember/{uuid4()}/"
        assert told(learner.caller.get(card))[:2] == (404, "not_to_remember")
        assert told(learner.caller.put(f"{card}aside/", {}))[:2] == (404, "not_to_remember")
        assert told(learner.caller.delete(f"{card}aside/"))[:2] == (404, "not_to_remember")
        assert told(learner.caller.post(f"{card}rating/", {"rating": 3, "number": 1}))[:2] == (404, "not_to_remember")
