"""Invented answers in own words."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from authoring.domain.demo_grading import BESIDE, SENTENCE, in_a_sentence, in_own_words, slipped

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


MODELS = ["The reservoir is empty.", "There is no water left.", "All the water has gone."]
CONTENT = {
    "accepted": MODELS[:1],
    "references": MODELS[1:],
    "near_misses": [{"text": "It is full.", "feedback": "The reverse."}],
}
MISSED = {"It is full.", *BESIDE}


@given(st.integers())
def test_a_sentence_is_a_model_answer_put_otherwise_or_beside_the_point(seed: int) -> None:
    answer = in_a_sentence(CONTENT, chance=random.Random(seed))
    # A slip exchanges two letters and loses none, so the letters tell which answer it was.
    letters = Counter(answer.casefold())
    assert answer in MISSED or any(Counter(model.casefold()) <= letters for model in MODELS)


def test_sentences_differ_and_some_are_beside_the_point() -> None:
    answers = [in_a_sentence(CONTENT, chance=random.Random(seed)) for seed in range(60)]
    assert len(set(answers)) > 12
    assert 5 < sum(answer in MISSED for answer in answers) < 35
