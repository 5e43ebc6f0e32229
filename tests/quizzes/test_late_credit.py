"""How credit falls after a quiz has closed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.late_credit import MOST_STEPS, credit_for, steps_of, timeline_problems

TWO_DAYS: list[dict[str, Any]] = [{"hours": 24, "credit": 0.8}, {"hours": 48, "credit": "0.5"}]


@pytest.mark.parametrize(
    ("late", "credit"),
    [
        (timedelta(hours=-5), "1"),
        (timedelta(), "1"),
        (timedelta(microseconds=1), "0.8"),
        (timedelta(hours=24), "0.8"),
        (timedelta(hours=24, seconds=1), "0.5"),
        (timedelta(hours=48), "0.5"),
        (timedelta(days=9), "0.5"),
    ],
)
def test_the_first_step_that_reaches_gives_the_credit(late: timedelta, credit: str) -> None:
    assert credit_for(steps_of(TWO_DAYS), late=late) == Decimal(credit)


def test_without_steps_nothing_is_taken_off() -> None:
    assert credit_for((), late=timedelta(days=1)) == 1


@pytest.mark.parametrize("timeline", [[], TWO_DAYS, [{"hours": 0.5, "credit": 0}], [{"hours": 8784, "credit": 1}]])
def test_a_sound_timeline_has_no_problem(timeline: Any) -> None:
    assert list(timeline_problems(timeline)) == []


EACH = "Each step of late credit has hours (above 0, at most 8,784) and a credit from 0 to 1."
ORDER = "Put the steps of late credit in order: each ends later than the one before."
FALLS = "Credit falls with time: no step of late credit may give more than the one before."
LIST = f"Write late credit as a list of at most {MOST_STEPS} steps."


@pytest.mark.parametrize(
    ("timeline", "problems"),
    [
        ("soon", [LIST]),
        ([{"hours": n + 1, "credit": 1} for n in range(MOST_STEPS + 1)], [LIST]),
        ([3], [EACH]),
        ([{"hours": 24}], [EACH]),
        ([{"hours": 24, "credit": 0.5, "why": ""}], [EACH]),
        ([{"hours": True, "credit": 0.5}], [EACH]),
        ([{"hours": 0, "credit": 0.5}], [EACH]),
        ([{"hours": 9000, "credit": 0.5}], [EACH]),
        ([{"hours": "NaN", "credit": 0.5}], [EACH]),
        ([{"hours": "x", "credit": 0.5}], [EACH]),
        ([{"hours": 1, "credit": 1.01}], [EACH]),
        ([{"hours": 2, "credit": 0.5}, {"hours": 2, "credit": 0.4}], [ORDER]),
        ([{"hours": 2, "credit": 0.5}, {"hours": 3, "credit": 0.6}], [FALLS]),
        ([{"hours": 3, "credit": 0.5}, {"hours": 2, "credit": 0.6}], [ORDER, FALLS]),
    ],
)
def test_what_is_wrong_with_a_timeline_is_said(timeline: Any, problems: list[str]) -> None:
    assert list(timeline_problems(timeline)) == problems


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["hours", "credit", "x"]), inner),
    max_leaves=6,
)


@given(json_values)
def test_any_json_is_judged_and_what_passes_can_be_used(timeline: Any) -> None:
    if not list(timeline_problems(timeline)):
        steps = steps_of(timeline)
        hours = sorted(step.hours for step in steps)
        assert [step.hours for step in steps] == hours
        assert all(0 <= credit_for(steps, late=timedelta(hours=late)) <= 1 for late in range(-2, 50, 7))
