from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.benchmarks.report import Gate, Report, in_words, percentile, spread

values = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=50)


def test_a_gate_holds_up_to_its_limit() -> None:
    assert [Gate("cost", value, 2.0).holds for value in (1.9, 2.0, 2.01)] == [True, True, False]


def test_a_gate_that_asks_for_more_holds_from_its_limit_on() -> None:
    assert [Gate("share", value, 0.7, is_least=True).holds for value in (0.69, 0.7, 0.71)] == [False, True, True]


@pytest.mark.parametrize(("value", "holds"), [(0.0507, False), (0.050001, False), (0.05, True)])
def test_a_gate_compares_what_was_measured_and_not_what_is_shown(value: float, holds: bool) -> None:
    assert Gate("cost", value, 0.05).holds is holds


@given(st.floats(0, 1), st.floats(0, 1))
def test_at_most_and_at_least_agree_only_where_the_limit_is_met_exactly(value: float, limit: float) -> None:
    both = (Gate("a", value, limit).holds, Gate("a", value, limit, is_least=True).holds)
    assert both == (value <= limit, value >= limit)


def test_a_gate_says_whether_it_holds() -> None:
    assert str(Gate("cost", 1.5, 2.0)) == "holds   cost: 1.5, at most 2"
    assert str(Gate("cost", 2.5, 2.0)) == "MISSED  cost: 2.5, at most 2"
    assert str(Gate("share", 0.69804, 0.71, is_least=True)) == "MISSED  share: 0.698, at least 0.71"


def test_a_report_is_the_same_for_people_and_programs() -> None:
    report = Report("journey", figures={"busy": 0.5}, lines=["  a line"])
    report.hold("cost", 1.234567, limit=2)
    report.reach("share", 0.5, least=0.6)
    report.without("the journey on postgresql", "there is none")
    assert report.as_json() == {
        "benchmark": "journey",
        "figures": {"busy": 0.5},
        "gates": [
            {"name": "cost", "value": 1.2346, "limit": 2, "holds": True},
            {"name": "share", "value": 0.5, "least": 0.6, "holds": False},
        ],
        "not_run": ["not run: the journey on postgresql because there is none"],
    }
    assert report.as_text().splitlines() == [
        "── journey",
        "  a line",
        "holds   cost: 1.235, at most 2",
        "MISSED  share: 0.5, at least 0.6",
        "not run: the journey on postgresql because there is none",
    ]


def test_a_spread_names_the_ends_and_the_middle() -> None:
    assert spread([3.0, 1.0, 2.004]) == {"min": 1.0, "med": 2.0, "max": 3.0}


def test_percentiles_are_values_that_occurred() -> None:
    hundred = [float(n) for n in range(1, 101)]
    assert [percentile(hundred, share) for share in (0.0, 0.5, 0.95, 1.0)] == [1.0, 50.0, 95.0, 100.0]


@given(values, st.floats(min_value=0, max_value=1))
def test_a_percentile_lies_among_its_values(found: list[float], share: float) -> None:
    assert percentile(found, share) in found


@given(values, st.integers(min_value=1, max_value=100))
def test_a_percentile_is_the_smallest_that_its_share_does_not_exceed(found: list[float], share: int) -> None:
    reached = percentile(found, share / 100)
    assert 100 * sum(value <= reached for value in found) >= share * len(found)
    assert all(100 * sum(other <= value for other in found) < share * len(found) for value in found if value < reached)


@given(values, st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_has_no_smaller_percentile(found: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert percentile(found, low) <= percentile(found, high)


@given(values)
def test_the_order_in_which_values_came_does_not_matter(found: list[float]) -> None:
    assert spread(found) == spread(found[::-1])
    assert percentile(found, 0.95) == percentile(sorted(found), 0.95)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([1.0], "1 / 1 / 1"),
        ([1.0, 2.0], "1 / 1.5 / 2"),
        ([0.001, 0.002], "0 / 0 / 0"),
        ([1234.5], "1234.5 / 1234.5 / 1234.5"),
    ],
)
def test_a_spread_is_told_without_idle_zeros(found: list[float], said: str) -> None:
    assert in_words(spread(found)) == said


@pytest.mark.parametrize("value", [float("nan")])
def test_what_is_no_number_holds_no_gate(value: float) -> None:
    assert not Gate("cost", value, 1.0).holds
    assert not Gate("share", value, 1.0, is_least=True).holds


def test_a_report_without_anything_is_its_name() -> None:
    assert Report("pages").as_text() == "── pages"
    assert Report("pages").as_json() == {"benchmark": "pages", "figures": {}, "gates": [], "not_run": []}


def test_two_reports_share_nothing() -> None:
    one, other = Report("one"), Report("other")
    one.hold("cost", 1, limit=2)
    one.without("all of it", "there is no time")
    assert (other.gates, other.not_run, other.lines, other.figures) == ([], [], [], {})
