"""What is the same text and what never is: every opposed pair, negation, invisible sign, mark and tolerance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions.signs import DASHES, INVISIBLE, QUOTES
from quizzes.questions.spellings import NUMBER_WORDS
from quizzes.questions.text_matching import (
    NEGATIONS,
    Tolerance,
    best_match,
    match_one,
    normalised,
    readings,
)

USUAL = Tolerance()
STRICT = Tolerance(typos=False, case_sensitive=True, accents=True)


def overlooked(answer: str, text: str, tolerance: Tolerance = USUAL) -> tuple[str, ...] | None:
    """What had to be overlooked; None where it is another text, or a slip."""
    match = match_one(answer, text, tolerance=tolerance)
    return match.overlooked if match and not match.typos else None


@pytest.mark.parametrize("sign", sorted(INVISIBLE), ids=lambda sign: f"U+{ord(sign):04X}")
def test_an_invisible_sign_makes_no_difference_even_to_the_strictest(sign: str) -> None:
    assert overlooked(f"mill{sign}race", "millrace", STRICT) == ("spaces, quotation marks or dashes",)


@pytest.mark.parametrize("sign", sorted(DASHES), ids=lambda sign: f"U+{ord(sign):04X}")
def test_every_dash_is_a_hyphen(sign: str) -> None:
    assert overlooked(f"mill{sign}race", "mill-race", STRICT) == ("spaces, quotation marks or dashes",)


@pytest.mark.parametrize("sign", sorted(QUOTES), ids=lambda sign: f"U+{ord(sign):04X}")
def test_every_quotation_mark_is_a_straight_one(sign: str) -> None:
    assert overlooked(f"o{sign}clock", f"o{QUOTES[sign]}clock", STRICT) == ("spaces, quotation marks or dashes",)


@pytest.mark.parametrize("word", sorted(NEGATIONS))
def test_no_negation_is_overlooked_or_a_slip(word: str) -> None:
    assert match_one(f"{word} watermill", "watermill", tolerance=USUAL) is None
    assert match_one("watermill", f"{word} watermill", tolerance=USUAL) is None
    assert match_one(f"{word} watermills", f"{word} watermill", tolerance=USUAL) is not None


@pytest.mark.parametrize("word", ["isn't", "doesn’t", "WON'T", "can't"])
def test_a_shortened_not_is_a_negation(word: str) -> None:
    assert match_one(f"it {word} the watermill", "it is the watermill", tolerance=USUAL) is None


@pytest.mark.parametrize("word", sorted(NUMBER_WORDS))
def test_a_word_for_a_number_is_never_a_slip_of_another(word: str) -> None:
    others = NUMBER_WORDS - {word}
    assert best_match(word, sorted(others), tolerance=USUAL) is None
    assert match_one(word.upper(), word, tolerance=USUAL) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hyperactive", "hypoactive"),
        ("macroscope", "microscope"),
        ("intermural", "intramural"),
        ("endothermic", "exothermic"),
        ("prewarred", "postwarred"),
        ("preceding", "proceeding"),
        ("perspective", "prospective"),
        ("misfunction", "malfunction"),
        ("trainer", "trainee"),
        ("mortgagor", "mortgagee"),
        ("hopeful", "hopeless"),
        ("harmful", "harmless"),
        ("employers", "employees"),
        ("lessors", "lessees"),
        ("federalism", "federalist"),
        ("federalisms", "federalists"),
        ("propane", "propene"),
        ("propane", "propyne"),
        ("propenes", "propynes"),
        ("abduction", "adduction"),
        ("absorption", "adsorption"),
    ],
)
def test_opposed_words_are_no_slips_of_each_other_either_way(one: str, other: str) -> None:
    assert match_one(one, other, tolerance=USUAL) is None
    assert match_one(other, one, tolerance=USUAL) is None


@pytest.mark.parametrize(
    ("answer", "text", "steps"),
    [
        ("weir", "weir", ()),
        ("WEIR", "weir", ("capital letters",)),
        ("wéir", "weir", ("accents",)),
        ("weir!", "weir", ("punctuation",)),
        ("(weir)", "weir", ("punctuation",)),
        ("a weir", "weir", ("an article at the start",)),
        ("An  Weir", "weir", ("capital letters", "an article at the start")),
        ("mill race", "mill-race", ("hyphens",)),
        ("millrace", "mill-race", ("hyphens",)),
        ("æther", "aether", ("accents",)),
        ("Øre", "ore", ("capital letters", "accents")),
        ("3 %", "3%", ("spaces, quotation marks or dashes",)),
        ("20 °C", "20°C", ("spaces, quotation marks or dashes",)),
        ("٣", "3", ("spaces, quotation marks or dashes",)),
        ("the", "the", ()),
        ("a", "an", None),
        ("weirs", "weir", None),
        ("3,5", "35", None),
        ("-3", "3", None),
        ("weir mill", "mill weir", None),
    ],
)
def test_each_step_is_named_where_it_was_needed_and_only_there(
    answer: str, text: str, steps: tuple[str, ...] | None
) -> None:
    assert overlooked(answer, text) == steps


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("  The  Weir! ", "weir"),
        ("«Été»", "ete"),
        ("A", "a"),
        ("The", "the"),
        ("a the mill", "the mill"),
        ("co-op", "co op"),
        ("C++", "c++"),
        (".5", ".5"),
        ("-5", "-5"),
        ("- 5", "-5"),
        ("5.", "5"),
        ("…", ""),
        ("—", ""),
        ("\u200b", ""),
        ("Й", "й"),
        ("ά", "α"),
        ("鷺", "鷺"),
        ("שָׁלוֹם", "שלום"),
        ("كِتَابٌ", "كتاب"),
        ("أحمـد", "احمد"),
        ("за́мок", "замок"),
        ("ѓ", "ѓ"),
        ("ＭＩＬＬ", "mill"),
        ("ｶﾞｽ", "ガス"),
        ("「東京」。", "東京"),
        ("• mill 😀", "mill"),
        ("O-", "o-"),
        ("NO3-", "no3-"),
        ("*mill*", "mill"),
    ],
)
def test_what_is_left_of_a_text(text: str, left: str) -> None:
    assert normalised(text, tolerance=USUAL) == left


@pytest.mark.parametrize(
    ("text", "tolerance", "found"),
    [
        ("Co-Op!", USUAL, ("Co-Op!", "co-op!", "co op", "coop")),
        ("Co-Op!", STRICT, ("Co-Op!", "Co Op", "CoOp")),
        ("weir", USUAL, ("weir",)),
        ("The “Été”", USUAL, ('The "Été"', 'the "ete"', "ete")),
        ("", USUAL, ("",)),
    ],
)
def test_a_pattern_is_tried_on_each_reading_once(text: str, tolerance: Tolerance, found: tuple[str, ...]) -> None:
    assert readings(text, tolerance=tolerance) == found


@pytest.mark.parametrize(
    ("letters", "slips"),
    [("mill", None), ("mills", 1), ("millrace", 1), ("millraces", 1)],
)
def test_a_slip_is_forgiven_from_five_letters_on(letters: str, slips: int | None) -> None:
    match = match_one(f"{letters}x", letters, tolerance=USUAL)
    assert (match.typos if match else None) == slips


@pytest.mark.parametrize(
    ("answer", "slips"),
    [("waterwehel", 1), ("watrwehel", 2), ("watrwehl", None), ("awterwheel", 1), ("bwaterwheel", None)],
)
def test_two_slips_are_forgiven_from_nine_letters_on(answer: str, slips: int | None) -> None:
    match = match_one(answer, "waterwheel", tolerance=USUAL)
    assert (match.typos if match else None) == slips


TEXTS = st.text(alphabet="aAéЙ -–'’.“”5٣\u200b鷺tThe", max_size=14)


@given(TEXTS, TEXTS)
def test_being_the_same_without_slips_goes_both_ways(one: str, other: str) -> None:
    exact = Tolerance(typos=False)
    there, back = match_one(one, other, tolerance=exact), match_one(other, one, tolerance=exact)
    assert (there is None) == (back is None)
    if there and back:
        assert there.overlooked == back.overlooked


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_a_further_accepted_text_never_makes_an_answer_wrong_or_farther(answer: str, texts: list[str]) -> None:
    fewer, more = (best_match(answer, some, tolerance=USUAL) for some in (texts[:-1], texts))
    if fewer:
        assert more is not None
        assert more.cost <= fewer.cost
