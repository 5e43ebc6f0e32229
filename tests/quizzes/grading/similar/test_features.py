"""Features grow with what an answer shares with the references, and stay where the model expects them."""

from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading.similar.asked import MOST_REFERENCES, asked
from quizzes.grading.similar.features import Features, features, nearest_reference
from quizzes.grading.similar.model import PRODUCTS_OF, shipped

QUESTION = "Why did the ferry stay in the harbour?"
REFERENCES = ("The wind was too strong to cross the bay.", "Bulb A and two lamps were not lit.")


def found(answer: str, references: tuple[str, ...] = REFERENCES) -> Features:
    question = asked(QUESTION, references)
    return features(question, question.read(answer))


@pytest.mark.parametrize(
    "name", ["precision", "recall", "f1", "new_recall", "trigrams", "order_recall", "weighed_recall"]
)
def test_a_reference_has_everything_in_common_with_itself(name: str) -> None:
    assert found(REFERENCES[0])[name] == 1.0


@pytest.mark.parametrize("name", ["precision", "recall", "f1", "words_f1", "trigrams", "pairs_recall", "rarest_said"])
def test_an_answer_about_something_else_has_nothing_in_common(name: str) -> None:
    assert found("Zebras jump")[name] == 0.0


@pytest.mark.parametrize(
    ("name", "less", "more"),
    [
        ("recall", "strong wind", "strong wind on the bay"),
        ("new_rare_recall", "the ferry in the harbour", "the wind"),
        ("trigrams", "windy", "the wind was strong"),
        ("outside", "strong wind", "strong wind, angry captain"),
        ("negation", "the wind was too strong", "the wind was not too strong"),
        ("opposites", "the wind was strong", "the wind was weak"),
        ("numbers_added", "bulb A", "bulb A and bulb C"),
        ("from_question", "strong wind", "the ferry stayed in the harbour"),
        ("content_order", "bay cross strong wind", "wind strong cross bay"),
        ("soft_recall", "zebras", "windier"),
    ],
)
def test_a_feature_grows_with_what_it_is_named_for(name: str, less: str, more: str) -> None:
    assert found(less)[name] < found(more)[name]


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_is_nearest_to_itself(reference: str) -> None:
    question = asked(QUESTION, REFERENCES)
    assert nearest_reference(question, question.read(reference)).text.raw == reference


def test_references_without_a_word_do_not_count() -> None:
    assert [each.text.raw for each in asked(QUESTION, ("…", "strong wind", "")).references] == ["strong wind"]


def test_a_question_has_so_many_references_at_most() -> None:
    assert len(asked(QUESTION, tuple(f"reference {n}" for n in range(50))).references) == MOST_REFERENCES


def test_the_core_is_what_most_references_speak_of() -> None:
    question = asked(QUESTION, ("strong wind", "wind from the north", "a wind of force nine"))
    assert question.core == {"wind"}


def test_the_shipped_model_knows_every_feature_by_name() -> None:
    assert list(shipped().scales) == list(found("strong wind"))
    assert set(PRODUCTS_OF) <= set(shipped().scales)


@given(st.text(max_size=120), st.lists(st.text(max_size=40), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_features_are_finite_whatever_is_written(answer: str, references: list[str]) -> None:
    question = asked(QUESTION, ("strong wind", *references))
    first = features(question, question.read(answer))
    assert all(isfinite(value) for value in first.values())
    assert first == features(question, question.read(answer))
