"""A question asks in some of its sentences; what the others tell weighs more than these and less than what is new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading.similar.asked import ASKED_WEIGHT, SCENE_WEIGHT, Asked, asked
from quizzes.grading.similar.vocabulary import rarity

STORY = "A cork lay in a bucket. Ada poured vinegar over it. Why did the cork rise? Explain."


def question(text: str = STORY, *references: str) -> Asked:
    return asked(text, references or ("Vinegar is heavier than cork, which lifts it up.",))


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        (STORY, "Why did the cork rise? Explain."),
        ("Why did the cork rise?", "Why did the cork rise?"),
        ("Explain why the cork rose.", "Explain why the cork rose."),
        ("The cork rose. Explain why.", "Explain why."),
        ("Did it rise? Ada saw it all. Why?", "Did it rise? Why?"),
        ("What rose: the cork or the stone", "the cork or the stone"),
        ("  \n", ""),
    ],
)
def test_sentences_with_a_question_mark_ask_and_so_does_the_last(text: str, asking: str) -> None:
    assert question(text).asking.raw == asking


def test_the_scene_is_what_no_sentence_that_asks_repeats() -> None:
    assert question().scene == {"bucket", "lay", "ada", "pour", "vinegar", "over"}


@pytest.mark.parametrize(
    ("concept", "share"), [("cork", ASKED_WEIGHT), ("vinegar", SCENE_WEIGHT), ("lift", 1.0), ("heavier", 1.0)]
)
def test_a_word_weighs_by_its_rarity_and_by_where_the_question_has_it(concept: str, share: float) -> None:
    assert question().weight(concept) == share * rarity(concept)


@given(st.text(max_size=80))
def test_every_word_of_a_question_either_asks_or_sets_the_scene(text: str) -> None:
    found = question(text)
    assert found.asking.concepts | found.scene >= found.question.concepts
    assert not found.asking.concepts & found.scene
