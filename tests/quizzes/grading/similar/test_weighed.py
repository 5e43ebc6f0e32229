"""What the question says already hardly counts; what only the answer and a reference say counts in full."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading.similar.asked import Asked, asked
from quizzes.grading.similar.weighed import MOST, Figures, unasked, weighed

QUESTION = "A ferry from Holm met fog. The keeper rang a bell. Why did the ferry stay in the harbour?"
REFERENCES = ("The wind was too strong to cross the bay.", "The keeper saw the wind tear a buoy loose.")
SHARES = (
    "weighed_recall", "weighed_precision", "weighed_tversky", "weighed_soft_recall", "weighed_worst_clause",
    "weighed_mean_clause", "weighed_recall_mean", "weighed_recall_of_union", "from_asking", "from_scene",
    "unasked_recall", "unasked_precision", "unasked_f1", "unasked_trigrams", "unasked_trigrams_recall",
    "unasked_words_recall", "unasked_ratio", "functions_recall",
)  # fmt: skip
words = st.lists(st.sampled_from(f"{QUESTION} {' '.join(REFERENCES)} zebra not 12".split()), max_size=12).map(" ".join)


def question(*references: str) -> Asked:
    return asked(QUESTION, references or REFERENCES)


def found(answer: str, *references: str) -> Figures:
    here = question(*references)
    text = here.read(answer)
    return weighed(here, text) | unasked(here, text)


@pytest.mark.parametrize(
    "name",
    ["weighed_recall", "weighed_precision", "weighed_soft_recall", "unasked_recall", "unasked_f1", "unasked_trigrams"],
)
@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_says_all_of_itself(name: str, reference: str) -> None:
    assert found(reference)[name] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("name", "less", "more"),
    [
        ("weighed_recall", "strong ferry", "strong wind"),
        ("weighed_recall", "the keeper", "a buoy"),
        ("weighed_precision", "strong wind, zebras", "strong wind"),
        ("weighed_tversky", "strong wind, zebras and lions", "strong wind"),
        ("weighed_tversky", "strong wind", "strong wind across the bay"),
        ("weighed_soft_recall", "zebras", "it is windier"),
        ("weighed_hits", "strong", "strong wind in the bay"),
        ("weighed_misses", "strong", "strong wind in the bay"),
        ("weighed_worst_miss", "zebras", "a strong wind to cross the bay"),
        ("weighed_outside", "strong wind", "strong wind and zebras"),
        ("weighed_answer", "wind", "wind and zebras"),
        ("new_odds", "wind", "wind, too strong to cross"),
        ("from_asking", "strong wind", "the ferry, the harbour"),
        ("from_scene", "strong wind", "the bell, the fog"),
        ("unasked_precision", "zebras and wind", "ferry and wind"),
        ("unasked_trigrams_recall", "harbour", "winds"),
        ("functions_recall", "wind", "the wind was too"),
    ],
)
def test_a_figure_grows_with_what_it_is_named_for(name: str, less: str, more: str) -> None:
    assert found(less)[name] < found(more)[name]


def test_repeating_what_was_asked_earns_less_than_what_the_story_says_and_that_less_than_what_is_new() -> None:
    reference = "The ferry heard the bell in the wind."
    recalls = [found(each, reference)["weighed_recall"] for each in ("the ferry", "the bell", "the wind")]
    assert recalls == sorted(recalls)
    assert len(set(recalls)) == 3


def test_one_word_of_one_says_less_than_all_of_many() -> None:
    few, many = "Wind.", "The wind was too strong to cross the bay."
    assert found(few, few)["weighed_tversky"] < found(many, many)["weighed_tversky"]


def test_the_best_is_over_all_references_and_the_mean_over_each() -> None:
    answer = "strong wind"
    alone = [found(answer, each)["weighed_recall"] for each in REFERENCES]
    assert found(answer)["weighed_recall"] == max(alone)
    assert found(answer)["weighed_recall_mean"] == pytest.approx(sum(alone) / 2)


def test_of_what_the_whole_reference_shares_with_the_question_it_wants_all() -> None:
    assert found("the ferry", "The ferry in the harbour.")["unasked_recall"] < 1.0


@given(words)
@settings(deadline=None)
def test_shares_stay_between_none_and_all_and_weights_within_what_counts(answer: str) -> None:
    figures = found(answer)
    assert all(0.0 <= figures[name] <= 1.0 + 1e-9 for name in SHARES)
    assert all(abs(figures[name]) <= MOST for name in ("weighed_hits", "weighed_misses", "weighed_outside"))


@given(words)
@settings(deadline=None)
def test_the_order_of_words_changes_no_weight(answer: str) -> None:
    here = question()
    turned = " ".join(reversed(answer.split()))
    assert weighed(here, here.read(answer)) == pytest.approx(weighed(here, here.read(turned)))
