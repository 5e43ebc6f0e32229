"""How an answer did, in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.verdicts import Verdict, verdict_of
from quizzes.models import Grading

NOT_YET = [grading for grading in Grading if grading not in (Grading.GRADED, Grading.PENDING_MANUAL)]


@pytest.mark.parametrize(
    ("fraction", "is_answered", "verdict"),
    [
        ("1", True, Verdict.RIGHT),
        ("0.999999", True, Verdict.PARTLY),
        ("0.000001", True, Verdict.PARTLY),
        ("0", True, Verdict.WRONG),
        ("0", False, Verdict.UNANSWERED),
        # Somebody was given something for nothing: what they earned is what is told.
        ("1", False, Verdict.RIGHT),
    ],
)
def test_a_graded_answer_is_told_by_what_it_earned(fraction: str, is_answered: bool, verdict: Verdict) -> None:
    assert verdict_of(Grading.GRADED, Decimal(fraction), is_answered=is_answered) == verdict


@pytest.mark.parametrize("grading", NOT_YET)
@pytest.mark.parametrize("is_answered", [True, False])
def test_an_answer_without_a_grade_is_being_graded(grading: Grading, is_answered: bool) -> None:
    assert verdict_of(grading, None, is_answered=is_answered) == Verdict.BEING_GRADED


def test_an_answer_that_a_person_has_to_look_at_waits() -> None:
    assert verdict_of(Grading.PENDING_MANUAL, None, is_answered=True) == Verdict.WAITS


@given(st.decimals(0, 1, places=6))
def test_only_all_is_right_and_only_nothing_is_not(fraction: Decimal) -> None:
    verdict = verdict_of(Grading.GRADED, fraction, is_answered=True)
    assert (verdict == Verdict.RIGHT) == (fraction == 1)
    assert (verdict == Verdict.WRONG) == (fraction == 0)
