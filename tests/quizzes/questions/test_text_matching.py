"""What counts as the same text, what is a slip, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions.text_matching import Match, Tolerance, best_match, match_one, normalised

USUAL = Tolerance()
STRICT = Tolerance(typos=False, case_sensitive=True, accents=True)
EVERY_DETAIL = ["spaces, quotation marks or dashes", "capital letters", "hyphens", "an article at the start"]
words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=8)


def is_match(answer: str, text: str, tolerance: Tolerance = USUAL) -> bool:
    return match_one(answer, text, tolerance=tolerance) is not None


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("cafe\u0301", "café"),
        ("cafe", "café"),
        ("Zażółć gęślą", "zazolc gesla"),
        ("STRASSE", "Straße"),
        ("  soft \n landing ", "soft landing"),
        ("soft\u00a0landing", "soft landing"),
        ("soft-landing", "soft landing"),
        ("soft—landing", "soft landing"),
        ("co aggressor", "co-aggressor"),
        ("coaggressor", "co-aggressor"),
        ("co‑aggressor", "co-aggressor"),
        ("email", "e-mail"),
        ("“soft landing”", "soft landing"),
        ("the soft landing.", "soft landing"),
        ("A soft landing!", "The soft landing"),
        ("rock ’n’ roll", "rock 'n' roll"),
        ("soft, landing", "soft landing"),
        ("４２", "42"),
        ("٤٢", "42"),
        ("5 %", "5%"),
        ("−5", "-5"),
        ("1991–1994", "1991-1994"),
        ("ﬁnance", "finance"),
        ("so\u00adft", "soft"),
        ("Ёлка", "елка"),
    ],
)
def test_spelling_details_are_overlooked(answer: str, text: str) -> None:
    match = match_one(answer, text, tolerance=USUAL)
    assert match is not None
    assert match.typos == 0


@pytest.mark.parametrize(
    ("answer", "text", "typos"),
    [
        ("agressor", "aggressor", 1),
        ("aggresor", "aggressor", 1),
        ("agresor", "aggressor", None),
        ("arangment", "arrangement", 2),
        ("landnig", "landing", 1),
        ("soft landin", "soft landing", 1),
        ("sofd landing", "soft landing", None),
        ("softlanding", "soft landing", 1),
        ("kremlin pupet", "Kremlin puppet", 1),
        ("kremlni pupept", "Kremlin puppet", 2),
        ("kermlni pupett", "Kremlin puppet", None),
        ("gagressor", "aggressor", 1),
        ("bggressor", "aggressor", None),
        ("1994", "1995", None),
        ("in 1994 and 1995", "in 1994 and 1996", None),
        ("word2vek", "word2vec", None),
        ("東京都知事", "東京都民事", None),
    ],
)
def test_slips_are_forgiven_by_the_length_of_the_word(answer: str, text: str, typos: int | None) -> None:
    match = match_one(answer, text, tolerance=USUAL)
    assert (match.typos if match else None) == typos


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("not a soft landing", "a soft landing"),
        ("soft landing", "no soft landing"),
        ("never", "lever"),
        ("notable", "not able"),
        ("cannot", "cannon"),
        ("independence", "dependence"),
        ("dependence", "independence"),
        ("inflation", "deflation"),
        ("emigration", "immigration"),
        ("macroeconomics", "microeconomics"),
        ("hypertension", "hypotension"),
        ("intrastate", "interstate"),
        ("persecution", "prosecution"),
        ("employee", "employer"),
        ("billion", "million"),
        ("seventy", "seventeen"),
        ("Austria", "Australia"),
        ("Zambia", "Gambia"),
        ("5", "-5"),
        ("5", ".5"),
        ("35", "3.5"),
        ("C", "C++"),
        ("landing soft", "soft landing"),
        ("nowhere", "now here"),
        ("й", "и"),
    ],
)
def test_another_word_is_never_a_slip(answer: str, text: str) -> None:
    assert not is_match(answer, text)


def test_two_texts_of_nothing_but_punctuation_are_not_the_same() -> None:
    assert not is_match("?", "!")
    assert not is_match("", "")
    assert normalised("…?!", tolerance=USUAL) == ""


def test_the_author_can_make_capital_letters_accents_and_slips_matter() -> None:
    assert is_match("us", "US")
    assert not is_match("us", "US", Tolerance(case_sensitive=True))
    assert not is_match("lukashenko", "Lukashenko", Tolerance(case_sensitive=True))
    assert not is_match("lUkashenko", "Lukashenko", Tolerance(case_sensitive=True))
    assert is_match("Lukashenco", "Lukashenko", Tolerance(case_sensitive=True))
    assert not is_match("resume", "résumé", Tolerance(accents=True))
    assert not is_match("naive", "naïve", Tolerance(accents=True))
    assert not is_match("agressor", "aggressor", Tolerance(typos=False))


def test_marks_that_make_other_letters_are_kept() -> None:
    assert not is_match("мои", "мой")
    assert not is_match("क", "कि")


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        ("soft landing", ["It is exactly “soft landing”."]),
        ("Soft Landing", ["It was read as “soft landing”.", "Overlooked: capital letters."]),
        ("the Soft–landing", ["It was read as “soft landing”.", "Overlooked: " + ", ".join(EVERY_DETAIL) + "."]),
        ("soft landign", ["It was read as “soft landing”.", "Forgiven: one typing slip."]),
        ("soft lánding.", ["It was read as “soft landing”.", "Overlooked: accents, punctuation."]),
    ],
)  # fmt: skip
def test_the_path_says_why_in_sentences(answer: str, path: list[str]) -> None:
    match = match_one(answer, "soft landing", tolerance=USUAL)
    assert match is not None
    assert match.path == path


def test_the_nearest_text_is_the_match() -> None:
    assert best_match("landings", ["landing", "landings"], tolerance=USUAL) == Match("landings", 0, ())
    assert best_match("The Landing", ["landings", "the landing"], tolerance=USUAL) == Match(
        "the landing", 0, ("capital letters",)
    )
    assert best_match("harbour", [], tolerance=USUAL) is None


@given(text=st.text(min_size=1, max_size=60))
@settings(max_examples=300, deadline=None)
def test_every_text_that_has_letters_is_itself(text: str) -> None:
    tolerance = USUAL if normalised(text, tolerance=USUAL) else STRICT
    if normalised(text, tolerance=tolerance):
        assert match_one(text, text, tolerance=tolerance) == Match(text, 0, ())


@given(text=st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_normalising_never_adds_what_a_second_time_would_take_away_from_equality(text: str) -> None:
    once = normalised(text, tolerance=USUAL)
    assert once == once.strip()
    assert "  " not in once


@given(word=words, place=st.integers(1, 7), letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
@settings(max_examples=300, deadline=None)
def test_one_changed_letter_in_five_to_eight_is_one_slip_or_another_word(word: str, place: int, letter: str) -> None:
    place = min(place, len(word) - 1)
    changed = word[:place] + letter + word[place + 1 :]
    match = match_one(changed, word, tolerance=USUAL)
    assert match is None or match.typos == (changed != word)


@given(answer=st.text(max_size=30), text=st.text(max_size=30))
@settings(max_examples=300, deadline=None)
def test_more_tolerance_never_refuses_what_less_accepts(answer: str, text: str) -> None:
    if normalised(answer, tolerance=USUAL) and is_match(answer, text, STRICT):
        assert is_match(answer, text, USUAL)


@given(number=st.integers(0, 10**12), other=st.integers(0, 10**12))
def test_figures_match_only_themselves(number: int, other: int) -> None:
    assert is_match(f"{number} people", f"{other} people") == (number == other)


@pytest.mark.parametrize(
    "answer",
    ["It is called slack water.", "it’s slack water", "They are known as the slack water", "called “slack water”",
     "The answer is: slack water", "This was slack wather"],
)  # fmt: skip
def test_an_answer_in_a_sentence_is_what_stands_behind_its_first_words(answer: str) -> None:
    match = match_one(answer, "slack water", tolerance=USUAL)
    assert match is not None
    assert "the words that lead to it" in match.overlooked


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("it is not slack water", "slack water"),
        ("it isn't slack water", "slack water"),
        ("that was never slack water", "slack water"),
        ("it is", "slack water"),
        ("is slack water", "slack water"),
        ("America", "This is America"),
        ("it is high water", "slack water"),
    ],
)
def test_a_sentence_that_says_something_else_is_no_answer(answer: str, text: str) -> None:
    assert not is_match(answer, text)
