"""Sentences are said in whatever language the process speaks, and in English where it speaks none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from language import (
    COUNTED_ALIKE,
    LANGUAGES,
    NUMBERS,
    RIGHT_TO_LEFT,
    Speaker,
    again,
    capital,
    counted,
    forms,
    marked,
    number,
    say,
    speak_with,
    speaker,
)

GERMAN = {
    "The quiz is closed.": "Das Quiz ist geschlossen.",
    "{name} has {answers}.": "{answers} hat {name}.",
    "one answer": "eine Antwort",
    "{count} answers": "{count} Antworten",
    "no answers": "keine Antworten",
    "two": "zwei",
    "{name} has worked for {time}.": "{name} arbeitet seit {time}.",
    "Say {word}, not {word}.": "Statt {word} sage {word}.",
}


SPEAKER = Speaker(
    lambda: "de",
    lambda message: GERMAN.get(message, message),
    lambda one, several, amount: GERMAN.get(one if amount == 1 else several, one if amount == 1 else several),
    lambda: GERMAN,
)


@pytest.fixture
def german() -> Iterator[None]:
    """The process speaks German; afterwards it speaks as before."""
    before = speaker()
    speak_with(SPEAKER)
    yield
    speak_with(before)


def test_a_sentence_is_said_in_the_language_of_the_process(german: None) -> None:
    assert say("The quiz is closed.") == "Das Quiz ist geschlossen."


def test_values_stand_where_the_translation_wants_them(german: None) -> None:
    assert say("{name} has {answers}.", name="Ada", answers=counted(2, "answer")) == "zwei Antworten hat Ada."


def test_what_has_no_translation_is_said_in_english(german: None) -> None:
    assert say("The quiz is open.") == "The quiz is open."
    assert counted(3, "try", "tries") == "three tries"


@pytest.mark.parametrize(
    ("amount", "said"), [(0, "keine Antworten"), (1, "eine Antwort"), (2, "zwei Antworten"), (13, "13 Antworten")]
)
def test_things_are_counted_in_the_forms_of_the_language(german: None, amount: int, said: str) -> None:
    assert counted(amount, "answer") == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "no quizzes"), (1, "one quiz"), (2, "two quizzes"), (12, "twelve quizzes"), (13, "13 quizzes")],
)
def test_in_english_small_numbers_are_words(amount: int, said: str) -> None:
    assert counted(amount, "quiz", "quizzes") == said


def test_nothing_is_said_of_nothing() -> None:
    assert say("") == ""


def test_braces_are_looked_at_only_where_there_are_values() -> None:
    assert say("Write {this}.") == "Write {this}."
    with pytest.raises(KeyError):
        say("Write {this}.", that="x")


@given(st.text())
def test_a_value_is_never_taken_for_a_part_of_the_sentence(value: str) -> None:
    assert say("It says {what}.", what=value) == f"It says {value}."


@given(st.text())
def test_marking_changes_nothing(message: str) -> None:
    assert marked(message) == message


@given(st.text())
def test_a_capital_is_all_that_capital_changes(text: str) -> None:
    assert capital(text)[1:] in text[1:] or len(text[:1].upper()) > 1
    assert capital(text).lower().endswith(text[1:].lower())


@given(st.integers())
def test_every_whole_number_can_be_said(amount: int) -> None:
    assert number(amount) == (NUMBERS[amount] if 0 <= amount < len(NUMBERS) else str(amount))


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("The quiz is closed.", "Das Quiz ist geschlossen."),
        ("Ada has worked for 5 min.", "Ada arbeitet seit 5 min."),
        ("{x} has worked for {time}.", "{x} arbeitet seit {time}."),
        ("two lines\nhere has worked for a \\d+.", "two lines\nhere arbeitet seit a \\d+."),
        ("Ada has worked for no answers.", "Ada arbeitet seit keine Antworten."),
        ("Say a, not a.", "Statt a sage a."),
        ("Say a, not b.", "Say a, not b."),
        ("two", "zwei"),
        ("Two", "Zwei"),
        ("Three", "Three"),
        ("An author wrote this.", "An author wrote this."),
        ("a has b.", "a has b."),
        ("", ""),
    ],
)
def test_what_was_stored_in_english_is_said_again(german: None, stored: str, read: str) -> None:
    assert again(stored) == read


def test_in_english_what_was_stored_is_read_as_it_stands() -> None:
    assert again("The quiz is closed.") == "The quiz is closed."


@given(st.text(), st.text(min_size=1))
def test_any_value_of_a_stored_sentence_is_found_again(one: str, two: str) -> None:
    before = speaker()
    speak_with(SPEAKER)
    try:
        assert again(f"Ada {one} has worked for {two}.").startswith("Ada ")
        assert "arbeitet seit" in again(f"Ada {one} has worked for {two}.")
    finally:
        speak_with(before)


def test_every_form_of_a_message_comes_with_a_number_it_is_said_of(german: None) -> None:
    assert forms("one answer", "{count} answers") == "1:eine Antwort|2:{count} Antworten"


def test_a_form_that_is_said_of_every_number_comes_once() -> None:
    assert forms("{count} left", "{count} left") == "1:{count} left"


@pytest.mark.parametrize("code", [*dict(LANGUAGES), *RIGHT_TO_LEFT, "cs", "ga", "ja", "lt", "lv", "pl", "ru", "sl"])
def test_the_numbers_that_forms_stand_for_meet_every_form_of_a_language(code: str) -> None:
    form_of = Locale.parse(code).plural_form
    assert {form_of(amount) for amount in COUNTED_ALIKE} == {form_of(amount) for amount in range(1000)}


def test_english_comes_first_and_every_language_has_its_own_name() -> None:
    assert LANGUAGES[0] == ("en", "English")
    assert len(dict(LANGUAGES)) == len({name for _, name in LANGUAGES}) == len(LANGUAGES)
    assert all(len(code) == 2 for code in (*dict(LANGUAGES), *RIGHT_TO_LEFT))
