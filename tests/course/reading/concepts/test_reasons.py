"""Reasons are full sentences in plain words, the weightiest first."""

from __future__ import annotations

from course.reading.concepts.lexicon import english_lexicon
from course.reading.concepts.reasons import reasons, said_for

WEIGHTS = english_lexicon().weights


def test_the_weightiest_reason_comes_first() -> None:
    assert reasons({"recurring": 1.0, "naming": 1.0, "n2": 1.0}, weights=WEIGHTS) == (
        "The text introduces it as a name for something.",
        "It comes up more than once.",
    )


def test_at_most_three_reasons_are_given() -> None:
    features = dict.fromkeys(("naming", "defined", "quoted", "coined", "heading"), 1.0)

    assert len(reasons(features, weights=WEIGHTS)) == 3


def test_the_same_reason_is_given_once() -> None:
    assert reasons({"coined": 1.0, "coined_ending": 1.0}, weights=WEIGHTS) == ("It is a word the author put together.",)


def test_there_is_always_a_reason() -> None:
    assert reasons({"n2": 1.0}, weights=WEIGHTS) == ("It is a phrase of its own in this article.",)


def test_a_feature_is_known_again_by_the_sentence_it_is_told_in() -> None:
    told = said_for("naming", "n2")
    assert told == set(reasons({"recurring": 1.0, "naming": 1.0}, weights=WEIGHTS)) - {"It comes up more than once."}
    assert said_for() == frozenset()
