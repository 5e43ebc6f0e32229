"""A course as a whole in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models import Cohort, Concept
from quizzes.domain.class_retention import ConceptRetention
from quizzes.domain.course_insight import ConceptGrid, GridCell, GridRow, QuizStanding
from quizzes.models import Quiz
from tests.web.studio.charts.test_way import reading
from web.studio.course_words import (
    grid_reading,
    headline,
    quizzes_reading,
    retention_reading,
    shade_of,
    way_reading,
)

MORNINGS = Cohort(name="Mornings")
WALL = "“wall” is known least: 50 % over 14 learners."


class TestReading:
    @pytest.mark.parametrize(
        ("learners", "parts", "said"),
        [
            (0, [(0, 0, 0)], "Nobody learns here yet"),
            (3, [(0, 0, 0)], "Nobody has read a part yet"),
            (3, [], "Nobody has read a part yet"),
            (3, [(3, 0, 0), (3, 3, 0)], "Whoever begins comes to the end"),
            (9, [(9, 2, 0), (7, 3, 0), (4, 4, 0)], "Most who stop do so at part 2"),
            (9, [(9, 3, 0), (6, 3, 0), (3, 3, 0)], "Most who stop do so at part 1"),
        ],
    )
    def test_the_heading_is_where_learners_are_lost(
        self, learners: int, parts: list[tuple[int, int, int]], said: str
    ) -> None:
        assert headline(reading(learners, *parts)) == said

    @pytest.mark.parametrize(
        ("learners", "parts", "said"),
        [
            (1, [(0, 0, 0)], "One learner, and nobody has read a part yet."),
            (14, [(0, 0, 0)], "14 learners, and nobody has read a part yet."),
            (9, [(5, 1, 0), (4, 4, 0)], "5 of nine learners have begun, 4 read part 2; nobody skipped a part."),
            (
                9,
                [(5, 1, 1), (3, 0, 3), (5, 5, 0)],
                "6 of nine learners have begun, 5 read part 3; part 2 is skipped most, by 3.",
            ),
        ],
    )
    def test_who_began_who_ended_and_what_is_skipped_is_said(
        self, learners: int, parts: list[tuple[int, int, int]], said: str
    ) -> None:
        assert way_reading(reading(learners, *parts)) == said


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ([], "Too few results to compare quizzes."),
        ([None, None], "Too few results to compare quizzes."),
        ([0.9, None, 0.584], "“Quiz 2” earns least: 58 % on average."),
    ],
)
def test_the_quiz_that_earns_least_is_named(means: list[float | None], said: str) -> None:
    standings = [QuizStanding(Quiz(title=f"Quiz {at}"), 9, 9, mean, None) for at, mean in enumerate(means)]
    assert quizzes_reading(standings) == said


def row(term: str, everybody: float | None, *cells: float | None) -> GridRow:
    told = tuple(GridCell(7, cell) for cell in cells)
    return GridRow(Concept(term=term), GridCell(14, everybody), told)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "Too little is known of any concept."),
        ([row("wall", None, None, None)], "Too little is known of any concept."),
        ([row("wall", 0.8, 0.8, None), row("lake", 0.4, None, 0.4)], "“lake” is known least: 40 % over 14 learners."),
        ([row("wall", 0.5, 0.52, 0.48)], WALL),
        (
            [row("wall", 0.5, 0.52, 0.48), row("lake", 0.6, 0.35, 0.85)],
            f"{WALL} Cohorts differ most on “lake”: In no cohort 85 %, Mornings 35 %.",
        ),
    ],
)
def test_what_is_known_least_and_where_cohorts_differ_is_said(rows: list[GridRow], said: str) -> None:
    assert grid_reading(ConceptGrid((MORNINGS, None), tuple(rows), 0)) == said


def test_without_cohorts_none_differ() -> None:
    assert grid_reading(ConceptGrid((), (row("wall", 0.2),), 0)) == "“wall” is known least: 20 % over 14 learners."


@pytest.mark.parametrize(
    ("mastery", "step"),
    [(None, 0), (1.0, 0), (0.75, 0), (0.74, 1), (0.65, 1), (0.6, 2), (0.5, 3), (0.45, 3), (0.44, 4), (0.0, 4)],
)
def test_a_cell_is_the_darker_the_less_is_known(mastery: float | None, step: int) -> None:
    assert shade_of(GridCell(9, mastery)) == step


@given(st.floats(0, 1), st.floats(0, 1))
def test_less_is_never_lighter(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert shade_of(GridCell(9, low)) >= shade_of(GridCell(9, high))


@pytest.mark.parametrize(
    ("chances", "said"),
    [
        ([], "Too few learners have recalled anything to say what stays."),
        ([(), ()], "Too few learners have recalled anything to say what stays."),
        (
            [(0.9, 0.8, 0.7), (), (0.624, 0.6, 0.5)],
            "“Term 2” is remembered least: 62 % of what was recalled is known now, 50 % in 30 days.",
        ),
        (
            [(0.5, 0.4, 0.1), (0.5, 0.4, 0.3)],
            "“Term 0” is remembered least: 50 % of what was recalled is known now, 10 % in 30 days.",
        ),
    ],
)
def test_what_is_remembered_least_is_said(chances: list[tuple[float, ...]], said: str) -> None:
    rows = [ConceptRetention(Concept(term=f"Term {at}"), 9, 9, 0, each) for at, each in enumerate(chances)]

    assert retention_reading(rows) == said
