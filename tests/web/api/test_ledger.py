"""A response's ledger over REST: every grading, why it is as it is, and a person's word with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import PersonalToken
from quizzes.domain.attempts import start_attempt
from quizzes.models import CauseKind, GradingEvent, Response
from tests.factories import NOW, make_enrollment
from tests.quizzes.domain.regraded import Class, fractions
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]

REASON = "You named the idea."
GIVEN = {"fraction": "0.75", "reason": REASON}


class Answer:
    """One graded answer, and the call of its ledger."""

    def __init__(self, text: str = "wet") -> None:
        self.group = Class()
        (self.response,) = self.group.answered(text)
        self.caller = Caller(self.group.instructor)
        self.address = f"courses/{self.group.course.slug}/responses/{self.response.attempt.uuid}/1/"

    def ledger(self) -> Any:
        return self.caller.get(self.address).json()

    def override(self, **headers: str) -> Any:
        return self.caller.put(f"{self.address}grade/", GIVEN, **headers)


@pytest.fixture
def answer() -> Answer:
    return Answer()


def test_the_ledger_says_what_was_answered_and_how_it_was_graded(answer: Answer) -> None:
    found = answer.ledger()

    (entry,) = found.pop("entries")
    assert found == {
        "attempt": str(answer.response.attempt.uuid),
        "position": 1,
        "learner": str(answer.response.attempt.enrollment.uuid),  # type: ignore[union-attr]  # -- somebody's
        "quiz": answer.group.quiz.slug,
        "question": str(answer.response.version.question.uuid),
        "kind": "short_text",
        "max_points": 1.0,
        "answer": "wet",
        "grading": "graded",
        "fraction": 0.0,
    }
    assert (entry["number"], entry["cause"], entry["cause_kind"]) == (1, "graded after submitting", "submit")
    assert (entry["fraction"], entry["who"], entry["reason"], entry["by_person"]) == (0.0, "", "", False)
    assert (entry["version"], entry["same_inputs"]) == (1, True)
    assert entry["grader"].partition("@")[2].isdigit()


def test_an_override_stands_last_with_its_person_and_its_reason(answer: Answer) -> None:
    given = answer.override()

    assert given.status_code == 200
    assert given.json() == answer.ledger()
    entry = given.json()["entries"][-1]
    assert (entry["fraction"], entry["who"], entry["reason"]) == (0.75, "Iva", REASON)
    assert (entry["cause"], entry["by_person"]) == ("set by a person", True)
    assert fractions() == ["0.75"]


def test_taken_back_the_grader_counts_again_by_a_new_event(answer: Answer) -> None:
    answer.override()

    back = answer.caller.delete(f"{answer.address}grade/")

    assert (back.status_code, back.json()["fraction"]) == (200, 0.0)
    assert [entry["by_person"] for entry in back.json()["entries"]] == [False, True, False]
    assert answer.caller.delete(f"{answer.address}grade/").json() == back.json()


def test_why_says_what_stands_and_that_it_comes_out_again(answer: Answer) -> None:
    why = answer.caller.get(f"{answer.address}why/").json()

    assert why["entry"]["fraction"] == 0.0
    assert why["again"] == {"fraction": 0.0, "is_same": True, "said": "Graded once more, it is the same."}
    assert GradingEvent.objects.count() == 1


def test_why_of_a_persons_word_is_their_reason_alone(answer: Answer) -> None:
    answer.override()

    why = answer.caller.get(f"{answer.address}why/").json()

    assert (why["entry"]["reason"], why["again"]) == (REASON, None)


def test_before_there_is_a_grade_there_is_no_why_and_nothing_to_set() -> None:
    group = Class()
    attempt = start_attempt(group.quiz, enrollment=make_enrollment(group.course), at=NOW)
    caller, address = Caller(group.instructor), f"courses/{group.course.slug}/responses/{attempt.uuid}/1/"

    assert caller.get(address).json()["entries"] == []
    assert told(caller.get(f"{address}why/"))[:2] == (404, "not_found")
    assert told(caller.put(f"{address}grade/", GIVEN))[:2] == (409, "nothing_given")
    assert told(caller.delete(f"{address}grade/"))[:2] == (409, "nothing_given")
    assert not GradingEvent.objects.exists()


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, ["fraction", "reason"]),
        ({"fraction": "1.1", "reason": REASON}, ["fraction"]),
        ({"fraction": "-0.1", "reason": REASON}, ["fraction"]),
        ({"fraction": "0.1234567", "reason": REASON}, ["fraction"]),
        ({"fraction": "NaN", "reason": REASON}, ["fraction"]),
        ({"fraction": "1e400", "reason": REASON}, ["fraction"]),
        ({"fraction": None, "reason": REASON}, ["fraction"]),
        ({"fraction": "1", "reason": " "}, ["reason"]),
        ({"fraction": "1", "reason": "x" * 1001}, ["reason"]),
        ({"fraction": "1", "reason": "\x00"}, ["reason"]),
        ({"fraction": "1", "reason": "\ud800"}, ["reason"]),
        ({"fraction": True, "reason": ["x"]}, ["fraction", "reason"]),
    ],
)
def test_what_is_no_grade_is_named_and_changes_nothing(answer: Answer, sent: dict[str, Any], wrong: list[str]) -> None:
    refused = answer.caller.put(f"{answer.address}grade/", sent)

    assert told(refused)[:2] == (400, "invalid")
    assert sorted(refused.json()["errors"]) == wrong
    assert GradingEvent.objects.count() == 1


@pytest.mark.parametrize("field", ["fraction", "reason"])
def test_nothing_that_is_sent_is_an_error_of_ours(answer: Answer, field: str) -> None:
    for what, body in HOSTILE.items():
        refused = answer.caller.send("PUT", f"{answer.address}grade/", body(field))
        assert is_refused(refused), what
    assert GradingEvent.objects.count() == 1


class TestTwoAtOnce:
    def test_a_grade_given_since_it_was_looked_at_is_not_replaced(self, answer: Answer) -> None:
        seen = answer.caller.get(answer.address)["ETag"]
        other = Caller(answer.group.instructor)
        other.put(f"{answer.address}grade/", {"fraction": "1", "reason": "Right."}, If_Match=seen)

        assert told(answer.override(If_Match=seen))[:2] == (412, "changed_meanwhile")
        assert told(answer.caller.delete(f"{answer.address}grade/", If_Match=seen))[:2] == (412, "changed_meanwhile")
        assert fractions() == ["1"]

    def test_whoever_has_seen_it_as_it_is_changes_it(self, answer: Answer) -> None:
        first = answer.override(If_Match=answer.caller.get(answer.address)["ETag"])
        second = answer.caller.delete(f"{answer.address}grade/", If_Match=first["ETag"])

        assert (first.status_code, second.status_code) == (200, 200)
        assert second["ETag"] == answer.caller.get(answer.address)["ETag"]

    def test_what_was_not_changed_is_not_sent_again(self, answer: Answer) -> None:
        tag = answer.caller.get(answer.address)["ETag"]
        assert answer.caller.get(answer.address, If_None_Match=tag).status_code == 304
        answer.override()
        assert answer.caller.get(answer.address, If_None_Match=tag).status_code == 200


@pytest.mark.parametrize(
    ("method", "below", "body"),
    [("GET", "", None), ("GET", "why/", None), ("PUT", "grade/", GIVEN), ("DELETE", "grade/", None)],
)
def test_who_grades_comes_in_and_for_others_nothing_is_there(
    answer: Answer, method: str, below: str, body: Any
) -> None:
    call = (method, f"{answer.address}{below}", body)
    assert let_in(answer.group.course, call) == with_permission("course.grade")


def test_an_answer_of_another_course_is_not_found_by_who_grades_both(answer: Answer) -> None:
    elsewhere = Answer()
    path = answer.address.replace(answer.group.course.slug, elsewhere.group.course.slug)

    assert told(elsewhere.caller.get(path))[:2] == (404, "not_found")
    assert told(elsewhere.caller.put(f"{path}grade/", GIVEN))[:2] == (404, "not_found")


def test_a_token_to_read_only_sets_no_grade(answer: Answer) -> None:
    reader = Caller(answer.group.instructor, PersonalToken.Scope.READ)

    assert reader.get(answer.address).status_code == 200
    assert told(reader.put(f"{answer.address}grade/", GIVEN))[:2] == (403, "permission_denied")
    assert CauseKind.OVERRIDE not in GradingEvent.objects.values_list("cause_kind", flat=True)


def test_the_ledger_costs_the_same_for_any_number_of_gradings(answer: Answer, django_assert_num_queries: Any) -> None:
    answer.override()
    answer.caller.get(answer.address)
    for times in (0, 6):
        for _ in range(times):
            answer.override()
        with django_assert_num_queries(4):
            answer.caller.get(answer.address)


def test_positions_that_are_not_there_are_not_found(answer: Answer) -> None:
    base = answer.address.removesuffix("1/")
    for position in ("0", "2", "99999999999999999999"):
        assert answer.caller.get(f"{base}{position}/").status_code == 404
    assert Response.objects.count() == 1
