"""Figures are written as Prometheus reads them, whatever they and their labels hold."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.exposition import Metric, Sample, by, histogram, single

LINE = re.compile(r'^[a-z_]+(?:\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"\})? (\S+)$')


@pytest.mark.parametrize(
    ("sample", "line"),
    [
        (Sample(3), "waiting 3"),
        (Sample(0.0), "waiting 0"),
        (Sample(True), "waiting 1"),
        (Sample(1.25), "waiting 1.25"),
        (Sample(1_764_220_000.125), "waiting 1764220000.125"),
        (Sample(2, {"state": "pending"}), 'waiting{state="pending"} 2'),
        (Sample(2, {"le": "5"}, "_bucket"), 'waiting_bucket{le="5"} 2'),
        (Sample(7, ending="_count"), "waiting_count 7"),
    ],
)
def test_a_figure_is_one_line(sample: Sample, line: str) -> None:
    assert sample.line("waiting") == line


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_figure_stays_one_line_and_comes_back_as_it_was(label: str, value: float) -> None:
    found = LINE.match(Sample(value, {"state": label}).line("waiting"))
    assert found is not None
    assert math.isclose(float(found[1]), value, rel_tol=1e-14)


@given(st.text())
def test_a_label_comes_back_as_it_was(label: str) -> None:
    written = Sample(1, {"state": label}).line("waiting").removeprefix('waiting{state="').removesuffix('"} 1')
    read = re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), written)
    assert read == label


def test_a_metric_says_what_it_is_before_its_figures() -> None:
    metric = Metric("waiting", "gauge", "What waits.", by("state", {"queued": 2, "running": 0}))
    assert metric.text().splitlines() == [
        "# HELP waiting What waits.",
        "# TYPE waiting gauge",
        'waiting{state="queued"} 2',
        'waiting{state="running"} 0',
    ]


def test_a_metric_without_a_figure_is_not_there() -> None:
    assert Metric("waiting", "gauge", "What waits.", single(None)).text() == ""


def test_a_histogram_ends_with_all_there_were_their_sum_and_their_count() -> None:
    metric = Metric("took", "histogram", "How long.", histogram({1: 3, 5: 4}, count=6, total=61.5))
    assert metric.text().splitlines()[2:] == [
        'took_bucket{le="1"} 3',
        'took_bucket{le="5"} 4',
        'took_bucket{le="+Inf"} 6',
        "took_sum 61.5",
        "took_count 6",
    ]
