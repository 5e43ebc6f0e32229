from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.words import (
    capitalised,
    content_roots,
    ends_plural,
    head_of,
    root,
    starts_with_vowel_sound,
    tokens,
    without_article,
)


def test_hyphens_and_apostrophes_stay_inside_their_word() -> None:
    assert tokens("The mayor's half-built quay, at 9.30") == ("The", "mayor's", "half-built", "quay", "at", "9.30")


@pytest.mark.parametrize(
    ("one", "other"), [("ferry", "ferries"), ("harbour", "harbours"), ("plan", "Plan’s"), ("repaint", "repainted")]
)
def test_words_of_one_family_share_a_root(one: str, other: str) -> None:
    assert root(one) == root(other)


def test_words_that_only_look_alike_do_not_share_a_root() -> None:
    assert root("bridge") != root("bride")


def test_function_words_say_nothing() -> None:
    assert content_roots("It is what they are with them") == frozenset()


def test_parts_of_a_compound_count_as_words() -> None:
    assert content_roots("harbour-side") >= content_roots("harbour")


@pytest.mark.parametrize(
    ("term", "plural"),
    [
        ("paper fleet", False),
        ("empty harbours", True),
        ("people", True),
        ("glass", False),
        ("politics", False),
        ("list of ships", False),
        ("ships of state", True),
        ("fishermen", True),
        ("old policewomen", True),
        ("townspeople", True),
        ("grandchildren", True),
        ("a specimen", False),
        ("bad omen", False),
        ("the abdomen", False),
        ("wide lens", False),
        ("quiet chaos", False),
        ("mice", True),
        ("gas", False),
        ("ideas", True),
        ("species", False),
        ("men of straw", True),
        ("man of straws", False),
        ("", False),
        ("港", False),
    ],
)
def test_the_head_of_a_phrase_decides_its_number(term: str, plural: bool) -> None:
    assert ends_plural(term) is plural


def test_the_head_stands_before_the_preposition() -> None:
    assert head_of("window of opportunity") == "window"


@pytest.mark.parametrize(
    ("term", "vowel"),
    [
        ("apple", True),
        ("hour", True),
        ("union", False),
        ("one-way street", False),
        ("once-proud town", False),
        ("onerous tax", True),
        ("quay", False),
        ("uniform", False),
        ("uninvited guest", True),
        ("unimportant tax", True),
        ("unidentified ship", True),
        ("useful idiot", False),
        ("usher", True),
        ("US-style tax", False),
        ("UN panel", False),
        ("umbrella", True),
        ("European", False),
        ("honor guard", True),
        ("honour guard", True),
        ("honey trap", False),
        ("11th-hour deal", True),
        ("18-year plan", True),
        ("80 ships", True),
        ("110 ships", False),
        ("“apple”", True),
        ("", False),
    ],
)
def test_the_sound_and_not_the_letter_asks_for_an(term: str, vowel: bool) -> None:
    assert starts_with_vowel_sound(term) is vowel


def test_an_article_and_quotation_marks_are_taken_off() -> None:
    assert without_article("“the paper fleet”") == "paper fleet"


def test_only_the_first_letter_is_raised() -> None:
    assert capitalised("kyiv and Moscow") == "Kyiv and Moscow"


@given(st.text(max_size=80))
def test_any_text_has_roots_without_failing(text: str) -> None:
    assert all(content_roots(text))
