from __future__ import annotations

import pytest

from quizzes.domain.calibration import Calibration
from web.learner.calibration_words import shown_calibration


def reading(*found: tuple[int, int, float]) -> str:
    shown = shown_calibration([Calibration(*each) for each in found])
    assert shown is not None
    return shown.reading


def test_nothing_is_drawn_before_anything_was_said() -> None:
    assert shown_calibration([]) is None


def test_each_confidence_has_a_bar_and_a_row() -> None:
    shown = shown_calibration([Calibration(1, 4, 0.25), Calibration(3, 1, 1.0)])

    assert shown is not None
    assert shown.rows == [("Guessing", 4, "25 %"), ("Certain", 1, "100 %")]
    assert [(bar.label, bar.said, bar.y, bar.width) for bar in shown.chart.bars] == [
        ("Guessing", "25 % of four answers", 10, 95.0),
        ("Certain", "100 % of one answer", 50, 380.0),
    ]
    assert shown.chart.height == 90


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ([(3, 4, 1.0)], "Say of five answers that you are certain, and this tells how often you are right."),
        ([(1, 9, 0.9)], "Say of five answers that you are certain, and this tells how often you are right."),
        ([(3, 5, 0.79)], "Of what you were certain of, 79 % was right: look twice."),
        ([(3, 5, 0.8)], "When you are certain you are right: 80 % of the time."),
        ([(1, 5, 0.61), (3, 5, 0.9)], "You know more than you think: 61 % of your guesses were right."),
        ([(1, 4, 0.9), (3, 5, 0.9)], "When you are certain you are right: 90 % of the time."),
        ([(1, 5, 0.6), (3, 5, 0.9)], "When you are certain you are right: 90 % of the time."),
        ([(1, 5, 0.9), (3, 5, 0.5)], "Of what you were certain of, 50 % was right: look twice."),
    ],
)
def test_the_sentence_says_what_to_make_of_it(found: list[tuple[int, int, float]], sentence: str) -> None:
    assert reading(*found) == sentence
