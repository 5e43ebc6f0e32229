"""What the text says about a statement: three answers in a fixed order, one of them right."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion, InvalidAnswer
from tests.quizzes.questions.choosing import problems_of, without

QUESTION = question_type("true_false")
ASK = "Choose true, false or not stated."
WORDS = {"true": "True", "false": "False", "not_stated": "Not stated"}
CLAIM: dict[str, Any] = {
    "stem": "The weir was built of oak.",
    "answer": "false",
    "feedback": {"true": "Read line four.", "false": "Of elm, yes.", "not_stated": "Line four names the wood."},
    "explanation": "It was elm.",
}


@pytest.mark.parametrize("answer", WORDS)
@pytest.mark.parametrize("chosen", WORDS)
def test_only_what_the_text_says_earns_and_each_choice_is_told_its_own(answer: str, chosen: str) -> None:
    content = {**CLAIM, "answer": answer}
    outcome = QUESTION.grade(content, chosen)
    verdicts = {name: "missed" if name == answer else "left" for name in WORDS}
    verdicts[chosen] = "right" if chosen == answer else "wrong"
    assert (outcome.fraction, outcome.feedback) == (float(chosen == answer), CLAIM["feedback"][chosen])
    assert {part["id"]: part["verdict"] for part in outcome.detail["parts"]} == verdicts
    assert QUESTION.model_answer(content) == answer


@pytest.mark.parametrize("answer", WORDS)
def test_the_three_answers_look_the_same_whatever_is_right(answer: str) -> None:
    shown = QUESTION.present({**CLAIM, "answer": answer}, 5)
    assert shown.stem == "The weir was built of oak."
    assert shown.data == {"options": [{"id": name, "text": word} for name, word in WORDS.items()]}


@pytest.mark.parametrize(("chosen", "word"), WORDS.items())
def test_an_answer_reads_as_its_word_and_is_its_own_bucket(chosen: str, word: str) -> None:
    assert (QUESTION.summarise(CLAIM, chosen), QUESTION.classify(CLAIM, chosen)) == (word, chosen)


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (None, ASK),
        (" ", ASK),
        ("True", f"That choice is not part of this question. {ASK}"),
        ("not stated", f"That choice is not part of this question. {ASK}"),
        ("yes", f"That choice is not part of this question. {ASK}"),
        (True, f"Send the answer as text. {ASK}"),
        (False, f"Send the answer as text. {ASK}"),
        (["true", "false"], f"Send the answer as text. {ASK}"),
    ],
    ids=range(8),
)
def test_what_is_none_of_the_three_is_refused(data: Any, advice: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        QUESTION.parse(CLAIM, data)
    assert str(refusal.value) == advice


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (without(CLAIM, "answer"), [("answer", "answer_not_known", "Set the answer to true, false or not_stated.")]),
        (
            {**CLAIM, "answer": "True"},
            [("answer", "answer_not_known", "Set the answer to true, false or not_stated.")],
        ),
        (
            {**CLAIM, "answer": False},
            [("answer", "answer_not_known", "Set the answer to true, false or not_stated.")],
        ),
        (
            {**CLAIM, "answer": ["false"]},
            [("answer", "answer_not_known", "Set the answer to true, false or not_stated.")],
        ),
        (
            {**CLAIM, "feedback": ["Read line four."]},
            [("feedback", "not_an_object", "Write the feedback as one text for each answer.")],
        ),
        (
            {**CLAIM, "feedback": {"true": 1, "not_stated": "x" * 1_001}},
            [
                ("feedback.true", "not_a_text", "Write the feedback for “True” as text."),
                ("feedback.not_stated", "text_too_long", "Shorten the feedback for “Not stated” to 1,000 characters."),
            ],
        ),
        (
            {**CLAIM, "feedback": {"false": "\ud800"}},
            [("feedback.false", "unstorable_text", "Take the control characters out of the feedback for “False”.")],
        ),
        ({**CLAIM, "feedback": {}}, []),
        ({**CLAIM, "feedback": None}, []),
        ({**CLAIM, "feedback": {"true": "x" * 1_000}}, []),
        (without(CLAIM, "feedback", "explanation"), []),
    ],
    ids=range(11),
)
def test_what_is_wrong_with_a_statement_is_said_in_full(content: Any, found: list[tuple[str, str, str]]) -> None:
    assert problems_of("true_false", content) == found


def test_what_is_no_object_is_told_once_and_nothing_is_looked_for_in_it() -> None:
    found = problems_of("true_false", [CLAIM])
    assert found[0] == ("", "content_not_object", "The content has to be an object with named fields.")
    assert {code for _, code, _ in found} == {"content_not_object", "missing_text"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (without(CLAIM, "answer"), "The question’s “answer” is missing or no text."),
        ({**CLAIM, "answer": True}, "The question’s “answer” is missing or no text."),
        ({**CLAIM, "answer": "maybe"}, "The answer of the statement is neither true, false nor not_stated."),
        ({**CLAIM, "feedback": {"true": 4}}, "The question’s “true” is missing or no text."),
        ({**CLAIM, "feedback": "no"}, "The question’s content is no object."),
    ],
    ids=range(5),
)
def test_a_statement_that_cannot_be_graded_is_broken_with_a_reason(content: Any, reason: str) -> None:
    with pytest.raises(BrokenQuestion) as broken:
        QUESTION.grade(content, "true")
    assert str(broken.value) == reason


@pytest.mark.parametrize("feedback", [None, {}, {"true": None}, {"true": ""}, {"maybe": "Never shown."}])
def test_feedback_that_was_left_out_is_silence(feedback: Any) -> None:
    assert QUESTION.grade({**CLAIM, "feedback": feedback}, "true").feedback == ""


def test_the_review_holds_the_three_answers_in_their_order() -> None:
    assert QUESTION.review(CLAIM, "true", 9) == {
        "parts": [
            {"id": "true", "text": "True", "chosen": True, "right": False, "feedback": "Read line four."},
            {"id": "false", "text": "False", "chosen": False, "right": True, "feedback": "Of elm, yes."},
            {
                "id": "not_stated",
                "text": "Not stated",
                "chosen": False,
                "right": False,
                "feedback": "Line four names the wood.",
            },
        ],
        "why": "It was elm.",
    }
