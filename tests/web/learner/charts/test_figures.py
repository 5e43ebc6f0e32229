"""Figures at their borders: exact places for small cases, and laws for the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.learner.charts import timeline as timeline_module
from web.learner.charts.concept_map import (
    BAND,
    LEFT,
    LONGEST_LINE,
    LOW,
    MOST,
    RIGHT,
    TOP,
    Dot,
    concept_map,
    label_lines,
)
from web.learner.charts.ring import AROUND, ring
from web.learner.charts.timeline import MOST_TICKS, STEPS, Answered, timeline

START = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def arc(dashes: str) -> tuple[float, float]:
    drawn, whole = dashes.split(" ")
    return float(drawn), float(whole)


@given(st.integers(1, 500), st.integers(0, 500))
def test_a_ring_grows_with_what_is_done_and_is_never_longer_than_itself(total: int, done: int) -> None:
    done = min(done, total)
    drawn, whole = arc(ring(done, total).dashes)
    assert whole == round(AROUND, 1)
    assert 0 <= drawn <= whole
    assert (drawn == whole) is (done == total)
    assert abs(drawn - AROUND * done / total) <= 0.05


@given(st.integers(1, 300), st.integers(0, 299))
def test_one_more_step_lengthens_the_ring(total: int, done: int) -> None:
    if done < total:
        assert arc(ring(done, total).dashes)[0] < arc(ring(done + 1, total).dashes)[0]


def test_a_ring_keeps_its_numbers_for_the_words_beside_it() -> None:
    assert (ring(3, 7).done, ring(3, 7).total) == (3, 7)
    assert (ring(0, 0).done, ring(0, 0).total) == (0, 0)


def dots(count: int, *, part: int = 1, questions: int = 3, mastery: float | None = None) -> list[Dot]:
    return [Dot(f"idea {number}", part, questions, mastery) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "across"),
    [
        (1, [LEFT]),
        (2, [LEFT, (LEFT + RIGHT) // 2]),
        (3, [LEFT, (LEFT + RIGHT) // 2, RIGHT]),
        (4, [LEFT, 250, 370, RIGHT]),
        (5, [LEFT, 250, 370, RIGHT, RIGHT]),
        (8, [LEFT, 250, 370, RIGHT, RIGHT, 370, 250, LEFT]),
        (9, [LEFT, 250, 370, RIGHT, RIGHT, 370, 250, LEFT, LEFT]),
    ],
)
def test_concepts_of_a_part_stand_in_rows_that_run_there_and_back(count: int, across: list[int]) -> None:
    assert [node.x for node in concept_map(dots(count)).nodes] == across


@pytest.mark.parametrize(("count", "down"), [(1, [0]), (2, [0, 12]), (3, [0, 12, 0]), (4, [0, 56, 0, 56])])
def test_every_second_concept_of_a_row_stands_lower(count: int, down: list[int]) -> None:
    assert [node.y - TOP for node in concept_map(dots(count)).nodes] == down


def test_each_part_begins_below_the_lowest_of_the_part_before() -> None:
    drawn = concept_map([*dots(4, part=1), *dots(1, part=2), *dots(1, part=0)])
    lowest = max(node.y for node in drawn.nodes[:4])
    assert drawn.nodes[4].y == lowest + BAND
    assert drawn.nodes[5].y == drawn.nodes[4].y + BAND
    assert drawn.parts == (
        (TOP + 5, "Part 1"),
        (drawn.nodes[4].y + 5, "Part 2"),
        (drawn.nodes[5].y + 5, "Elsewhere"),
    )


@given(st.lists(st.builds(Dot, st.just("idea"), st.integers(0, 5), st.integers(0, 20), st.none()), max_size=40))
def test_lines_are_one_fewer_than_the_concepts_of_each_part(given_dots: list[Dot]) -> None:
    drawn = concept_map(given_dots)
    assert len(drawn.nodes) + drawn.left_out == len(given_dots)
    assert len(drawn.edges) == len(drawn.nodes) - len(drawn.parts)
    assert len(drawn.nodes) <= MOST


@pytest.mark.parametrize("count", [MOST - 1, MOST, MOST + 1, 3 * MOST])
def test_so_many_concepts_are_drawn_and_the_others_counted(count: int) -> None:
    drawn = concept_map([Dot(f"idea {n}", 1, questions=n, known=None) for n in range(count)])
    assert (len(drawn.nodes), drawn.left_out) == (min(count, MOST), max(0, count - MOST))


def test_concepts_that_are_alike_are_drawn_one_by_one() -> None:
    drawn = concept_map([Dot("idea", 0, 0, None)] * (MOST + 1))
    assert (len(drawn.nodes), drawn.left_out) == (MOST, 1)


@pytest.mark.parametrize(
    ("questions", "radius"),
    [(0, "9.0"), (1, "13.0"), (4, "17.0"), (9, "21.0"), (12, "22.9"), (13, "22.9"), (99, "22.9")],
)
def test_a_circle_grows_with_its_questions_up_to_twelve(questions: int, radius: str) -> None:
    (node,) = concept_map(dots(1, questions=questions)).nodes
    assert node.r == radius


@pytest.mark.parametrize(
    ("mastery", "fill", "is_low"),
    [
        (None, "", False),
        (0.0, "0.0", True),
        (0.25, "7.0", True),
        (0.49, "9.8", True),
        (LOW, "9.9", False),
        (1.0, "14.0", False),
    ],
)
def test_the_filled_area_is_the_mastery_and_low_ones_are_marked(mastery: float | None, fill: str, is_low: bool) -> None:
    (node,) = concept_map(dots(1, questions=4, mastery=mastery)).nodes
    assert (node.fill, node.is_low) == (fill, is_low)


@given(st.text("ab cdefgh", max_size=60))
def test_a_label_has_two_short_lines_at_most_and_loses_no_beginning(term: str) -> None:
    lines = label_lines(term)
    assert 1 <= len(lines) <= 2
    assert all(len(line) <= LONGEST_LINE for line in lines)
    assert " ".join(lines).replace("…", "")[:10].strip() == " ".join(term.split())[:10].strip() or "…" in lines[0]


@pytest.mark.parametrize(
    ("term", "lines"),
    [
        ("x" * 15, ["x" * 15]),
        ("x" * 16, ["x" * 14 + "…"]),
        ("x" * 15 + " y", ["x" * 15, "y"]),
        ("seven letters x", ["seven letters x"]),
        ("seven letters xy", ["seven letters", "xy"]),
        ("a  b\t c", ["a b c"]),
        ("one two three four five six seven", ["one two three", "four five six…"]),
    ],
)
def test_a_label_breaks_between_words_at_fifteen_letters(term: str, lines: list[str]) -> None:
    assert label_lines(term) == lines


def labels(span: timedelta, start: datetime = START) -> list[str]:
    return [tick.text for tick in timeline([], questions=1, start=start, end=start + span).ticks]


@pytest.mark.parametrize(
    ("span", "times"),
    [
        (timedelta(0), ["10:00:00"]),
        (timedelta(seconds=4), ["10:00:00"]),
        (timedelta(seconds=25), ["10:00:00", "10:00:05", "10:00:10", "10:00:15", "10:00:20", "10:00:25"]),
        (timedelta(seconds=26), ["10:00:00", "10:00:15"]),
        (timedelta(minutes=5), ["10:00", "10:01", "10:02", "10:03", "10:04", "10:05"]),
        (timedelta(minutes=10), ["10:00", "10:02", "10:04", "10:06", "10:08", "10:10"]),
        (timedelta(hours=1), ["10:00", "10:15", "10:30", "10:45", "11:00"]),
        (timedelta(hours=5), ["10:00", "11:00", "12:00", "13:00", "14:00", "15:00"]),
        (timedelta(hours=20), ["12:00", "16:00", "20:00", "00:00", "04:00"]),
        (timedelta(days=2), ["12:00", "00:00", "12:00", "00:00"]),
        (timedelta(days=10), ["22 Nov", "24 Nov", "26 Nov", "28 Nov", "30 Nov"]),
    ],
)
def test_the_axis_names_round_times_that_fit_the_span(span: timedelta, times: list[str]) -> None:
    assert labels(span) == times


@given(st.integers(0, 10**9))
def test_the_axis_never_names_more_than_fits_and_names_them_in_order(seconds: int) -> None:
    drawn = timeline([], questions=1, start=START, end=START + timedelta(seconds=seconds))
    assert len(drawn.ticks) <= MOST_TICKS + 1
    assert all(one.x <= two.x for one, two in pairwise(drawn.ticks))
    assert [tick.is_optional for tick in drawn.ticks] == [number % 2 == 1 for number in range(len(drawn.ticks))]


def test_steps_of_the_axis_grow() -> None:
    assert list(STEPS) == sorted(set(STEPS))


def test_an_attempt_of_years_has_a_few_ticks_too() -> None:
    assert len(labels(timedelta(days=365 * 30))) == MOST_TICKS + 1


def test_times_are_those_of_the_zone_that_the_moments_come_in() -> None:
    berlin = START.astimezone(ZoneInfo("Europe/Berlin"))
    assert labels(timedelta(hours=1), berlin)[0] == "11:00"


@pytest.mark.parametrize(("questions", "gap"), [(2, 34), (8, 34), (9, 26), (40, 26)])
def test_lanes_stand_closer_when_there_are_many(questions: int, gap: int) -> None:
    drawn = timeline([], questions=questions, start=START, end=START)
    assert {two.y - one.y for one, two in pairwise(drawn.lanes)} == {gap}
    assert (drawn.bottom, drawn.height) == (drawn.lanes[-1].y + 16, drawn.lanes[-1].y + 48)


def test_an_attempt_without_questions_can_be_drawn() -> None:
    drawn = timeline([], questions=0, start=START, end=START)
    assert (drawn.lanes, drawn.dots) == ((), ())
    assert drawn.height > drawn.bottom > 0


@pytest.mark.parametrize(
    ("share", "x"),
    [
        (-1.0, timeline_module.LEFT),
        (0.0, timeline_module.LEFT),
        (0.5, 326),
        (1.0, timeline_module.RIGHT),
        (3.0, timeline_module.RIGHT),
    ],
)
def test_a_save_stands_where_its_moment_is_and_never_outside(share: float, x: int) -> None:
    span = timedelta(minutes=10)
    (dot,) = timeline(
        [Answered(1, START + span * share, is_change=True)], questions=1, start=START, end=START + span
    ).dots
    assert (dot.x, dot.is_change) == (x, True)


def test_everything_of_an_attempt_without_length_stands_at_its_end() -> None:
    (dot,) = timeline([Answered(1, START, is_change=False)], questions=1, start=START, end=START).dots
    assert dot.x == timeline_module.RIGHT
