"""What learners remember, as bars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models import Concept
from quizzes.domain.class_retention import ConceptRetention
from web.studio.charts.retention import retention_chart
from web.studio.charts.way import HEAD, LETTERS, ROW, WIDTH


def remembered(*chances: float, term: str = "wall") -> ConceptRetention:
    return ConceptRetention(Concept(term=term), 9, 12, 3, chances)


def test_a_bar_is_as_wide_as_what_is_known_now_and_dark_as_far_as_it_lasts() -> None:
    [bar] = retention_chart([remembered(1, 0.8, 0.5)]).bars

    assert (bar.later, bar.fading, bar.later + bar.fading) == (WIDTH // 2, WIDTH // 2, WIDTH)
    assert bar.said == "100 % known now, 50 % in a month"


def test_concepts_of_which_too_little_is_known_have_no_bar() -> None:
    chart = retention_chart([remembered(), remembered(0.9, 0.8, 0.7, term="lake"), remembered()])

    assert ([bar.name for bar in chart.bars], [bar.y for bar in chart.bars]) == (["lake"], [HEAD])
    assert chart.height == HEAD + ROW


def test_nothing_to_tell_is_nothing_to_draw() -> None:
    assert retention_chart([]).bars == ()


@pytest.mark.parametrize(("length", "is_cut"), [(LETTERS, False), (LETTERS + 1, True)])
def test_a_long_term_is_cut_to_a_line(length: int, is_cut: bool) -> None:
    [bar] = retention_chart([remembered(1, 1, 1, term="x" * length)]).bars

    assert (len(bar.name), bar.name.endswith("…")) == (LETTERS, is_cut)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted), max_size=6))
def test_bars_stand_below_each_other_within_the_figure(pairs: list[list[float]]) -> None:
    chart = retention_chart([remembered(now, now, later) for later, now in pairs])

    assert [bar.y for bar in chart.bars] == [HEAD + ROW * at for at in range(len(pairs))]
    for bar in chart.bars:
        assert 0 <= bar.later <= bar.later + bar.fading <= WIDTH
