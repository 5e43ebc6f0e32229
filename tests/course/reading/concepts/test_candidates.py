"""Which stretches of a text may be concepts at all."""

from __future__ import annotations

import pytest

from course.reading.concepts.candidates import Candidate, candidates
from course.reading.concepts.grammar import kinds_of
from course.reading.concepts.lexicon import english_lexicon
from course.reading.concepts.tagger import english_tagger
from course.reading.concepts.tokens import Reading, read
from tests.course.reading.concepts.articles import passages_of


def found_in(text: str) -> tuple[Reading, list[Candidate]]:
    lexicon, tagger = english_lexicon(), english_tagger()
    reading = read(text, passages=passages_of(text), tagger=tagger)
    kinds = kinds_of(reading, lexicon=lexicon, tagger=tagger)
    return reading, candidates(reading, kinds=kinds, lexicon=lexicon)


def surfaces(text: str) -> set[str]:
    reading, found = found_in(text)
    return {reading.surface(*each) for candidate in found for each in candidate.found}


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("storage fee", "They ask for a storage fee."),
        ("poor man's barometer", "They drew up a poor man's barometer."),
        ("caretaker's alibi", "This was the caretaker's alibi, and they knew."),
        ("dialogue of the deaf", "They are trapped in a dialogue of the deaf."),
        ("zombie with a dental plan", "It was a zombie with a dental plan: still hiring."),
        ("lender of last resort", "It becomes the lender of last resort: it lends."),
        ("house of questions", "It is a house of questions, and large."),
        ("last-bed trap", "They know the last-bed trap."),
        ("blitzscaling", "It was a case of blitzscaling, the practice of growing."),
        ("forward guidance", "The practice is called forward guidance, and it is cheap."),
        ("highly skilled workers", "They need highly skilled workers now."),
        ("24-hour deadline", "They set a 24-hour deadline for it."),
        ("Nine Harbours Trust", "It is run by the Nine Harbours Trust today."),
        ("Bank of Sundria", "They trust the Bank of Sundria still."),
        ("sugar high", "They called the years a sugar high, and left."),
        ("blind purse", "He asked for a “blind purse” again."),
    ],
)
def test_a_term_of_this_shape_is_a_candidate(term: str, text: str) -> None:
    assert term in surfaces(text)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("that people can wait", "It turns out “that people can wait” for it."),
        ("we measured the bathtub", "“we measured the bathtub” says the man."),
        ("war allowed", "The war allowed the economy to grow."),
        ("state cryptobiosis", "They call this state cryptobiosis, and wait."),
    ],
)
def test_a_fragment_is_no_candidate(fragment: str, text: str) -> None:
    assert fragment not in surfaces(text)


def test_nothing_crosses_a_comma_or_a_line() -> None:
    found = surfaces("They saw the harbour, wall and\nhedge.")

    assert {"harbour, wall", "wall and\nhedge"} & found == set()


def test_all_forms_of_a_term_are_mentions_of_one_candidate() -> None:
    reading, found = found_in("The drought clause is old. Two Drought Clauses were signed.")
    clause = next(each for each in found if each.key == ("drought", "clause"))

    assert [reading.surface(*each) for each in clause.mentions] == ["drought clause", "Drought Clauses"]


def test_mentions_of_one_candidate_do_not_overlap() -> None:
    reading, found = found_in("They ran tom tom tom tom in the bell room.")

    for candidate in found:
        for (_, last), (first, _) in zip(candidate.mentions, candidate.mentions[1:], strict=False):
            assert last <= first
    assert reading.text


def test_keys_are_unique() -> None:
    _, found = found_in("The rust hedge moves. A rust hedge stays. “Rust hedge” is a name for it.")
    keys = [each.key for each in found]

    assert len(keys) == len(set(keys))
