"""Appeals over REST: one decision for all who gave the same answer, looked at before it is made."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.domain.appeals import raise_appeal
from quizzes.models import Appeal, AppealState, Response
from tests.quizzes.domain.regraded import Class, fractions, run_every_job
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WHY = "The text calls it dry, too."
DECISION = "That is what the text means."


class Appealing:
    """Three answers, two alike, of which one is questioned; and the calls of those who decide."""

    def __init__(self) -> None:
        self.group = Class()
        self.responses = self.group.answered("dry machine", "Dry machine", "wet")
        self.appeal = self.raised(self.responses[0])
        self.caller = Caller(self.group.instructor)
        self.list = f"courses/{self.group.course.slug}/appeals/"
        self.address = f"{self.list}{self.appeal.uuid}/"

    def raised(self, response: Response) -> Appeal:
        return raise_appeal(Response.objects.select_related("version").get(pk=response.pk), text=WHY)

    def decide(self, how: str, *, by: Caller | None = None, **sent: Any) -> Any:
        return (by or self.caller).post(f"{self.address}{how}/", {"decision": DECISION, **sent})


@pytest.fixture
def at() -> Appealing:
    return Appealing()


def states() -> list[str]:
    return list(Appeal.objects.order_by("pk").values_list("state", flat=True))


def test_who_questions_the_same_answer_stands_in_one_row(at: Appealing) -> None:
    at.raised(at.responses[1])

    (row,) = at.caller.get(at.list).json()["results"]

    assert row.pop("since") is not None
    assert row == {
        "uuid": str(at.appeal.uuid),
        "question": str(at.appeal.question.uuid),
        "title": at.group.version.content["stem"],
        "answer": "dry machine",
        "appeals": 2,
    }


def test_looking_at_one_shows_what_is_said_and_what_accepting_changes(at: Appealing) -> None:
    at.raised(at.responses[1])

    found = at.caller.get(at.address).json()

    assert (found["state"], found["answer"], found["run"]) == ("open", "dry machine", None)
    assert [said["text"] for said in found["said"]] == [WHY, WHY]
    acceptance = found["acceptance"]
    assert {name: acceptance[name] for name in ("has_room", "is_proposed", "looked_at", "of", "changed")} == {
        "has_room": True,
        "is_proposed": False,
        "looked_at": 3,
        "of": 3,
        "changed": 2,
    }
    assert sorted((line["before"], line["after"]) for line in acceptance["changes"]) == [(0.0, 1.0)] * 2
    assert (fractions(), states()) == (["0"] * 3, ["open"] * 2)


def test_accepted_for_everybody_the_question_takes_it_and_a_run_grades_again(at: Appealing) -> None:
    done = at.decide("accept", for_everybody=True)

    assert done.status_code == 202
    run_every_job("plan_regrade")
    run_every_job("apply_regrade")
    assert (fractions(), states()) == (["1", "1", "0"], ["accepted"])
    found = at.caller.get(at.address).json()
    assert (found["run"], found["decision"], found["acceptance"]) == (done.json()["run"], DECISION, None)


def test_accepted_for_these_the_question_stays(at: Appealing) -> None:
    assert at.decide("accept", for_everybody=False).json() == {"appeals": 1}
    assert (fractions(), states()) == (["1", "0", "0"], ["accepted"])


def test_declined_the_grade_stands_and_says_why(at: Appealing) -> None:
    at.raised(at.responses[1])
    assert at.decide("decline").json() == {"appeals": 2}
    assert (fractions(), states()) == (["0"] * 3, ["declined"] * 2)
    assert at.caller.get(at.list).json()["results"] == []
    assert at.caller.get(at.address).json()["decision"] == DECISION


@pytest.mark.parametrize("first", ["accept", "decline"])
@pytest.mark.parametrize(("second", "everybody"), [("accept", True), ("accept", False), ("decline", False)])
def test_of_two_who_decide_the_second_is_told(at: Appealing, first: str, second: str, everybody: bool) -> None:
    at.decide(first, for_everybody=False)
    before = fractions(), states()

    assert told(at.decide(second, for_everybody=everybody))[:2] == (409, "graded_meanwhile")
    assert (fractions(), states()) == before


def test_sent_twice_with_its_key_it_is_decided_once(at: Appealing) -> None:
    sent = {"decision": DECISION}
    first, again = (at.caller.post(f"{at.address}decline/", sent, Idempotency_Key="k") for _ in range(2))
    assert (first.json(), again.json()) == ({"appeals": 1}, {"appeals": 1})


@pytest.mark.parametrize(
    ("how", "sent", "wrong"),
    [
        ("accept", {}, "for_everybody"),
        ("accept", {"for_everybody": "perhaps"}, "for_everybody"),
        ("accept", {"for_everybody": True, "decision": " "}, "decision"),
        ("decline", {"decision": "x" * 501}, "decision"),
        ("decline", {"decision": "\x00"}, "decision"),
        ("decline", {"decision": "\ud800"}, "decision"),
        ("decline", {"decision": None}, "decision"),
    ],
)
def test_what_is_no_decision_is_named(at: Appealing, how: str, sent: dict[str, Any], wrong: str) -> None:
    refused = at.decide(how, **sent)
    assert told(refused)[:2] == (400, "invalid")
    assert (list(refused.json()["errors"]), states()) == ([wrong], [AppealState.OPEN])


@pytest.mark.parametrize(
    ("how", "field"), [("accept", "for_everybody"), ("accept", "decision"), ("decline", "decision")]
)
def test_nothing_that_is_sent_is_an_error_of_ours(at: Appealing, how: str, field: str) -> None:
    for what, body in HOSTILE.items():
        answer = at.caller.send("POST", f"{at.address}{how}/", body(field))
        # A number where words are wanted is taken for how it is written, and a decision is made but once.
        assert is_refused(answer) or what in ("number", "infinity"), what
        assert answer.status_code < 500


@pytest.mark.parametrize(("method", "below"), [("GET", ""), ("POST", "accept/"), ("POST", "decline/")])
def test_who_grades_comes_in_and_for_others_nothing_is_there(at: Appealing, method: str, below: str) -> None:
    assert let_in(at.group.course, (method, at.address + below, {})) == with_permission("course.grade")


def test_the_list_is_there_for_those_who_grade(at: Appealing) -> None:
    assert let_in(at.group.course, ("GET", at.list, None)) == with_permission("course.grade")


def test_one_of_another_course_is_not_found(at: Appealing) -> None:
    path = f"{Appealing().list}{at.appeal.uuid}/"
    caller = Caller(at.group.instructor)
    assert told(caller.get(path))[:2] == (404, "not_found")
    assert told(caller.post(f"{path}decline/", {"decision": DECISION}))[:2] == (404, "not_found")
    assert states()[0] == "open"


@pytest.mark.parametrize("answers", [0, 6])
def test_it_costs_the_same_for_any_number_of_appeals(
    at: Appealing, answers: int, django_assert_num_queries: Any
) -> None:
    for response in at.group.answered(*[f"{'x' * number} machine" for number in range(1, answers + 1)])[3:]:
        at.raised(response)
    at.caller.get(at.list)
    with django_assert_num_queries(4):
        at.caller.get(at.list)
