"""Free text is decided by what an author or a person said; the model suggests, and decides only where it may."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading import GradingRequest, grade, grader_label, grader_named
from quizzes.grading.similar.guards import GUARDS
from quizzes.grading.similarity import OBJECTIONS, TOO_FEW
from quizzes.questions import kinds
from quizzes.questions.base import BrokenQuestion, Outcome

CONTENT: Mapping[str, Any] = {
    "stem": "Why did the ferry stay in the harbour on Monday?",
    "accepted": ["because of the storm"],
    "near_misses": [{"text": "because of the fog", "feedback": "The fog came on Tuesday."}],
    "references": [
        "The wind was too strong to cross the bay.",
        "Strong wind made the crossing of the bay too dangerous.",
        "It was too windy to cross the bay safely.",
    ],
}
SURE_RIGHT = "The wind was so strong that it was too dangerous to cross the bay."
SURE_WRONG = "I don't know"
UNSURE = "The captain did not dare to cross, the bay was windy."


def graded(answer: str, *, may_decide: bool = False, content: Mapping[str, Any] = CONTENT, **more: Any) -> Outcome:
    request = GradingRequest("short_text", content, answer, settings={"automatic_accept": may_decide}, **more)
    return grade(request)


def graded_by_people(*answers: tuple[str, float]) -> tuple[dict[str, Any], ...]:
    return tuple({"text": text, "fraction": fraction} for text, fraction in answers)


@pytest.mark.parametrize("may_decide", [False, True])
@pytest.mark.parametrize(
    ("answer", "fraction", "feedback"),
    [
        ("because of the storm", 1.0, ""),
        ("becuase of the storm", 1.0, "Accepted; it is written “because of the storm”."),
        ("because of the fog", 0.0, "The fog came on Tuesday."),
        ("the wind was too strong to cross the bay", 1.0, ""),
        ("🙂", 0.0, "There is nothing to grade in this answer."),
    ],
)
def test_what_the_author_settled_is_settled(answer: str, fraction: float, feedback: str, may_decide: bool) -> None:
    outcome = graded(answer, may_decide=may_decide)
    assert (outcome.fraction, outcome.feedback) == (fraction, feedback)
    assert "suggestion" not in outcome.detail


def test_without_trust_the_model_only_suggests() -> None:
    outcome = graded(SURE_RIGHT)
    assert outcome.fraction is None
    assert outcome.detail["suggestion"]["fraction"] == 1.0
    assert outcome.detail["path"][-1].startswith("A person looks at it: the grader has yet to show")


def test_with_trust_it_accepts_where_it_is_sure() -> None:
    outcome = graded(SURE_RIGHT, may_decide=True)
    assert outcome.fraction == outcome.detail["suggestion"]["fraction"] == 1.0
    assert not any("person" in sentence for sentence in outcome.detail["path"])


@pytest.mark.parametrize("may_decide", [False, True])
def test_what_is_surely_wrong_is_suggested_as_wrong_and_refused_by_nobody(may_decide: bool) -> None:
    outcome = graded(SURE_WRONG, may_decide=may_decide)
    assert (outcome.fraction, outcome.detail["suggestion"]["fraction"]) == (None, 0.0)
    assert outcome.detail["path"][-1] == (
        "It is surely not right, but nobody is refused without a person: one looks at it."
    )


def test_with_trust_what_it_is_unsure_of_goes_to_a_person() -> None:
    outcome = graded(UNSURE, may_decide=True)
    assert outcome.fraction is None
    assert outcome.detail["path"][-1] == "That is too unsure to decide: a person looks at it."


def test_a_guard_keeps_even_a_likely_answer_from_being_accepted() -> None:
    denied = graded("The wind was not too strong to cross the bay.", may_decide=True)
    assert denied.fraction is None
    assert denied.detail["guards"] == ["negation"]
    assert OBJECTIONS["negation"] in denied.detail["path"]


def test_a_guard_accuses_nobody_of_being_wrong() -> None:
    shuffled = "bay the cross to strong too was wind the"
    assert graded(shuffled, may_decide=True).fraction is None


def test_every_guard_has_its_sentence() -> None:
    assert set(OBJECTIONS) == set(GUARDS)


@pytest.mark.parametrize("fraction", [1.0, 0.5, 0.0])
def test_who_says_the_same_as_a_graded_answer_gets_the_same(fraction: float) -> None:
    people = graded_by_people(("The harbour master forbade it", fraction))
    outcome = graded("the harbour master forbade it.", references=people)
    assert outcome.fraction == fraction
    assert outcome.detail["path"] == ["It says the same as “The harbour master forbade it”, which a person graded."]


def test_people_who_disagreed_leave_the_answer_to_a_person() -> None:
    people = graded_by_people(("The harbour master forbade it", 1.0), ("the harbour master forbade it!", 0.0))
    outcome = graded("The harbour master forbade it.", references=people)
    assert outcome.fraction is None
    assert outcome.detail["suggestion"]["fraction"] == 0.0


def test_with_fewer_than_two_model_answers_a_person_looks() -> None:
    content = {**CONTENT, "references": CONTENT["references"][:1]}
    outcome = graded(SURE_RIGHT, may_decide=True, content=content)
    assert (outcome.fraction, outcome.detail["path"]) == (None, [TOO_FEW])


def test_answers_people_found_right_are_model_answers_too() -> None:
    content = {**CONTENT, "references": CONTENT["references"][:1]}
    people = graded_by_people(("Strong wind made the crossing too dangerous.", 1.0), ("The crew was ill.", 0.0))
    assert "suggestion" in graded(SURE_RIGHT, content=content, references=people).detail


def test_without_model_answers_a_short_text_is_graded_by_rules_as_ever() -> None:
    content = {name: value for name, value in CONTENT.items() if name != "references"}
    assert graded(SURE_RIGHT, content=content, may_decide=True).fraction == 0.0
    assert grader_label("short_text", content) == "short_text@3"
    assert grader_label("short_text", CONTENT) == "similarity@4"


@pytest.mark.parametrize("question", kinds(), ids=lambda question: question.kind)
def test_every_kind_names_a_grader_there_is_for_any_content(question: Any) -> None:
    contents: list[Any] = [{}, {"references": 3}, {"references": ["a", "b"]}, None, [], "x"]
    for content in contents:
        assert grader_named(question.grader_for(content)).name == question.grader_for(content)


def test_unusable_model_answers_are_told_to_the_author() -> None:
    with pytest.raises(BrokenQuestion, match="references"):
        graded(SURE_RIGHT, content={**CONTENT, "references": [1]})


def test_the_passage_is_held_against_long_quotes() -> None:
    passage = " ".join(f"word{number}" for number in range(40))
    request = GradingRequest("short_text", CONTENT, passage, settings={"passage": passage})
    assert "quoted" in grade(request).detail["guards"]


@given(st.text(min_size=1, max_size=300))
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_the_same_answer_is_judged_the_same(answer: str) -> None:
    outcome = graded(answer, may_decide=True)
    assert outcome == graded(answer, may_decide=True)
    assert json.loads(json.dumps(outcome.detail)) == outcome.detail


@given(st.text(alphabet=" .,;:!?…🙂\u200b-", min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_an_answer_without_words_earns_nothing(answer: str) -> None:
    assert graded(answer).fraction == 0.0
