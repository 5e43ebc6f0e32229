"""How hard a text is to read, by formulas worked out by hand."""

from __future__ import annotations

import pytest

from course.reading.level import reading_level

PLAIN = "The cat sat on the mat, and all the dogs ran. "
"""Eleven words of 33 letters, one sentence, no long word."""
HEAVY = "Neighbouring governments continually misinterpreted Belarusian neutrality. "
"""Six words of 68 letters, one sentence, each word longer than six letters."""


@pytest.mark.parametrize(
    ("text", "language", "formula", "value", "meaning"),
    [
        # 4.71 * 33 / 11 + 0.5 * 11 - 21.43 = -1.8, which no grade is below 1.
        pytest.param(PLAIN * 10, "en", "Automated Readability Index", 1, "grade 1 of school", id="plain English"),
        # 4.71 * 68 / 6 + 0.5 * 6 - 21.43
        pytest.param(HEAVY * 20, "en", "Automated Readability Index", 35, "university", id="heavy English"),
        pytest.param(PLAIN * 10, "sv", "LIX", 11, "very easy", id="11 words a sentence, none long"),
        pytest.param(HEAVY * 20, "sv", "LIX", 106, "very hard", id="6 words a sentence, all long"),
        # 11 words a sentence and 4 of 11 long: 11 + 36.4
        pytest.param(
            "The cat sat on another written covered settled and the dog. " * 10,
            "de",
            "LIX",
            47,
            "of medium difficulty",
            id="some long",
        ),
    ],
)
def test_a_level_is_what_its_formula_gives(text: str, language: str, formula: str, value: int, meaning: str) -> None:
    level = reading_level([text], language=language)
    assert level is not None
    assert (level.formula, level.value, level.meaning) == (formula, value, meaning)


@pytest.mark.parametrize("text", ["", "A lake.", "word " * 99])
def test_a_short_text_has_no_level(text: str) -> None:
    assert reading_level([text], language="en") is None


@pytest.mark.parametrize("language", ["zh", "ja", "th"])
def test_a_language_without_spaces_between_words_has_no_level(language: str) -> None:
    assert reading_level([PLAIN * 20], language=language) is None


def test_how_a_text_is_cut_into_passages_changes_nothing() -> None:
    assert reading_level([PLAIN] * 10, language="en") == reading_level([PLAIN * 10], language="en")


def test_a_passage_without_a_full_stop_is_a_sentence() -> None:
    assert reading_level([PLAIN.replace(".", "")] * 10, language="en") == reading_level([PLAIN] * 10, language="en")


@pytest.mark.parametrize("end", [".", "!", "?", "…", ".”", "?!", ".)"])
def test_a_sentence_ends_at_its_signs_and_what_closes_after_them(end: str) -> None:
    assert reading_level([PLAIN.replace(".", end) * 10], language="sv") == reading_level([PLAIN * 10], language="sv")
