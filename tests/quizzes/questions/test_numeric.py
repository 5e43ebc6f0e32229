"""What is special about a number; the laws of all kinds are tested together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import InvalidAnswer

DISTANCE: dict[str, Any] = {
    "stem": "How far?",
    "value": 1.5,
    "units": [{"text": "km"}, {"text": "m", "factor": 0.001}, {"text": "MW", "factor": 9}, {"text": "mW", "factor": 7}],
    "near_misses": [{"text": "2.5", "feedback": "That is by road."}],
}
QUESTION = question_type("numeric")


def outcome(content: dict[str, Any], text: str) -> tuple[float | None, str]:
    graded = QUESTION.grade(content, QUESTION.parse(content, text))
    return graded.fraction, graded.feedback


def codes(content: dict[str, Any]) -> set[tuple[str, str]]:
    return {(problem.code, problem.field) for problem in QUESTION.check({"stem": "How far?", "value": 5, **content})}


@pytest.mark.parametrize(
    ("tolerance", "right", "wrong"),
    [
        (None, ["50"], ["49.99", "50.01"]),
        (0, ["50"], ["50.0000001"]),
        (0.5, ["49.5", "50.5"], ["49.49", "50.51"]),
        ("0.5", ["49.5", "50.5"], ["49.49", "50.51"]),
        ("1 %", ["49.5", "50.5"], ["49.49", "50.51"]),
        ("10%", ["45", "55"], ["44.9", "55.1"]),
    ],
)
def test_the_edges_of_the_tolerance_are_right(tolerance: Any, right: list[str], wrong: list[str]) -> None:
    content = {"stem": "How many?", "value": 50, "tolerance": tolerance}
    assert [outcome(content, text)[0] for text in [*right, *wrong]] == [1.0] * len(right) + [0.0] * len(wrong)


@given(value=st.integers(-(10**6), 10**6), off=st.integers(-100, 100), tolerance=st.integers(0, 100))
def test_right_is_what_is_no_further_off_than_the_tolerance(value: int, off: int, tolerance: int) -> None:
    content = {"stem": "How many?", "value": value, "tolerance": tolerance}
    assert outcome(content, str(value + off))[0] == float(abs(off) <= tolerance)


def test_units_are_exact_where_floats_are_not() -> None:
    content = {"stem": "How long?", "value": "0.3", "units": [{"text": "m"}, {"text": "cm", "factor": "0.01"}]}
    assert 3 * 0.1 != 0.3
    assert outcome(content, "30 cm") == (1.0, "")


@pytest.mark.parametrize(
    ("text", "fraction", "feedback"),
    [
        ("1.5", 1.0, ""),
        ("1.5 km.", 1.0, ""),
        ("1,5 KM", 1.0, ""),
        ("1500m", 1.0, ""),
        ("2.5", 0.0, "That is by road."),
        ("2500 m", 0.0, "That is by road."),
        ("1.5 m", 0.0, "The number is right, but its unit is not."),
        ("1500", 0.0, "The number is right in another unit."),
        ("-1.5", 0.0, "The number is right but for its sign."),
        ("15", 0.0, "The figures are right, but the number is 10 times too large."),
        ("0.0015", 0.0, "The figures are right, but the number is 1,000 times too small."),
        ("7", 0.0, "It is not the number that was asked for."),
    ],
)
def test_what_comes_near_is_told_in_which_way(text: str, fraction: float, feedback: str) -> None:
    assert outcome(DISTANCE, text) == (fraction, feedback)


def test_the_path_says_what_was_read_and_how_it_was_taken() -> None:
    content = {**DISTANCE, "tolerance": "20 %"}
    assert QUESTION.grade(content, "1 400 m").detail == {
        "parts": [{"id": "answer", "verdict": "right"}],
        "path": ["It was read as 1400 m.", "That is 1.4 km.", "The answer is 1.5 km, give or take 0.3."],
    }
    assert QUESTION.grade(content, "15").detail == {
        "parts": [{"id": "answer", "verdict": "near miss"}],
        "path": ["It was read as 15.", "The figures are right, but the number is 10 times too large."],
    }


def test_a_wide_tolerance_makes_nothing_ten_times_too_large() -> None:
    content = {"stem": "How many?", "value": 10, "tolerance": 8}
    assert outcome(content, "90") == (0.0, "It is not the number that was asked for.")
    assert outcome({"stem": "How many?", "value": 0}, "5") == (0.0, "It is not the number that was asked for.")


@pytest.mark.parametrize(
    ("content", "text", "advice"),
    [
        (DISTANCE, "1.5 miles", "“miles” is not part of a number here. Type a number with one of: km, m, MW, mW."),
        (DISTANCE, "1.5 mw", "“mw” is not part of a number here. Type a number with one of: km, m, MW, mW."),
        ({**DISTANCE, "units": []}, "5 %", "“%” is not part of a number here. Type one number, such as 1200 or 0.5."),
        ({**DISTANCE, "unit_required": True}, "1.5", "Type the unit behind the number: km, m, MW, mW."),
    ],
)
def test_units_that_are_not_there_are_asked_for_again(content: dict[str, Any], text: str, advice: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        QUESTION.parse(content, text)
    assert str(refusal.value) == advice


def test_a_percent_sign_counts_where_its_author_says_what_it_means() -> None:
    percent = {"stem": "Which share?", "value": 12, "units": [{"text": "%"}]}
    share = {"stem": "Which share?", "value": 0.12, "units": [{"text": "of one"}, {"text": "%", "factor": 0.01}]}
    assert [outcome(percent, text)[0] for text in ("12", "12 %", "12％")] == [1.0, 1.0, 1.0]
    assert [outcome(share, text)[0] for text in ("0.12", "12 %", "12")] == [1.0, 1.0, 0.0]


def test_equal_amounts_share_a_bucket() -> None:
    buckets = [QUESTION.classify(DISTANCE, text) for text in ("1.5", "1500 m", "1,50 km", "9", "9.0")]
    assert buckets == ["right: 1.5 km"] * 3 + ["other: 9 km"] * 2


def test_a_model_answer_is_typed_so_that_it_is_read_in_one_way() -> None:
    assert QUESTION.model_answer({"stem": "How many?", "value": 1.234}) == "1.2340"
    assert QUESTION.model_answer({"stem": "How many?", "value": "1e-30"}) == "1e-30"
    assert QUESTION.model_answer(DISTANCE) == "1.5 km"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"value": None}, {("not_a_number", "value")}),
        ({"value": "1,5"}, {("not_a_number", "value")}),
        ({"tolerance": -1}, {("not_a_number", "tolerance")}),
        ({"tolerance": "half"}, {("not_a_number", "tolerance")}),
        (
            {"units": [{"text": "km", "factor": 0}]},
            {("not_a_number", "units.0.factor"), ("no_own_unit", "units")},
        ),
        ({"units": [{"text": "m2"}]}, {("unusable_unit", "units.0.text")}),
        ({"units": [{"text": ".,"}]}, {("unusable_unit", "units.0.text")}),
        ({"units": [{"text": "%"}, {"text": "％"}]}, {("duplicate_text", "units.1.text")}),
        ({"units": [{"text": "MW"}, {"text": "mW", "factor": 9}]}, set()),
        ({"unit_required": True}, {("no_own_unit", "units")}),
        (
            {"near_misses": [{"text": "x"}]},
            {("not_a_number", "near_misses.0.text"), ("missing_text", "near_misses.0.feedback")},
        ),
        (
            {"tolerance": 1, "near_misses": [{"text": "6", "feedback": "No."}]},
            {("near_miss_accepted", "near_misses.0.text")},
        ),
    ],
    ids=range(12),
)
def test_what_is_wrong_with_it_is_said(content: dict[str, Any], found: set[tuple[str, str]]) -> None:
    assert codes(content) == found


def test_hostile_numbers_cost_nothing() -> None:
    for text in ("1e3000000", "9" * 50, "1e-999", "1" + ",000" * 12, "0." + "0" * 47 + "1"):
        with pytest.raises(InvalidAnswer):
            QUESTION.parse(DISTANCE, text)
    assert Decimal(QUESTION.grade(DISTANCE, "1e30").fraction or 0) == 0


@pytest.mark.parametrize(
    ("value", "unit", "answers"),
    [
        (9, "million", ["9", "9 million", "9000000", "9,000,000", "9 000 000", "9000 thousand", "0.009 billion"]),
        (9_000_000, "people", ["9 million", "9 Million people", "9000000 people", "9000 thousand people"]),
        (7, "per cent", ["7", "7%", "7 percent", "7 per cent", "7 %"]),
        (7, "%", ["7 percent", "7 per cent"]),
        (3, "years", ["3 year", "3 years", "3 Years."]),
        (5, "$", ["$5", "$ 5", "5$", "$5.00"]),
        (-5, "USD", ["USD -5", "usd −5", "-5 USD"]),
        (5_000_000, "€", ["€5 million", "5 million €", "€5,000,000"]),
    ],
)
def test_units_and_scales_are_read_however_people_write_them(value: int, unit: str, answers: list[str]) -> None:
    content = {"stem": "How much?", "value": value, "units": [{"text": unit}]}
    assert QUESTION.check(content) == []
    assert [(text, outcome(content, text)[0]) for text in answers] == [(text, 1.0) for text in answers]


def test_a_scale_that_is_not_meant_makes_nothing_right() -> None:
    millions = {"stem": "How many?", "value": 9, "units": [{"text": "million"}]}
    assert [outcome(millions, text)[0] for text in ("90000000", "9 thousand", "9 billion", "0.000009")] == [0.0] * 4
    assert QUESTION.grade(millions, "9000000").detail["path"] == ["It was read as 9000000.", "That is 9 million."]
    meant = {"stem": "How many?", "value": 9_000_000, "units": [{"text": "people"}], "unit_required": True}
    with pytest.raises(InvalidAnswer):
        QUESTION.parse(meant, "9 million")
    with pytest.raises(InvalidAnswer):
        QUESTION.parse(millions, "9 million cows")
    times = {"stem": "How long?", "value": 3, "units": [{"text": "m"}, {"text": "ms", "factor": "0.001"}]}
    assert [outcome(times, text)[0] for text in ("3 m", "3 ms", "3000 ms")] == [1.0, 0.0, 1.0]


@pytest.mark.parametrize(
    "text", ["159", "159 years", "159 year", "about 159 years", "It was about 159.", "≈159", "c. 159", "~ 159", "=159"]
)
def test_words_that_lead_to_a_number_or_that_the_question_asks_in_are_no_part_of_it(text: str) -> None:
    content = {"stem": "How many years before the war did the rising take place?", "value": 159}
    assert outcome(content, text) == (1.0, "")


@pytest.mark.parametrize(
    "text", ["159 months", "159 years and more", "years 159", "in about", "about", "not 159", "159 - 3"]
)
def test_other_words_beside_a_number_are_asked_about(text: str) -> None:
    content = {"stem": "How many years before the war did the rising take place?", "value": 159}
    with pytest.raises(InvalidAnswer):
        QUESTION.parse(content, text)


def test_what_the_question_asks_in_is_told_from_units_that_it_knows() -> None:
    with pytest.raises(InvalidAnswer):
        QUESTION.parse({**DISTANCE, "stem": "How many miles is it?"}, "1.5 miles")
    year = {"stem": "In which year did the lighthouse go dark?", "value": 1974}
    assert [outcome(year, text)[0] for text in ("in 1974", "the year 1974", "In the year 1974.", "in 1975")] == [
        1.0,
        1.0,
        1.0,
        0.0,
    ]
