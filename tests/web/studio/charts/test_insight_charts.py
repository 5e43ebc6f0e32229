"""The charts of insight: where things stand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.studio.charts.durations import durations_chart
from web.studio.charts.fifths import fifths_chart
from web.studio.charts.scatter import FIGURE_WIDTH, LABEL_HEIGHT, WIDTH, Measured, Point, scatter
from web.studio.charts.tenths import tenths_chart

questions = st.lists(
    st.builds(Measured, st.integers(1, 60), st.floats(0, 100), st.floats(-100, 100)),
    max_size=20,
    unique_by=lambda q: q.number,
)


class TestScatter:
    @pytest.mark.parametrize(
        ("facility", "discrimination", "x", "y", "is_bad"),
        [(0, 100, 40, 40, False), (100, 100, 560, 40, False), (60, 0, 352, 240, False), (0, -40, 40, 320, True)],
    )
    def test_a_question_stands_where_its_figures_say(
        self, facility: float, discrimination: float, x: int, y: int, is_bad: bool
    ) -> None:
        (point,) = scatter([Measured(1, facility, discrimination)]).points

        assert (point.x, point.y, point.is_bad) == (x, y, is_bad)

    def test_what_is_below_the_lowest_line_stands_on_it(self) -> None:
        assert scatter([Measured(1, 50, -90)]).points[0].y == 320

    def test_levels_have_a_true_minus(self) -> None:
        assert [level for _, level in scatter([]).levels] == ["100", "20", "0", "−40"]

    @given(questions)
    def test_every_question_has_a_point_within_the_frame(self, found: list[Measured]) -> None:
        chart = scatter(found)

        assert sorted(point.number for point in chart.points) == sorted(each.number for each in found)
        assert all(
            chart.left <= point.x <= chart.right and chart.top <= point.y <= chart.bottom for point in chart.points
        )

    def test_points_come_by_number_as_the_keyboard_walks_them(self) -> None:
        chart = scatter([Measured(3, 10, 90), Measured(1, 50, -10), Measured(2, 50, 60)])
        assert [point.number for point in chart.points] == [1, 2, 3]

    @pytest.mark.parametrize("count", [2, 3, 4, 6])
    def test_numbers_of_questions_in_one_place_stand_apart(self, count: int) -> None:
        points = scatter([Measured(number, 50, 50) for number in range(1, count + 1)]).points
        assert not any(on_one_another(one, other) for one, other in combinations(points, 2))

    @given(questions)
    def test_a_number_stands_within_the_frame_and_near_its_point(self, found: list[Measured]) -> None:
        for point in scatter(found).points:
            assert 0 <= point.label_x <= WIDTH
            assert abs(point.label_x - point.x) <= 10
            assert abs(point.label_y - point.y) <= 8 * LABEL_HEIGHT

    def test_a_lone_point_has_its_number_on_the_right_unless_the_frame_ends_there(self) -> None:
        (inner,), (outer,) = (scatter([Measured(1, facility, 50)]).points for facility in (50, 100))
        assert (inner.anchor, inner.label_x > inner.x) == ("start", True)
        assert (outer.anchor, outer.label_x < outer.x) == ("end", True)

    def test_a_number_makes_way_for_the_next_point(self) -> None:
        left, _ = scatter([Measured(1, 50, 50), Measured(2, 54, 50)]).points
        assert left.anchor == "end"


def on_one_another(one: Point, other: Point) -> bool:
    """Whether two numbers of one figure share any ground."""
    shift = {"start": 0, "middle": FIGURE_WIDTH / 2, "end": FIGURE_WIDTH}
    lefts = [point.label_x - shift[point.anchor] for point in (one, other)]
    return abs(lefts[0] - lefts[1]) < FIGURE_WIDTH and abs(one.label_y - other.label_y) < LABEL_HEIGHT


class TestTenths:
    def test_the_most_frequent_reaches_the_top(self) -> None:
        chart = tenths_chart([0, 0, 0, 1, 0, 0, 2, 4, 0, 1], pass_fraction=0.6)

        tallest = chart.bars[7]
        assert (tallest.label, tallest.y, tallest.height) == ("70–80 %", chart.top, chart.bottom - chart.top)
        assert [bar.passes for bar in chart.bars] == [False] * 6 + [True] * 4
        assert chart.cut == pytest.approx(346, abs=1)

    def test_without_a_pass_mark_everybody_passes(self) -> None:
        chart = tenths_chart([1] * 10, pass_fraction=None)

        assert (chart.cut, {bar.passes for bar in chart.bars}) == (None, {True})

    def test_nobody_is_a_flat_chart(self) -> None:
        assert {bar.height for bar in tenths_chart([0] * 10, pass_fraction=0.5).bars} == {0}


class TestFifths:
    @staticmethod
    def choice(label: str, *fifths: float | None, credit: float = 0.0) -> dict[str, Any]:
        return {"label": label, "fifths": fifths, "credit": credit}

    def test_bars_are_as_long_as_the_share(self) -> None:
        chart = fifths_chart([self.choice("a", 0.0, 0.25, 0.5, 1.0, None, credit=1.0), self.choice("b", 1, 1, 1, 1, 1)])

        first, second = chart.answers
        assert [bar.share for bar in first.bars] == [0, 25, 50, 100, None]
        assert [bar.width for bar in first.bars] == [0, 16, 32, 64, 0]
        assert (first.is_key, second.is_key) == (True, False)
        assert first.y < second.y < chart.height

    def test_a_share_that_is_not_nothing_is_seen(self) -> None:
        assert fifths_chart([self.choice("a", 0.001)]).answers[0].bars[0].width == 2

    def test_a_long_answer_takes_two_lines_and_is_cut(self) -> None:
        chart = fifths_chart([self.choice("many words " * 20, 1.0), self.choice("short", 0.0)])
        long, short = chart.answers
        assert [line for _, line in long.lines] == [
            "many words many words many words many words",
            "many words many words many words many words…",
        ]
        assert long.lines[0][0] < long.lines[1][0] == long.y < short.y

    def test_the_key_is_said_to_be_right(self) -> None:
        (answer,) = fifths_chart([self.choice("a lake", 1.0, credit=1.0)]).answers
        assert answer.lines == ((answer.y, "a lake (right)"),)

    def test_an_answer_of_no_words_has_its_bars(self) -> None:
        (answer,) = fifths_chart([self.choice("", 1.0)]).answers
        assert (answer.lines, len(answer.bars)) == (((answer.y, ""),), 1)

    @given(st.lists(st.text(max_size=200), max_size=12))
    def test_answers_never_stand_on_one_another(self, labels: list[str]) -> None:
        chart = fifths_chart([self.choice(label, 0.5) for label in labels])
        heights = [y for answer in chart.answers for y, _ in answer.lines]
        assert heights == sorted(set(heights))
        assert all(y < chart.height for y in heights)


class TestDurations:
    def test_an_attempt_left_open_does_not_squeeze_the_others(self) -> None:
        chart = durations_chart([[float(minute), 0.5] for minute in range(1, 20)] + [[900.0, 1.0]])

        assert (chart.longest, chart.half) == (19, "9.5")
        assert chart.dots[-1] == (chart.right, chart.top)

    def test_nobody_is_an_empty_chart(self) -> None:
        assert durations_chart([]).dots == ()

    @given(st.lists(st.tuples(st.floats(0, 10_000), st.floats(0, 1)), min_size=1, max_size=50))
    def test_every_dot_is_within_the_frame(self, pairs: list[tuple[float, float]]) -> None:
        chart = durations_chart(pairs)

        assert all(chart.left <= x <= chart.right and chart.top <= y <= chart.bottom for x, y in chart.dots)
