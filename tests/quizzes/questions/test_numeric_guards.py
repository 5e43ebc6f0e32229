"""Numbers at their edges: exact to the last figure, told apart by unit, and every fault an author is told of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion, InvalidAnswer
from tests.quizzes.questions.choosing import problems_of, without

QUESTION = question_type("numeric")
VALUE = "Write the answer as one number with a decimal point, such as 0.5."
TOLERANCE = "Write the tolerance as a number from 0 on, or as 5 %."
OWN = "Add the unit that the answer is in, without a factor."
FACTOR = "Write as a number above 0 how many of the answer’s own unit it is."
NAME = "Write the unit in letters or as one sign, without figures."
DEPTH: dict[str, Any] = {
    "stem": "How deep is the shaft?",
    "value": 120,
    "tolerance": 2,
    "units": [{"text": "m"}, {"text": "ft", "factor": 0.3048}],
    "near_misses": [{"text": "100", "feedback": "That is the old depth."}],
    "explanation": "The plan says so.",
}


def graded(content: Any, text: str) -> tuple[float | None, str]:
    outcome = QUESTION.grade(content, QUESTION.parse(content, text))
    return outcome.fraction, outcome.feedback


@pytest.mark.parametrize(
    ("value", "tolerance", "answer", "fraction"),
    [
        (1, 1, "2", 1.0),
        (1, 1, "2.0000000000000000000000000001", 0.0),
        (1, 1, "1.9999999999999999999999999999", 1.0),
        (1, 1, "-0.000000000000000000000000001", 0.0),
        (0, 0, "0.0000000000000000000000000001", 0.0),
        (0, 0, "-0", 1.0),
        (0, 0, "0e99", 1.0),
        (0.1, "0.2", "0.3", 1.0),
        ("1e30", 0, "1e30", 1.0),
        ("1e-30", 0, "1e-30", 1.0),
        ("1e30", 0, "999999999999999999999999999999", 0.0),
        (-7, "100 %", "0", 1.0),
        (-7, "100 %", "-14", 1.0),
        (-7, "100 %", "0.1", 0.0),
        (200, "0.5%", "201", 1.0),
        (200, "0.5%", "201.01", 0.0),
    ],
)
def test_an_answer_is_compared_to_its_last_figure(value: Any, tolerance: Any, answer: str, fraction: float) -> None:
    content = {"stem": "?", "value": value, "tolerance": tolerance}
    assert problems_of("numeric", content) == []
    assert graded(content, answer)[0] == fraction


def test_a_sign_is_wrong_only_where_everything_else_is_right() -> None:
    content = {"stem": "?", "value": 1.5}
    assert graded(content, "-1.5") == (0.0, "The number is right but for its sign.")
    assert graded(content, "-1.50000000000000000000000001") == (0.0, "It is not the number that was asked for.")
    assert graded(content, "-1.5000000000000000000000000e0")[1] == "The number is right but for its sign."


@pytest.mark.parametrize(
    ("text", "fraction", "feedback"),
    [
        ("118", 1.0, ""),
        ("122 m", 1.0, ""),
        ("122.1", 0.0, "It is not the number that was asked for."),
        ("394 ft", 1.0, ""),
        ("394", 0.0, "The number is right in another unit."),
        ("120 ft", 0.0, "The number is right, but its unit is not."),
        ("100", 0.0, "That is the old depth."),
        ("100 m.", 0.0, "That is the old depth."),
        ("-119", 0.0, "The number is right but for its sign."),
        ("1200", 0.0, "The figures are right, but the number is 10 times too large."),
        ("12000", 0.0, "The figures are right, but the number is 100 times too large."),
        ("0.12", 0.0, "The figures are right, but the number is 1,000 times too small."),
        ("120e12", 0.0, "The figures are right, but the number is 1,000,000,000,000 times too large."),
        ("120e13", 0.0, "It is not the number that was asked for."),
        ("-1200", 0.0, "It is not the number that was asked for."),
    ],
)
def test_what_comes_near_is_told_the_first_way_that_fits(text: str, fraction: float, feedback: str) -> None:
    assert graded(DEPTH, text) == (fraction, feedback)


def test_what_the_author_foresaw_comes_before_what_the_rules_see() -> None:
    content = {**DEPTH, "near_misses": [{"text": "1200", "feedback": "A nought too many."}]}
    assert graded(content, "1200") == (0.0, "A nought too many.")


@given(value=st.integers(-(10**9), 10**9), tolerance=st.integers(0, 10**6), text=st.integers(-(10**9), 10**9))
def test_a_wider_tolerance_never_refuses_what_a_narrower_one_takes(value: int, tolerance: int, text: int) -> None:
    narrow, wide = ({"stem": "?", "value": value, "tolerance": each} for each in (tolerance, 2 * tolerance + 1))
    assert (graded(wide, str(text))[0] or 0) >= (graded(narrow, str(text))[0] or 0)


@given(value=st.integers(1, 10**6), answer=st.integers(1, 10**6), factor=st.sampled_from(["0.001", "12", "1000"]))
def test_the_same_amount_in_another_unit_earns_the_same(value: int, answer: int, factor: str) -> None:
    content = {"stem": "?", "value": value, "units": [{"text": "a"}, {"text": "b", "factor": factor}]}
    in_b = {"stem": "?", "value": value, "units": [{"text": "b"}, {"text": "a", "factor": 1}]}
    assert graded(content, f"{answer} a")[0] == graded(in_b, f"{answer} a")[0] == float(value == answer)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("5 km", "km"), ("5km", "km"), ("5 KM", "km"), ("5 km.", "km"), ("5 ℃", "℃"), ("5 µm", "µm"), ("5 лет", "лет")],
)
def test_a_unit_is_read_behind_the_number(typed: str, unit: str) -> None:
    content = {"stem": "?", "value": 5, "units": [{"text": unit}], "unit_required": True}
    assert problems_of("numeric", content) == []
    assert graded(content, typed) == (1.0, "")


def test_capital_letters_tell_units_apart_only_where_there_are_two() -> None:
    units = [{"text": "mW"}, {"text": "MW", "factor": 10**9}, {"text": "Kw", "factor": 10**6}]
    content = {"stem": "?", "value": 5, "units": units}
    assert [graded(content, text)[0] for text in ("5 mW", "5 MW", "0.000005 kW")] == [1.0, 0.0, 1.0]
    with pytest.raises(InvalidAnswer) as refusal:
        QUESTION.parse(content, "5 mw")
    assert str(refusal.value) == "“mw” is not part of a number here. Type a number with one of: mW, MW, Kw."


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"value": None}, [("value", "not_a_number", VALUE)]),
        ({"value": True}, [("value", "not_a_number", VALUE)]),
        ({"tolerance": "-1"}, [("tolerance", "not_a_number", TOLERANCE)]),
        ({"tolerance": "5 %%"}, [("tolerance", "not_a_number", TOLERANCE)]),
        ({"tolerance": "%"}, [("tolerance", "not_a_number", TOLERANCE)]),
        ({"tolerance": [2]}, [("tolerance", "not_a_number", TOLERANCE)]),
        ({"units": [{"text": "m"}, {"text": "ft", "factor": 0}]}, [("units.1.factor", "not_a_number", FACTOR)]),
        ({"units": [{"text": "m"}, {"text": "ft", "factor": "-3"}]}, [("units.1.factor", "not_a_number", FACTOR)]),
        ({"units": [{"text": "ft", "factor": 0.3}]}, [("units", "no_own_unit", OWN)]),
        ({"units": [{"text": "m"}, {"text": "m", "factor": 2}]},
         [("units.1.text", "duplicate_text", "Two of the units are the same. Delete one.")]),
        ({"units": [{"text": "m"}, {"text": "m²", "factor": 2}]}, [("units.1.text", "unusable_unit", NAME)]),
        ({"units": [{"text": "m"}, {"text": "'", "factor": 2}]}, []),
        ({"units": [{"text": "m"}, {"text": "e5", "factor": 2}]}, [("units.1.text", "unusable_unit", NAME)]),
        ({"units": [{"text": "x" * 21}]}, [("units.0.text", "text_too_long", "Shorten the unit to 20 characters.")]),
        ({"units": [{"text": " "}]}, [("units.0.text", "missing_text", "Write the unit.")]),
        ({"units": "m"}, [("units", "not_a_list", "Write the units as a list.")]),
        ({"units": [], "unit_required": True},
         [("units", "no_own_unit", "Add the units that may be typed, or ask for none.")]),
        ({"unit_required": "yes"}, [("unit_required", "not_a_flag", "Set “unit_required” to true or false.")]),
        ({"near_misses": [{"text": "1,5", "feedback": "No."}]},
         [("near_misses.0.text", "not_a_number", "Write the near miss as one number with a decimal point.")]),
        ({"near_misses": [{"text": "90"}]}, [("near_misses.0.feedback", "missing_text", "Write its feedback.")]),
        ({"near_misses": [{"text": "118", "feedback": "No."}]},
         [("near_misses.0.text", "near_miss_accepted",
           "This number counts as right. Delete it, or make the tolerance smaller.")]),
        ({"near_misses": [{"text": "117.9", "feedback": "No."}]}, []),
        ({"tolerance": ""}, []),
        ({"tolerance": " 5 % "}, []),
        ({"tolerance": 0}, []),
    ],
    ids=range(25),
)  # fmt: skip
def test_each_single_fault_is_told_alone_where_it_is(change: dict[str, Any], found: list[tuple[str, str, str]]) -> None:
    assert problems_of("numeric", {**DEPTH, **change}) == found


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (without(DEPTH, "value"), "The question’s answer or its tolerance is no number."),
        ({**DEPTH, "tolerance": "half"}, "The question’s answer or its tolerance is no number."),
        ({**DEPTH, "units": [{"text": "m", "factor": -1}]}, "A unit’s factor is no number above 0."),
        ({**DEPTH, "units": [{"factor": 1}]}, "The question’s “text” is missing or no text."),
        ({**DEPTH, "unit_required": 1}, "The question’s “unit_required” is neither true nor false."),
        ([], "The question’s content is no object."),
    ],
    ids=range(6),
)
def test_a_question_without_a_number_is_broken_with_a_reason(content: Any, reason: str) -> None:
    with pytest.raises(BrokenQuestion) as broken:
        QUESTION.parse(content, "5")
    assert str(broken.value) == reason


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        (None, {"given": "", "right": False}),
        ("121", {"given": "121", "right": True}),
        ("12 m", {"given": "12 m", "right": False}),
    ],
)
def test_the_review_shows_the_number_with_its_unit_and_tolerance(answer: str | None, part: dict[str, Any]) -> None:
    assert QUESTION.review(DEPTH, answer, 1) == {
        "parts": [{"id": "answer", "accepted": ["120 m, give or take 2"], **part}],
        "why": "The plan says so.",
    }


def test_nothing_of_value_or_units_is_shown_before() -> None:
    assert QUESTION.present(DEPTH, 1).data == {"max_length": 50}


@pytest.mark.parametrize(("text", "line"), [("120  m", "120 m"), ("\u00a0120", "120"), ("1 200\n", "1 200")])
def test_an_answer_reads_in_one_line(text: str, line: str) -> None:
    assert QUESTION.summarise(DEPTH, text) == line


@pytest.mark.parametrize(
    ("texts", "bucket"),
    [
        (["0", "-0", "0.00", "0e5"], "other: 0 m"),
        (["120", "120 m", "120.0", "1.2e2"], "right: 120 m"),
        (["121"], "right: 121 m"),
        (["10 ft", "3.0480"], "other: 3.048 m"),
    ],
)
def test_equal_amounts_share_a_bucket_however_they_are_written(texts: list[str], bucket: str) -> None:
    assert {QUESTION.classify(DEPTH, text) for text in texts} == {bucket}
