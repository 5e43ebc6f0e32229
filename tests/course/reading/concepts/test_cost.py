"""Finding concepts costs in proportion to the text, whatever it repeats."""

from __future__ import annotations

import time

import pytest

from tests.course.reading.concepts.articles import concepts_in

TIMES = 400
GROWTH = 8
"""Four times the text may cost twice as much again as four times the time, on a machine that does other things."""
PATTERNS = (
    "lamp ", "the lamp, a thing, ", "“lamp” ", "they call it a lamp ", "Oda Brisk of ", "the lamp of the lamp of ",
    "known as ", "“a b c d ", "lamp-lamp-", "describe so much as ", "No. ", "it's ", "1,1", "lamp\n", "clay bell door ",
)  # fmt: skip


def seconds(text: str, language: str) -> float:
    spent = []
    for _ in range(3):
        start = time.process_time()
        concepts_in(text, language=language)
        spent.append(time.process_time() - start)
    return min(spent)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_four_times_the_text_costs_about_four_times_the_time(pattern: str, language: str) -> None:
    concepts_in("warm")
    short, long = (seconds(pattern * times, language) for times in (TIMES, 4 * TIMES))
    assert long <= GROWTH * max(short, 0.005)


@pytest.mark.promise(38)
@pytest.mark.parametrize("sign", [" ", "\u3000", "-", ",", "“", "("], ids=ascii)
def test_a_run_of_one_sign_costs_as_much_as_it_is_long(sign: str) -> None:
    concepts_in("warm")
    short, long = (seconds(f"The town built a wall{sign * length}stone.", "en") for length in (4_000, 16_000))
    assert long <= GROWTH * max(short, 0.005)
