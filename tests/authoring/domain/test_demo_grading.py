"""Invented answers in own words."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from authoring.domain.demo_grading import SENTENCE, in_own_words, slipped

MODEL = "The reservoir is full. The council decided nothing! Whose water is it?"


@given(st.integers())
def test_an_answer_is_some_of_the_sentences_but_for_a_slip(seed: int) -> None:
    answer = in_own_words(MODEL, chance=random.Random(seed))
    kept = SENTENCE.split(answer)
    assert 1 <= len(kept) <= 3
    assert sum(sentence not in SENTENCE.split(MODEL) for sentence in kept) <= 1


@given(st.integers())
def test_a_slip_exchanges_two_letters_and_loses_none(seed: int) -> None:
    text = slipped(MODEL, chance=random.Random(seed))
    assert text != MODEL
    assert sorted(text) == sorted(MODEL)


def test_many_answer_alike() -> None:
    answers = [in_own_words(MODEL, chance=random.Random(seed)) for seed in range(40)]
    assert len(set(answers)) < 25
