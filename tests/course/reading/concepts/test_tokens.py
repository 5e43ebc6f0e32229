"""The row of tokens: exact offsets, sentences, capitals that mean names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.concepts.tagger import english_tagger
from course.reading.concepts.tokens import Reading, read, stem
from course.reading.outline import PassageKind
from tests.course.reading.concepts.articles import passages_of


def reading_of(text: str, kinds: dict[str, PassageKind] | None = None) -> Reading:
    return read(text, passages=passages_of(text, kinds), tagger=english_tagger())


def sentences_of(text: str) -> list[str]:
    reading = reading_of(text)
    return [reading.surface(sentence.first, sentence.last) for sentence in reading.sentences]


def names_in(text: str, kinds: dict[str, PassageKind] | None = None) -> list[str]:
    reading = reading_of(text, kinds)
    return [word for word, is_capital in zip(reading.words, reading.is_capital, strict=True) if is_capital]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Clauses", "clause"),
        ("treaties", "treaty"),
        ("crashes", "crash"),
        ("boxes", "box"),
        ("crisis", "crisis"),
        ("class", "class"),
        ("virus", "virus"),
        ("gas", "gas"),
        ("goalposts", "goalpost"),
    ],
)
def test_the_stem_joins_singular_and_plural(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_words_keep_hyphens_and_give_up_the_possessive() -> None:
    words = reading_of("The arm's-length caretaker’s alibi isn't 1,100 crowns.").words

    assert words == ["The", "arm's-length", "caretaker", "’s", "alibi", "isn't", "1,100", "crowns", ".", ""]


@given(st.text(max_size=300))
def test_every_token_is_the_text_at_its_offsets(text: str) -> None:
    reading = reading_of(text)

    for word, start, end in zip(reading.words, reading.starts, reading.ends, strict=True):
        assert text[start:end] == word


@given(st.text(alphabet="aB .!?“”\n-'", max_size=200))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    reading = reading_of(text)
    covered = [i for sentence in reading.sentences for i in range(sentence.first, sentence.last)]

    assert covered == [i for i in range(len(reading.words)) if reading.words[i]]
    assert len(reading.tags) == len(reading.words)


def test_sentences_end_at_stops_but_not_after_titles_and_initials() -> None:
    assert sentences_of("Mr. Orun met J. Ellery. “Why?” asked Dr. Holt. Nobody knew!") == [
        "Mr. Orun met J. Ellery.",
        "“Why?” asked Dr. Holt.",
        "Nobody knew!",
    ]


def test_a_capital_in_mid_sentence_is_a_name_and_one_at_the_start_need_not_be() -> None:
    assert names_in("Corridor medicine came to Senn. Norvik pays.") == ["Senn", "Norvik"]


def test_a_word_that_is_a_name_elsewhere_is_one_at_the_start() -> None:
    assert names_in("Iron is cold. They praise Iron there.") == ["Iron", "Iron"]


def test_capitals_of_a_title_case_heading_say_nothing() -> None:
    heading = "The Chimera Of A Wandering Harbour"

    assert names_in(heading + "\nThey left.", {heading: PassageKind.HEADING}) == []


def test_what_is_not_read_gives_no_tokens() -> None:
    kinds = {"Donate now": PassageKind.BOILERPLATE, "A quote": PassageKind.PULL_QUOTE}

    assert reading_of("Donate now\nA quote\nThe end", kinds).words == ["The", "end", ""]


def test_the_sentence_of_a_token_is_found() -> None:
    reading = reading_of("One falls. Two fall.\nThree fall.")

    assert [reading.sentence_at(i).passage for i in (0, 3, 7)] == [0, 0, 1]


def test_without_a_tagger_there_are_no_tags() -> None:
    reading = read("Le port.", passages=passages_of("Le port."), tagger=None)

    assert reading.tags == ["X", "X", "X", ""]
