"""Word lists say what they are there for."""

from __future__ import annotations

import pytest

from quizzes.grading.similar.vocabulary import (
    concept_of,
    falsity,
    function_words,
    is_common,
    is_known,
    languages,
    negations,
    opposites,
    rarity,
    stem,
)


def test_rarer_words_weigh_more() -> None:
    assert rarity(stem("water")) < rarity(stem("harbour")) < rarity(stem("zyzzyva")) == 1.0


def test_nothing_weighs_nothing() -> None:
    assert min(rarity(stem(word)) for word in ("the", "of", "and")) == 0.05


def test_common_and_known_words_are_told_apart() -> None:
    assert (is_common("water"), is_common("ferri"), is_known("ferri"), is_known("qwrtz")) == (True, False, True, False)


@pytest.mark.parametrize(("one", "other"), [("open", "closed"), ("higher", "lower"), ("before", "after")])
def test_opposites_go_both_ways(one: str, other: str) -> None:
    assert stem(other) in opposites()[stem(one)]
    assert stem(one) in opposites()[stem(other)]


def test_no_opposites_are_taken_for_synonyms() -> None:
    alike = [
        (word, other)
        for word, others in opposites().items()
        for other in others
        if concept_of(word) == concept_of(other)
    ]
    assert alike == []


def test_words_for_falsity_are_negations() -> None:
    assert falsity() < negations()


def test_negations_are_no_function_words() -> None:
    assert function_words() & negations() == frozenset()


def test_every_language_has_enough_words_to_be_told_by() -> None:
    assert {code for code, words in languages().items() if len(words) < 25} == set()
    assert {"en", "de", "fr", "pl", "ru", "be", "uk"} <= set(languages())
