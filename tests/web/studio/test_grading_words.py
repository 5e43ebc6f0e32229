"""Points, drift and agreement in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quizzes.domain.drift import GraderDay, drift_from
from web.studio.grading_words import agreement_reading, drift_reading, of_points, points, signed


@pytest.mark.parametrize(
    ("amount", "written", "with_sign"),
    [
        ("2", "2", "+2"),
        ("1.50", "1.5", "+1.5"),
        ("0.999999", "1", "+1"),
        ("-0.333333", "−0.33", "−0.33"),
        ("0", "0", "0"),
        ("0.001", "0", "0"),
        ("-0.001", "0", "0"),
        ("10", "10", "+10"),
    ],
)
def test_points_are_written_without_trailing_zeros(amount: str, written: str, with_sign: str) -> None:
    assert (points(Decimal(amount)), signed(Decimal(amount))) == (written, with_sign)


def test_a_fraction_of_points() -> None:
    assert of_points(Decimal("0.666667"), Decimal(3)) == "2 of 3"


def days(*graded: tuple[str, float, int]) -> list[GraderDay]:
    return [
        GraderDay(number, name, date(2026, 11, 22), mean, count) for number, (name, mean, count) in enumerate(graded)
    ]


@pytest.mark.parametrize(
    ("graded", "sentence"),
    [
        ([], "Nobody has graded this question yet."),
        ([("Anna", 0.5, 40)], "Only Anna has graded this question, so there is nobody to compare with."),
        (
            [("Anna", 0.5, 40), ("Berta", 0.9, 9)],
            "Too little to compare yet: it takes 10 answers from one person and 10 from the others.",
        ),
        ([("Anna", 0.5, 40), ("Berta", 0.62, 40)], "Berta gives 0.12 more than the others on this question."),
        (
            [("Anna", 0.48, 40), ("Berta", 0.6, 20), ("Carl", 0.6, 20)],
            "Anna gives 0.12 less than the others on this question.",
        ),
        ([("Anna", 0.5, 40), ("Berta", 0.502, 40)], "Everybody gives the same on this question."),
    ],
)
def test_the_chart_reads_as_one_sentence(graded: list[tuple[str, float, int]], sentence: str) -> None:
    assert drift_reading(drift_from(days(*graded))) == sentence


def test_agreement_is_told_in_answers_and_per_cent() -> None:
    assert agreement_reading(45, 50) == "The suggestion was what people gave for 45 of 50 answers, 90 %."
    assert agreement_reading(0, 0) == "No answer has both a suggestion and a person’s grade yet."
