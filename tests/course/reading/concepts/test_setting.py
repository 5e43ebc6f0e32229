"""What is known of an article as a whole, and which candidates are names in it."""

from __future__ import annotations

import pytest

from course.reading.concepts.setting import is_capital_at, is_name
from tests.course.reading.concepts.parsing import reading_of, setting_of


@pytest.mark.parametrize(
    ("text", "surnames"),
    [
        ("They met Jonas Albrecht. They say Albrecht left.", {"albrecht"}),
        ("They met Jonas Albrecht there.", set()),
        ("They like Hask and Senn.", {"hask", "senn"}),
        ("They wrote to the Fen Council there.", set()),
        ("nobody came.", set()),
    ],
)
def test_a_word_that_is_a_name_alone_may_be_a_surname(text: str, surnames: set[str]) -> None:
    assert setting_of(text)[1].surnames == surnames


def test_the_words_of_headings_and_of_the_title_are_known() -> None:
    text = "The rust hedge\nThey saw it."
    _, given = setting_of(text, title="“Hedges,” walls & the sea!", headings=("The rust hedge",))
    assert [given.reading.words[i] for i in sorted(given.headings)] == ["The", "rust", "hedge"]
    assert {"hedge", "wall", "the", "sea"} <= given.title_stems


@pytest.mark.parametrize(("place", "is_capital"), [(-1, False), (0, False), (2, True), (99, False)])
def test_no_token_outside_the_text_is_a_name(place: int, is_capital: bool) -> None:
    assert is_capital_at(reading_of("They met Hask."), place) is is_capital


@pytest.mark.parametrize(
    ("text", "term", "name"),
    [
        ("They met Oda Brisk there.", "oda brisk", True),
        ("They like the Bank of Hask now.", "bank of hask", True),
        ("They like the bank of Hask now.", "bank of hask", False),
        ("They saw a Potemkin ward there.", "potemkin ward", False),
        ("They met Oda Brisk. They met an oda brisk.", "oda brisk", False),
        ("They saw the rust hedge.", "rust hedge", False),
    ],
)
def test_a_name_has_capitals_in_all_words_that_mean_something_wherever_it_stands(
    text: str, term: str, name: bool
) -> None:
    found, given = setting_of(text)
    assert is_name(found[term], given) is name
