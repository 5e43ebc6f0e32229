"""Patterns accept whole answers, in linear time; what is no pattern is told with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings

from quizzes.questions import question_type
from quizzes.questions.answers import is_storable
from quizzes.questions.base import BrokenQuestion, Problem
from quizzes.questions.patterns import fitting_pattern, pattern_problems
from quizzes.questions.text_matching import Tolerance
from tests.quizzes.questions.cases import texts
from tests.quizzes.questions.test_laws import calls_of

USUAL = Tolerance()


@pytest.mark.parametrize(
    ("answer", "pattern", "fits"),
    [
        ("slack water", "slack (water|tide)", True),
        ("Slack  TIDE.", "slack (water|tide)", True),
        ("the slack tide", "slack (water|tide)", True),
        ("slack waters", "slack (water|tide)", False),
        ("very slack water", "slack (water|tide)", False),
        ("co-aggressor", "co-?aggressors?", True),
        ("co‑aggressors", "co-?aggressors?", True),
        ("co aggressor", "co aggressor", True),
        ("Möwe", "mowe", True),
        ("möwe", "Möwe", True),
        ("мир", r"\p{Cyrillic}+", True),
        ("1991–1994", "1991-199[45]", True),
        ("yes?", r"yes\?", True),
    ],
)
def test_a_pattern_fits_the_whole_answer_in_plain_signs(answer: str, pattern: str, fits: bool) -> None:
    assert fitting_pattern(answer, [pattern], tolerance=USUAL) == (pattern if fits else None)


def test_what_its_author_makes_matter_matters_to_a_pattern() -> None:
    strict = Tolerance(case_sensitive=True, accents=True)
    assert fitting_pattern("us", ["US"], tolerance=strict) is None
    assert fitting_pattern("US", ["US"], tolerance=strict) == "US"
    assert fitting_pattern("Mowe", ["Möwe"], tolerance=strict) is None


def test_the_first_of_several_is_named() -> None:
    assert fitting_pattern("rain", ["snow", "r.*", "rain"], tolerance=USUAL) == "r.*"


def test_a_long_answer_fits_nothing() -> None:
    assert fitting_pattern("a" * 300, ["a+"], tolerance=USUAL) == "a+"
    assert fitting_pattern("a" * 301, ["a+"], tolerance=USUAL) is None


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(a", Problem("bad_pattern", "“(a” is no pattern: missing ): (a.", "patterns.0")),
        ("(?=a)b", Problem("bad_pattern", "“(?=a)b” is no pattern: invalid perl operator: (?=.", "patterns.0")),
        (r"(a)\1", Problem("bad_pattern", r"“(a)\1” is no pattern: invalid escape sequence: \1.", "patterns.0")),
        ("a{1001}", Problem("bad_pattern", "“a{1001}” is no pattern: invalid repetition size: {1001}.", "patterns.0")),
        ("(a{100}b{900}c{900})", None),
        (
            ".*",
            Problem("pattern_fits_nothing", "This pattern fits an empty answer. Make it ask for more.", "patterns.0"),
        ),
        ("", Problem("missing_text", "Write entry 1 of the patterns.", "patterns.0")),
        ("a" * 301, Problem("text_too_long", "Shorten entry 1 of the patterns to 300 characters.", "patterns.0")),
    ],
    ids=range(8),
)
def test_what_is_no_pattern_is_told_with_the_reason(pattern: str, problem: Problem | None) -> None:
    assert list(pattern_problems({"patterns": [pattern]}, "patterns")) == ([problem] if problem else [])


def test_a_pattern_that_would_take_too_much_memory_is_refused() -> None:
    [problem] = pattern_problems({"patterns": [r"(\pL{900}\pN{900}){1}" * 5]}, "patterns")
    assert problem.code == "bad_pattern"
    assert "too large" in problem.message


@given(pattern=texts, answer=texts)
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_pattern_or_a_broken_question(pattern: str, answer: str) -> None:
    assume(is_storable(answer))
    try:
        found = fitting_pattern(answer, [pattern], tolerance=USUAL)
    except BrokenQuestion as broken:
        found = None if str(broken).endswith(".") else "no sentence"
    assert found in (None, pattern)


@pytest.mark.promise(38)
@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*a){20}b"])
def test_no_pattern_makes_a_long_answer_slow(pattern: str) -> None:
    assert calls_of(lambda: fitting_pattern("a" * 300, [pattern], tolerance=USUAL)) < 2_000
    assert fitting_pattern("a" * 300, [pattern], tolerance=USUAL) is None


CONTENT: dict[str, Any] = {
    "stem": "Name it.",
    "accepted": ["peaceful sky"],
    "patterns": [".*sky.*"],
    "near_misses": [{"text": "clear sky", "feedback": "Close."}],
}


@pytest.mark.parametrize(
    ("answer", "fraction", "path"),
    [
        ("peaceful sky", 1.0, ["It is exactly “peaceful sky”."]),
        ("quiet skyline", 1.0, ["It fits the pattern “.*sky.*”."]),
        ("clear sky", 0.0, ["It is exactly “clear sky”."]),
        ("clearr sky", 1.0, ["It fits the pattern “.*sky.*”."]),
        ("earth", 0.0, ["It is none of the accepted answers, even with typing slips forgiven."]),
    ],
)
def test_the_path_of_a_short_answer_says_which_pattern(answer: str, fraction: float, path: list[str]) -> None:
    question = question_type("short_text")
    outcome = question.grade(CONTENT, answer)
    assert (outcome.fraction, outcome.detail["path"]) == (fraction, path)
    assert question.review(CONTENT, answer, 1)["parts"][0]["right"] == (fraction == 1)


def test_answers_that_fit_one_pattern_share_a_bucket() -> None:
    question = question_type("short_text")
    assert {question.classify(CONTENT, answer) for answer in ("quiet skyline", "blue sky")} == {"fits: .*sky.*"}


def test_a_question_with_a_bad_pattern_is_broken_not_the_answer_wrong() -> None:
    with pytest.raises(BrokenQuestion, match="is no pattern"):
        question_type("short_text").grade({**CONTENT, "patterns": ["(a"]}, "earth")
