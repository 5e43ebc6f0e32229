"""How credit falls after a quiz has closed."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.late_credit import (
    MOST_HOURS,
    MOST_STEPS,
    LateStep,
    as_timeline,
    credit_for,
    steps_of,
    timeline_problems,
)

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
        ([{"hours": 10**5_000, "credit": 0.5}], [EACH]),
        ([{"hours": 1, "credit": -(10**5_000)}], [EACH]),
        ([{"hours": "1e999999999", "credit": 0.5}], [EACH]),
        ([{"hours": 1, "credit": "sNaN"}], [EACH]),
        ([{"hours": 1, "credit": "-0.0000001"}], [EACH]),
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


@st.composite
def sound_steps(draw: Any) -> tuple[LateStep, ...]:
    """Steps as a quiz may have them: later and later, for less and less."""
    hours = draw(st.lists(st.decimals("0.01", MOST_HOURS, places=2), min_size=1, max_size=MOST_STEPS, unique=True))
    earned = draw(st.lists(st.decimals(0, 1, places=4), min_size=len(hours), max_size=len(hours)))
    ordered = zip(sorted(hours), sorted(earned, reverse=True), strict=True)
    return tuple(LateStep(hour, credit) for hour, credit in ordered)


lateness = st.timedeltas(timedelta(days=-30), timedelta(days=800))


@given(sound_steps(), lateness, lateness)
def test_who_is_later_never_gets_more(steps: tuple[LateStep, ...], one: timedelta, other: timedelta) -> None:
    earlier, later = (credit_for(steps, late=late) for late in sorted((one, other)))
    assert 0 <= later <= earlier <= 1


@given(sound_steps())
def test_at_the_end_of_a_step_its_credit_still_counts_and_a_moment_later_the_next(steps: tuple[LateStep, ...]) -> None:
    for step, following in pairwise(steps):
        assert credit_for(steps, late=step.until) == step.credit
        assert credit_for(steps, late=step.until + timedelta(microseconds=1)) == following.credit
    assert credit_for(steps, late=steps[-1].until + timedelta(days=900)) == steps[-1].credit


@given(sound_steps())
def test_steps_come_back_from_what_a_quiz_stores(steps: tuple[LateStep, ...]) -> None:
    stored = json.loads(json.dumps(as_timeline(steps)))
    assert list(timeline_problems(stored)) == []
    assert steps_of(stored) == steps


@given(sound_steps(), st.data())
def test_steps_that_are_turned_round_are_told(steps: tuple[LateStep, ...], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(steps) - 1))
    turned = [*steps[:at], *steps[at:][::-1]]
    problems = list(timeline_problems(as_timeline(turned)))
    assert (ORDER in problems) == (len(steps) - at > 1)


@pytest.mark.parametrize("hours", [0.01, 1, 24, 8784])
def test_a_step_lasts_to_its_last_second(hours: float) -> None:
    (step,) = steps_of([{"hours": hours, "credit": 0.5}])
    assert step.until == timedelta(hours=hours)
    assert credit_for((step,), late=timedelta(microseconds=1)) == Decimal("0.5")
