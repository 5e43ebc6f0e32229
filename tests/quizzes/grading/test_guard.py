"""Whatever a grader does, a grade comes out only when there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from quizzes.grading import (
    GraderFault,
    GradingRequest,
    MisnamedGrader,
    UnknownGrader,
    grade,
    graded_by,
    grader_label,
    grader_named,
    graders,
)
from quizzes.grading.registry import graders_in
from quizzes.questions import UnknownKind, kinds
from quizzes.questions.base import BrokenQuestion, Outcome

CONTENT = {
    "stem": "Which?",
    "options": [{"id": "x7q", "text": "This", "correct": True}, {"id": "b4t", "text": "That", "correct": False}],
}
REQUEST = GradingRequest("single_choice", CONTENT, "x7q")


@dataclass
class OddGrader:
    """A grader that does what it is told to."""

    work: Callable[[GradingRequest], Any]
    may_defer: bool = False
    heeds_precedents: bool = False
    name: str = "odd"
    version: int = 1

    def grade(self, request: GradingRequest) -> Outcome:
        result: Outcome = self.work(request)
        return result


def outcome_with(**values: Any) -> Outcome:
    """An outcome past its own checks, as a careless grader could make it."""
    outcome = Outcome(0.5)
    for name, value in values.items():
        object.__setattr__(outcome, name, value)
    return outcome


def deep(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"in": value}
    return value


@pytest.mark.parametrize("question", kinds(), ids=lambda question: question.kind)
def test_every_example_is_graded_through_the_door(question: Any) -> None:
    for example in question.examples():
        outcome = grade(GradingRequest(question.kind, example.content, example.data))
        expected = None if example.by_person else pytest.approx(example.expected or 0.0, abs=1e-12)
        assert outcome.fraction == expected
        assert bool(outcome.detail.get("unanswered")) == (example.expected is None and not example.by_person)


@pytest.mark.parametrize(
    "junk",
    [
        None, 1.0, "x", {"fraction": 1.0},
        outcome_with(fraction=float("nan")), outcome_with(fraction=float("inf")), outcome_with(fraction=1.5),
        outcome_with(fraction=-0.1), outcome_with(fraction="x"), outcome_with(fraction=True),
        outcome_with(fraction=None), outcome_with(feedback=None), outcome_with(feedback="a" * 10_000_000),
        outcome_with(feedback="\x00"), outcome_with(feedback="\ud800"), outcome_with(detail=None),
        outcome_with(detail={"parts": {1, 2}}), outcome_with(detail={"x": float("nan")}),
        outcome_with(detail={"x": "a" * 10_000_000}), outcome_with(detail={"x": ["\x00"]}),
        outcome_with(detail={"\ud800": 1}), outcome_with(detail=deep(20_000)),
    ],
    ids=range(22),
)  # fmt: skip
def test_junk_is_a_fault_of_ours_and_never_a_grade(junk: Any) -> None:
    with pytest.raises(GraderFault, match="odd"):
        graded_by(OddGrader(lambda request: junk), REQUEST)


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), ZeroDivisionError(), MemoryError(), OSError()])
def test_a_grader_that_raises_is_a_fault_of_ours(error: Exception) -> None:
    def fail(request: GradingRequest) -> Outcome:
        raise error

    with pytest.raises(GraderFault, match=type(error).__name__) as caught:
        graded_by(OddGrader(fail), REQUEST)
    assert caught.value.__cause__ is error


def test_a_request_to_stop_passes_through() -> None:
    def stop(request: GradingRequest) -> Outcome:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        graded_by(OddGrader(stop), REQUEST)


def test_only_graders_that_may_defer_leave_the_fraction_to_a_person() -> None:
    assert graded_by(OddGrader(lambda request: Outcome(None), may_defer=True), REQUEST) == Outcome(None)


@pytest.mark.parametrize(
    "content",
    [{}, None, [], "x", {"options": 3}, {"stem": "?", "options": []}, {"options": [{"id": "x7q"}]},
     {"options": [{"id": "x7q", "text": "a", "correct": True}] * 2}],
    ids=range(8),
)  # fmt: skip
def test_broken_content_is_told_to_its_author_whatever_the_answer(content: Any) -> None:
    with pytest.raises(BrokenQuestion):
        grade(GradingRequest("single_choice", content, "x7q"))


def test_an_error_that_the_content_explains_is_a_broken_question() -> None:
    def fail(request: GradingRequest) -> Outcome:
        raise KeyError("stem")

    broken = {"options": CONTENT["options"]}
    with pytest.raises(BrokenQuestion, match="Write the question"):
        graded_by(OddGrader(fail), GradingRequest("single_choice", broken, "x7q"))


@pytest.mark.parametrize("answer", [None, "", "gone", 3, ["x7q", "b4t"], "\x00", {"a": 1}])
def test_no_answer_of_the_kind_counts_as_unanswered(answer: Any) -> None:
    outcome = grade(GradingRequest("single_choice", CONTENT, answer))
    assert outcome.fraction == 0.0
    assert outcome.detail == {"parts": [], "unanswered": True}
    assert outcome.feedback.endswith(".")


def test_the_grader_gets_the_parsed_answer_and_everything_else_as_it_came() -> None:
    seen: list[GradingRequest] = []

    def look(request: GradingRequest) -> Outcome:
        seen.append(request)
        return Outcome(1.0)

    request = GradingRequest("single_choice", CONTENT, ["x7q"], 3, ({"answer": "y"},), {"strict": True})
    graded_by(OddGrader(look), request)
    assert seen == [GradingRequest("single_choice", CONTENT, "x7q", 3, ({"answer": "y"},), {"strict": True})]


def test_unknown_kinds_and_graders_are_said() -> None:
    with pytest.raises(UnknownKind):
        grade(GradingRequest("essay_machine", CONTENT, "x7q"))
    with pytest.raises(UnknownGrader, match="rules"):
        grader_named("guessing")


def test_graders_register_under_their_modules_name() -> None:
    assert "rules" in graders()
    module = ModuleType("quizzes.grading.even")
    assert graders_in([module]) == {}
    vars(module)["GRADER"] = OddGrader(lambda request: Outcome(1.0))
    with pytest.raises(MisnamedGrader, match="name it 'even'"):
        graders_in([module])


def test_an_event_names_the_kind_for_rules() -> None:
    assert {grader_label(question.kind, {}) for question in kinds() if question.grader == "rules"} == {
        f"{question.kind}@{question.version}" for question in kinds() if question.grader == "rules"
    }
