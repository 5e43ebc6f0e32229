from __future__ import annotations

from collections import Counter

import pytest

from config.benchmarks.attacks import ATTACKS, FOREIGN, MIXED, OFFERED, VERBATIM, attacked
from quizzes.grading.similar.asked import asked

QUESTIONS = [
    asked("Why did the ferry stay?", ("The wind was too strong to cross the bay.",)),
    asked("Why did the mill close?", ("The flour was not ground as fine as in the city.", "Nobody bought its flour.")),
    asked("Who lit the lamp?", ("A keeper lit it every evening at seven.",)),
    asked("What is a lock?", ("It is a chamber that lifts boats from one level to another.",)),
]


@pytest.mark.parametrize("row", ATTACKS)
def test_each_row_is_the_same_whenever_it_is_made(row: str) -> None:
    found = list(attacked(QUESTIONS, row))
    assert found == list(attacked(QUESTIONS, row)) != []
    assert {place for place, _ in found} <= set(range(len(QUESTIONS)))


def first(row: str) -> str:
    return next(attacked(QUESTIONS, row))[1]


def test_the_rows_are_what_they_are_called() -> None:
    reference = QUESTIONS[0].references[0].text.raw
    assert first(VERBATIM) == reference
    assert sorted(first("reference shuffled").split()) == sorted(reference.split())
    assert first("reference shuffled") != reference
    assert first("reference's keywords") == "wind too strong cross bay."
    assert first("reference with “not”") == "The wind was not too strong to cross the bay."
    assert first("“It is false that” and reference") == f"It is false that {reference}"
    assert first("reference, two words exchanged") == "The bay was too strong to cross the wind"
    turned = [text for _, text in attacked(QUESTIONS[:1], "“Unless” or “anything but”, and reference")]
    assert turned == [f"Unless {reference}", f"It is anything but true that {reference}"]
    other = QUESTIONS[2].references[0].text.raw
    assert first(OFFERED) == f"The wind was too strong to cross the bay or {other}"
    assert first("another question's reference") == other
    assert first("question and another's reference") == f"Why did the ferry stay? {other}"
    assert len(first("a million characters")) > 999_000


def test_a_sentence_without_an_auxiliary_is_denied_all_the_same() -> None:
    assert "not Nobody bought its flour." in [text for _, text in attacked(QUESTIONS, "reference with “not”")]


def test_a_reference_is_buried_whole_and_the_passage_is_without_it() -> None:
    reference = QUESTIONS[0].references[0].text.raw
    assert reference in first("reference buried in 300 words")
    assert reference not in first("passage without the answer")


def test_two_words_of_other_questions_stand_among_the_shuffled_ones() -> None:
    for place, text in attacked(QUESTIONS, MIXED):
        words = {at: [each.text.raw.split() for each in asked.references] for at, asked in enumerate(QUESTIONS)}
        foreign = {word for at in words if at != place for own in words[at] for word in own}
        added = min((Counter(text.split()) - Counter(own) for own in words[place]), key=Counter.total)
        assert added.total() == FOREIGN
        assert set(added) <= foreign
