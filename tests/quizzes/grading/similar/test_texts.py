"""A text is taken apart the same way whoever wrote it, and slips do not hide what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading.similar.texts import Text, read, share


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The wind was TOO strong.", ("the", "wind", "was", "too", "strong")),
        ("It wasn’t a storm", ("it", "was", "not", "a", "storm")),
        ("They cannot cross", ("they", "can", "not", "cross")),
        ("1.5 volts, twice", ("1.5", "volts", "twice")),
        ("ﬁne weather", ("fine", "weather")),
        ("🙂 … ?!", ()),
        ("", ()),
    ],
)
def test_words_are_lower_case_with_contractions_taken_apart(text: str, words: tuple[str, ...]) -> None:
    assert read(text).words == words


def test_content_leaves_out_function_words_and_negations() -> None:
    assert read("The ferries were not leaving the harbour").content == ("ferri", "leav", "harbour")


def test_number_words_are_figures() -> None:
    assert read("three boats").stems == read("3 boats").stems


@pytest.mark.parametrize(
    ("slip", "stem"),
    [("seperated", "separ"), ("harber", "harbor"), ("hrabor", "harbor")],
)
def test_a_slip_of_a_known_word_is_mended(slip: str, stem: str) -> None:
    assert read(slip, known=frozenset({"separ", "harbor"})).stems == (stem,)


@pytest.mark.parametrize("word", ["closed", "other", "not", "cat", "garden"])
def test_a_word_of_its_own_is_no_slip(word: str) -> None:
    assert read(word, known=frozenset({"close", "mother", "note", "cart", "harden"})).stems == read(word).stems


def test_synonyms_are_one_concept() -> None:
    assert read("a huge rock").concepts == read("a large stone").concepts


@pytest.mark.parametrize(
    ("text", "negated"),
    [("it sails", 0), ("it does not sail", 1), ("it is false that it never sails", 2), ("es fährt nicht", 1)],
)
def test_negations_and_words_for_falsity_are_counted(text: str, negated: int) -> None:
    assert read(text).negated == negated


def test_figures_and_single_letters_are_numbers() -> None:
    assert read("Bulb B and a lamp of 40 watts, twice").numbers == {"b", "40"}


def test_clauses_end_at_marks_and_conjunctions() -> None:
    assert [sorted(each) for each in read("The wind rises, so the ferry stays.").clauses] == [
        ["increas", "wind"],
        ["ferri", "remain"],
    ]


def test_a_share_of_nothing_is_nothing() -> None:
    assert (share(1, 0), share(1, 4)) == (0.0, 0.25)


@given(st.text(max_size=200))
def test_whatever_is_written_has_a_stem_for_each_word(text: str) -> None:
    found = read(text)
    assert len(found.words) == len(found.stems)
    assert all(found.words)
    assert all(found.stems)
    assert found == Text(text, found.words, found.stems)
