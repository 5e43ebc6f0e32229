from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.learner.charts.calibration import LEFT, WIDTH, calibration_chart


def test_nothing_is_an_empty_figure() -> None:
    assert calibration_chart([]).bars == ()


@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=3))
def test_bars_stand_below_each_other_and_within_the_figure(shares: list[float]) -> None:
    chart = calibration_chart([("Certain", "so much", share) for share in shares])

    heights = [bar.y for bar in chart.bars]
    assert heights == sorted(set(heights))
    assert heights[-1] + 40 <= chart.height
    assert all(0 <= bar.width <= WIDTH - LEFT for bar in chart.bars)
