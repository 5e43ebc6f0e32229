"""Names and quotations cut out of sentences, and the phrases that hold together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.concepts.candidates import name_runs, quoted
from tests.course.reading.concepts.parsing import reading_of, setting_of


def names(text: str) -> list[str]:
    reading = reading_of(text)
    return [reading.surface(*each) for sentence in reading.sentences for each in name_runs(reading, sentence)]


def quotations(text: str) -> list[str]:
    reading = reading_of(text)
    return [reading.surface(*each) for sentence in reading.sentences for each in quoted(reading, sentence)]


def surfaces(text: str) -> set[str]:
    found, given = setting_of(text)
    return {given.reading.surface(*place) for each in found.values() for place in each.found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met Oda Brisk today.", ["Oda Brisk"]),
        ("They met Oda, Brisk and Tom.", ["Oda", "Brisk", "Tom"]),
        ("They saw the Bank of Hask now.", ["Bank of Hask"]),
        ("They saw the Bank of the Upper Fen now.", ["Bank of the Upper Fen"]),
        ("They saw Hask of old.", ["Hask"]),
        ("They met Oda of Hask of Fen now.", ["Oda of Hask", "Fen"]),
        ("They met Oda and Tom there.", ["Oda", "Tom"]),
        ("They met Oda of", ["Oda"]),
        ("They met Anna-Maria O'Neill.", ["Anna-Maria O'Neill"]),
        ("They saw the NATO and EU flags.", ["NATO", "EU"]),
        ("They crossed the 3rd Avenue.", ["Avenue"]),
        ("They met Oda. Tom met Hask.", ["Oda", "Tom", "Hask"]),
        ("They met nobody.", []),
    ],
)
def test_a_name_is_a_run_of_capitals_with_of_inside_it(text: str, found: list[str]) -> None:
    assert [name for name in names(text) if name != "Tom" or "Tom" in found] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A “blind purse” it is.", ["blind purse"]),
        ("A “blind purse,” it is.", ["blind purse"]),
        ("A “the blind purse” it is.", ["blind purse"]),
        ("A “blind” it.", ["blind"]),
        ("A “one two three four” is.", ["one two three four"]),
        ("A “one two three four five” is.", []),
        ("A “blind, purse” is.", []),
        ("A 'blind purse' is.", ["blind purse"]),
        ('A "blind purse" is.', ["blind purse"]),
        ("A «bourse aveugle» là.", ["bourse aveugle"]),
        ("A « bourse aveugle » là.", ["bourse aveugle"]),
        ("A „blinde Börse“ da.", ["blinde Börse"]),
        ("A ‹blind purse› it.", ["blind purse"]),
        ("A “ blind purse ” it.", []),
        ("The dogs' bowl and cats' bowl.", []),
        ("A “blind purse” and “salt vote” is.", ["blind purse", "salt vote"]),
        ("A “blind purse it is.", []),
        ("A “” is.", []),
    ],
)
def test_a_quotation_of_up_to_four_words_is_cut_out(text: str, found: list[str]) -> None:
    assert quotations(text) == found


@pytest.mark.parametrize(
    ("text", "has", "has_not"),
    [
        ("They saw the old iron cage.", {"iron cage", "cage", "old iron cage"}, {"the old iron cage"}),
        ("They saw the lender of last resort.", {"lender of last resort", "lender", "resort"}, {"of last resort"}),
        ("They saw a scar with flowers.", {"scar with flowers"}, {"a scar with flowers"}),
        ("They saw a house on the hill.", {"house on the hill"}, {"on the hill"}),
        ("They saw the iron, cage.", {"iron", "cage"}, {"iron, cage"}),
        ("They saw iron. Cage fell.", {"iron"}, {"iron. Cage"}),
        ("They drew up a poor man's barometer.", {"poor man's barometer"}, {"'s barometer"}),
        ("They said “of the cage” aloud.", {"cage"}, {"of the cage"}),
        ("They said “we saw it” aloud.", set(), {"we saw it", "saw it"}),
    ],
)
def test_a_phrase_holds_what_belongs_together_and_no_more(text: str, has: set[str], has_not: set[str]) -> None:
    found = surfaces(text)
    assert has <= found
    assert not has_not & found


def test_a_phrase_has_four_words_at_most_beside_its_links() -> None:
    text = "They saw the iron rust hedge wall door lamp room."
    assert max(len(surface.split()) for surface in surfaces(text)) == 4


def test_a_phrase_remembers_the_word_that_links_it_and_the_marks_around_it() -> None:
    found, _ = setting_of("They saw the scar with flowers and the “blind purse”.")
    assert found["scar with flowers"].linked_by == "with"
    assert found["blind purse"].is_quoted
    assert not found["flowers"].is_quoted


WORDS = st.sampled_from(
    "They saw the of on a iron rust hedge Hask Board and ’s co-tax “ ” « » , . it is known as moving 7".split()
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_every_candidate_lies_in_one_sentence_and_is_among_its_own_mentions(text: str) -> None:
    found, given = setting_of(text)
    reading = given.reading
    for each in found.values():
        for first, last in (*each.found, *each.mentions):
            assert first < last
            assert reading.sentence_at(first) is reading.sentence_at(last - 1)
            assert tuple(reading.stems[first:last]) == each.key
        assert each.mentions


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_names_and_quotations_of_a_sentence_are_cut_in_order_and_do_not_overlap(text: str) -> None:
    reading = reading_of(text)
    for sentence in reading.sentences:
        for found in (list(name_runs(reading, sentence)), list(quoted(reading, sentence))):
            assert found == sorted(found)
            assert all(one[1] <= other[0] for one, other in pairwise(found))
            assert all(sentence.first <= first < last <= sentence.last for first, last in found)
