"""One option is right: what each answer earns, what the review says, and every fault an author is told of."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion, InvalidAnswer
from tests.quizzes.questions.choosing import FERRY, problems_of, with_option, without

QUESTION = question_type("single_choice")
ASK = "Choose one of the options."


@pytest.mark.parametrize(
    ("chosen", "fraction", "feedback", "verdicts"),
    [
        ("tide", 1.0, "Yes, twice a day.", {"crew": "left", "fog": "left", "tide": "right"}),
        ("fog", 0.0, "The fog lifts at noon.", {"crew": "left", "fog": "wrong", "tide": "missed"}),
        ("crew", 0.0, "", {"crew": "wrong", "fog": "left", "tide": "missed"}),
    ],
)
def test_each_option_earns_and_tells_its_own(
    chosen: str, fraction: float, feedback: str, verdicts: dict[str, str]
) -> None:
    outcome = QUESTION.grade(FERRY, chosen)
    assert (outcome.fraction, outcome.feedback) == (fraction, feedback)
    assert outcome.detail == {"parts": [{"id": name, "verdict": word} for name, word in verdicts.items()]}


@pytest.mark.parametrize(
    ("data", "answer"),
    [("tide", "tide"), ([" tide "], "tide"), (("fog",), "fog"), ("\u00a0crew\n", "crew")],
)
def test_an_option_is_named_by_its_id_alone_or_as_a_form_sends_it(data: Any, answer: str) -> None:
    assert QUESTION.parse(FERRY, data) == answer


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (None, ASK),
        ("", ASK),
        ([], ASK),
        ([None], ASK),
        ("The tide is out", f"That choice is not part of this question. {ASK}"),
        ("TIDE", f"That choice is not part of this question. {ASK}"),
        ("tide fog", f"That choice is not part of this question. {ASK}"),
        (["tide", "fog"], f"Send the answer as text. {ASK}"),
        ({"id": "tide"}, f"Send the answer as text. {ASK}"),
        (0, f"Send the answer as text. {ASK}"),
        ("\x00", "The answer holds characters that cannot be stored. Type it again without them."),
    ],
    ids=range(11),
)
def test_what_is_no_option_is_refused_with_what_to_do(data: Any, advice: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        QUESTION.parse(FERRY, data)
    assert str(refusal.value) == advice


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (
            with_option(FERRY, 1, correct=True),
            ("options", "not_one_correct", "Mark exactly one option as right; 2 are."),
        ),
        (
            with_option(FERRY, 0, correct=False),
            ("options", "not_one_correct", "Mark exactly one option as right; 0 are."),
        ),
        (with_option(FERRY, 1, text="  "), ("options.1.text", "missing_text", "Write an option.")),
        (with_option(FERRY, 1, text=7), ("options.1.text", "not_a_text", "Write an option as text.")),
        (
            with_option(FERRY, 1, text="x" * 1_001),
            ("options.1.text", "text_too_long", "Shorten an option to 1,000 characters."),
        ),
        (
            with_option(FERRY, 1, text="a\x00b"),
            ("options.1.text", "unstorable_text", "Take the control characters out of an option."),
        ),
        (
            with_option(FERRY, 1, text="the  TIDE is out"),
            ("options.1.text", "duplicate_text", "Two of the options say the same. Change or delete one."),
        ),
        (
            with_option(FERRY, 2, feedback="x" * 1_001),
            ("options.2.feedback", "text_too_long", "Shorten the feedback to 1,000 characters."),
        ),
        (
            with_option(FERRY, 1, correct=None),
            ("options.1.correct", "correct_not_said", "Say whether it is right: true or false."),
        ),
        (
            with_option(FERRY, 1, correct=0),
            ("options.1.correct", "correct_not_said", "Say whether it is right: true or false."),
        ),
        (with_option(FERRY, 1, id=None), ("options.1.id", "missing_text", "Write an id.")),
        (
            with_option(FERRY, 1, id="x" * 41),
            ("options.1.id", "text_too_long", "Shorten an id to 40 characters."),
        ),
        (
            with_option(FERRY, 1, id="tide"),
            ("options.1.id", "duplicate_id", "The id “tide” is there twice. Give each its own."),
        ),
        (
            with_option(FERRY, 1, id="fog bank"),
            ("options.1.id", "bad_id", "Write the id with plain letters, figures and hyphens only."),
        ),
        ({**FERRY, "keep_order": "yes"}, ("keep_order", "not_a_flag", "Set “keep_order” to true or false.")),
        (without(FERRY, "stem"), ("stem", "missing_text", "Write the question.")),
        ({**FERRY, "stem": "x" * 2_001}, ("stem", "text_too_long", "Shorten the question to 2,000 characters.")),
        (
            {**FERRY, "explanation": "x" * 4_001},
            ("explanation", "text_too_long", "Shorten the explanation to 4,000 characters."),
        ),
        ({**FERRY, "explanation": ["x"]}, ("explanation", "not_a_text", "Write the explanation as text.")),
        ({**FERRY, "hints": "Look."}, ("hints", "not_a_list", "Write the hints as a list.")),
        ({**FERRY, "hints": ["x"] * 11}, ("hints", "too_many", "Keep at most 10 of the hints; there are 11.")),
        ({**FERRY, "hints": ["a", ""]}, ("hints.1", "missing_text", "Write entry 2 of the hints.")),
        (
            {**FERRY, "hints": ["x" * 501]},
            ("hints.0", "text_too_long", "Shorten entry 1 of the hints to 500 characters."),
        ),
    ],
    ids=range(23),
)
def test_each_single_fault_is_told_alone_where_it_is(content: dict[str, Any], found: tuple[str, str, str]) -> None:
    assert problems_of("single_choice", content) == [found]


@pytest.mark.parametrize(
    "content",
    [
        with_option(FERRY, 1, text="x" * 1_000),
        with_option(FERRY, 2, feedback="x" * 1_000),
        with_option(FERRY, 1, id="x" * 40),
        with_option(FERRY, 1, id="Fog_bank-2"),
        with_option(FERRY, 1, feedback=None),
        {**FERRY, "stem": "x" * 2_000, "explanation": "y" * 4_000, "hints": ["z" * 500] * 10},
        {**FERRY, "keep_order": False},
        {**FERRY, "keep_order": None, "explanation": None, "hints": None},
        {**FERRY, "options": FERRY["options"][:2]},
        {**FERRY, "options": [{"id": f"o{n}", "text": str(n), "correct": n == 9} for n in range(20)]},
        {**FERRY, "note_of_the_author": "asked in spring"},
    ],
    ids=range(11),
)
def test_what_reaches_the_limit_or_says_more_than_is_asked_is_fine(content: dict[str, Any]) -> None:
    assert problems_of("single_choice", content) == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (None, [("options", "not_a_list", "Write the options as a list.")]),
        ("abc", [("options", "not_a_list", "Write the options as a list.")]),
        ({}, [("options", "not_a_list", "Write the options as a list.")]),
        ([], [("options", "too_few", "Write at least 2 of the options; there are 0.")]),
        (
            [["tide"], ["fog"]],
            [
                ("options.0", "not_an_object", "Write each entry of the options as an object with named fields."),
                ("options.1", "not_an_object", "Write each entry of the options as an object with named fields."),
            ],
        ),
    ],
    ids=range(5),
)
def test_options_of_another_shape_are_told_and_none_is_right(options: Any, found: list[tuple[str, str, str]]) -> None:
    none_right = ("options", "not_one_correct", "Mark exactly one option as right; 0 are.")
    assert problems_of("single_choice", {**FERRY, "options": options}) == [*found, none_right]


def test_one_option_is_no_choice_and_twenty_one_are_too_many() -> None:
    many = [{"id": f"o{n}", "text": str(n), "correct": n == 0} for n in range(21)]
    assert problems_of("single_choice", {**FERRY, "options": many[:1]}) == [
        ("options", "too_few", "Write at least 2 of the options; there are 1.")
    ]
    assert problems_of("single_choice", {**FERRY, "options": many}) == [
        ("options", "too_many", "Keep at most 20 of the options; there are 21.")
    ]


def test_the_review_marks_what_was_chosen_and_what_is_right() -> None:
    review = QUESTION.review({**FERRY, "keep_order": True}, "fog", 3)
    assert review == {
        "parts": [
            {"id": "tide", "text": "The tide is out", "chosen": False, "right": True, "feedback": "Yes, twice a day."},
            {"id": "fog", "text": "There is fog", "chosen": True, "right": False, "feedback": "The fog lifts at noon."},
            {"id": "crew", "text": "The crew is at lunch", "chosen": False, "right": False, "feedback": ""},
        ],
        "why": "The harbour dries out.",
    }


def test_without_an_explanation_the_review_says_nothing_of_why() -> None:
    assert QUESTION.review(without(FERRY, "explanation"), None, 3)["why"] == ""


def test_an_option_of_several_lines_reads_in_one() -> None:
    assert QUESTION.summarise(with_option(FERRY, 0, text="The tide\n\tis  out"), "tide") == "The tide is out"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (with_option(FERRY, 0, correct=False), "No option of the question is right."),
        ({**FERRY, "options": []}, "The question’s “options” has no rows, or two with one id."),
        (with_option(FERRY, 1, id="tide"), "The question’s “options” has no rows, or two with one id."),
        (with_option(FERRY, 1, text=None), "The question’s “text” is missing or no text."),
        (with_option(FERRY, 1, correct="no"), "The question’s “correct” is neither true nor false."),
        (with_option(FERRY, 1, feedback=3), "The question’s “feedback” is missing or no text."),
        ({**FERRY, "options": "abc"}, "The question’s “options” is no list of objects."),
        ([FERRY], "The question’s content is no object."),
    ],
    ids=range(8),
)
def test_a_question_that_cannot_be_answered_is_broken_with_a_reason(content: Any, reason: str) -> None:
    with pytest.raises(BrokenQuestion) as broken:
        QUESTION.model_answer(content)
    assert str(broken.value) == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (without(FERRY, "stem"), "The question’s “stem” is missing or no text."),
        ({**FERRY, "stem": 4}, "The question’s “stem” is missing or no text."),
        ({**FERRY, "keep_order": 1}, "The question’s “keep_order” is neither true nor false."),
    ],
    ids=range(3),
)
def test_a_question_that_cannot_be_shown_is_broken_with_a_reason(content: Any, reason: str) -> None:
    with pytest.raises(BrokenQuestion) as broken:
        QUESTION.present(content, 1)
    assert str(broken.value) == reason


def test_an_option_that_says_nothing_of_being_right_is_read_as_wrong() -> None:
    assert QUESTION.grade(with_option(FERRY, 1, correct=None), "fog").fraction == 0.0
