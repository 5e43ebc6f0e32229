"""The tagger: known words, guesses at unknown ones, corrections by neighbours."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.concepts.tagger import english_tagger


def tags(sentence: str) -> list[str]:
    return english_tagger().tag(sentence.split())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The harbour is old .", ["DT", "NN", "VBZ", "JJ", "."]),
        ("They want to march .", ["PRP", "VBP", "TO", "VB", "."]),
        ("It moved quickly .", ["PRP", "VBD", "RB", "."]),
        ("In 1931 Norvik fell .", ["IN", "CD", "NNP", "VBD", "."]),
        ("The court recognises it .", ["DT", "NN", "VBZ", "PRP", "."]),
    ],
)
def test_a_plain_sentence_is_tagged(sentence: str, expected: list[str]) -> None:
    assert tags(sentence) == expected


@pytest.mark.parametrize(
    ("word", "tag"), [("zorbles", "NNS"), ("zorbly", "RB"), ("zorbed", "VBN"), ("zorbful", "JJ"), ("zorb-like", "JJ")]
)
def test_an_unknown_word_is_judged_by_its_ending(word: str, tag: str) -> None:
    assert english_tagger().tag(["the", word])[1] == tag


def test_a_known_word_is_known_with_and_without_its_capital() -> None:
    tagger = english_tagger()

    assert (tagger.knows("harbour"), tagger.knows("Harbour"), tagger.knows("zorbles")) == (True, True, False)


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12))
def test_every_word_gets_one_tag(words: list[str]) -> None:
    assert len(english_tagger().tag(words)) == len(words)


def test_the_tagger_loads_neither_textblob_nor_nltk() -> None:
    code = (
        "import sys; from course.reading.concepts.tagger import english_tagger; english_tagger(); "
        "print(sorted({'nltk', 'textblob', 'numpy', 'django'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"
