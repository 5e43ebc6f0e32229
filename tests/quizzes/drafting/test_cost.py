"""Drafting costs in proportion to the text, whatever its sentences are, and however often a term stands in them."""

from __future__ import annotations

import time

import pytest

from course.reading.outline import Outline
from quizzes.drafting import draft
from quizzes.drafting.material import MOST_IN_A_SENTENCE, prepare
from quizzes.drafting.terms import MOST_PLACES
from tests.quizzes.drafting.drafters.proposals import outline_on, term_of
from tests.quizzes.drafting.samples import outline_of

TIMES = 150
GROWTH = 8
"""Four times the text may cost twice as much again as four times the time, on a machine that does other things."""
PATTERNS = (
    "lamp ", "the lamp, a thing, ", "“lamp” ", "lamp — lamp ", "and the lamp was lit, ", "they call it a lamp ",
    "If the lamp fell, two men came. ", "Critics believe that the lamp fell down in spring. ",
    "However, the lamp fell because of ninety men. ", "Critics call the town a lamp. ",
    "“The lamp is out of order in town,” says Oda Brisk. ", "The lamp was lit in the spring of that year by a man. ",
)  # fmt: skip


def repeated(pattern: str, times: int) -> Outline:
    text = f"{pattern * times}The clay bell is here. {pattern * times}"
    return outline_of([("", [text])], ["clay bell", "lamp", "Brisk"])


def seconds(outline: Outline) -> float:
    spent = []
    for _ in range(3):
        start = time.process_time()
        draft(outline)
        spent.append(time.process_time() - start)
    return min(spent)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_four_times_the_text_costs_about_four_times_the_time(pattern: str) -> None:
    short, long = repeated(pattern, TIMES), repeated(pattern, 4 * TIMES)
    draft(short)
    assert seconds(long) <= GROWTH * max(seconds(short), 0.01)


def test_the_first_mentions_of_a_term_in_a_sentence_are_placed_and_all_sentences_are_met() -> None:
    text = f"#\n\n{'lamp and ' * 9}lamp. A lamp. The lamp fell."
    places = term_of(prepare(outline_on(text, "lamp"), {}), "lamp").places
    assert [place.sentence.number for place in places] == [0] * MOST_IN_A_SENTENCE + [1, 2]


def test_a_term_of_hundreds_of_sentences_keeps_all_its_places_and_looks_at_the_first() -> None:
    term = term_of(prepare(outline_on(f"#\n\n{'The lamp fell. ' * 200}", "lamp"), {}), "lamp")
    assert (len(term.places), term.first_places) == (200, term.places[:MOST_PLACES])
