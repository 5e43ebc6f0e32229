"""The bar shares its whole width among the class, in proportion."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.class_mastery import ClassMastery
from web.studio.charts.mastery_bar import WIDTH, mastery_bar

some = st.integers(0, 400)


@given(some, some, some, some)
def test_the_parts_fill_the_bar_without_gaps(firm: int, growing: int, shaky: int, others: int) -> None:
    learners = firm + growing + shaky + others
    parts = mastery_bar(ClassMastery(learners, firm, growing, shaky))
    assert sum(part.count for part in parts) == learners
    edges = [part.x for part in parts] + [WIDTH] * bool(parts)
    assert [part.x + part.width for part in parts] == edges[1:]
    assert all(abs(part.width - WIDTH * part.count / learners) <= 1 for part in parts)


def test_nobody_is_no_bar() -> None:
    assert mastery_bar(ClassMastery(0, 0, 0, 0)) == []


def test_a_figure_stands_in_the_middle_where_there_is_room() -> None:
    firm, unknown = mastery_bar(ClassMastery(100, 1, 0, 0))
    assert (firm.tone, firm.has_room, unknown.tone, unknown.has_room, unknown.middle) == (
        "firm",
        False,
        "unknown",
        True,
        283,
    )
