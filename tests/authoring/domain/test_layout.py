"""A layout stays a cut of its text, whatever is done to it."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.domain import layout as layouts
from authoring.domain.layout import Break, Layout, Stretch, Text
from course.errors import CannotRearrange
from course.reading.outline import Span

TEXT = Text(1, "test")
LENGTH = 10
"""Characters of a passage; one more parts it from the next."""


def passage(number: int) -> Break:
    """The break before this passage, from 0."""
    return Break(end=number * (LENGTH + 1) - 1, start=number * (LENGTH + 1))


def cut(*firsts: int, until: int = 12, text: Text = TEXT) -> Layout:
    """Lessons that begin at these passages of a text of twelve."""
    return tuple(
        Stretch(UUID(int=first), text, passage(first).start, passage(after).end, f"part-{first}", f"Part {first}")
        for first, after in pairwise([*firsts, until])
    )


def spans(layout: Layout) -> list[tuple[int, int]]:
    return [(each.start // (LENGTH + 1), (each.end + 1) // (LENGTH + 1)) for each in layout]


def titles(layout: Layout) -> list[str]:
    return [each.title for each in layout]


def test_splitting_gives_the_rest_to_a_new_lesson_after_it() -> None:
    layout = cut(0, 6)
    new = uuid4()
    done = layouts.split(layout, layout[0], at=passage(2), new=new, slug="rest", title="The rest")
    assert spans(done) == [(0, 2), (2, 6), (6, 12)]
    assert titles(done) == ["Part 0", "The rest", "Part 6"]
    assert (done[1].uuid, done[1].slug) == (new, "rest")


def test_joining_keeps_the_first_lessons_name_and_address() -> None:
    done = layouts.merge(cut(0, 4, 8), cut(0, 4, 8)[1])
    assert spans(done) == [(0, 4), (4, 12)]
    assert [(each.title, each.slug) for each in done] == [("Part 0", "part-0"), ("Part 4", "part-4")]


@pytest.mark.parametrize(
    ("layout", "which"),
    [
        pytest.param(cut(0, 6), 1, id="the last of its text"),
        pytest.param(tuple(reversed(cut(0, 6))), 1, id="the next stands before it in the course"),
        pytest.param((cut(0, 4, 8)[0], cut(0, 4, 8)[2], cut(0, 4, 8)[1]), 0, id="another stands between"),
        pytest.param((*cut(0), *cut(1, text=Text(2, "test"))), 0, id="the next is of another text"),
    ],
)
def test_lessons_that_do_not_follow_each_other_are_not_joined(layout: Layout, which: int) -> None:
    with pytest.raises(CannotRearrange):
        layouts.merge(layout, layout[which])


@pytest.mark.parametrize(
    ("to", "order"),
    [
        (0, ["Part 4", "Part 0", "Part 8"]),
        (1, ["Part 0", "Part 4", "Part 8"]),
        (2, ["Part 0", "Part 8", "Part 4"]),
        (99, ["Part 0", "Part 8", "Part 4"]),
        (-1, ["Part 4", "Part 0", "Part 8"]),
    ],
)
def test_moving_leaves_the_others_in_order(to: int, order: list[str]) -> None:
    layout = cut(0, 4, 8)
    assert titles(layouts.move(layout, layout[1], to=to)) == order


def test_a_moved_break_takes_lines_from_one_lesson_to_the_other() -> None:
    layout = cut(0, 6)
    assert spans(layouts.move_break(layout, layout[1], at=passage(8))) == [(0, 8), (8, 12)]
    assert spans(layouts.move_break(layout, layout[1], at=passage(2))) == [(0, 2), (2, 12)]
    with pytest.raises(CannotRearrange, match="begins its text"):
        layouts.move_break(layout, layout[0], at=passage(2))


@pytest.mark.parametrize(
    ("at", "title"), [(0, "Part 2"), (22, "Part 2"), (65, "Part 2"), (66, "Part 6"), (999, "Part 6")]
)
def test_what_stands_outside_belongs_to_the_lesson_that_has_begun(at: int, title: str) -> None:
    layout = tuple(reversed(cut(2, 6)))
    found = layouts.home(layout, TEXT, at)
    assert found is not None
    assert found.title == title
    assert layouts.home(layout, Text(9, "test"), at) is None


def test_a_lesson_reaches_over_a_line_before_its_start() -> None:
    layout = cut(2, 6)
    wide = layouts.reach(layout, layout[0], Span(0, 10))
    assert spans(wide) == [(0, 6), (6, 12)]
    assert layouts.reach(wide, wide[0], Span(0, 10)) == wide


def test_a_lesson_that_was_joined_is_not_there_any_more() -> None:
    with pytest.raises(CannotRearrange, match="not there any more"):
        layouts.stretch(cut(0, 6), uuid4())


STEPS = st.lists(
    st.tuples(st.sampled_from(["split", "merge", "move", "break"]), st.integers(0, 11), st.integers(1, 11)), max_size=12
)


def after_step(layout: Layout, step: tuple[str, int, int]) -> Layout:
    """The layout after the step, or as it was where that cannot be done."""
    do, which, place = step
    lesson = layout[which % len(layout)]
    first, until = spans((lesson,))[0]
    try:
        if do == "split" and first < place < until:
            return layouts.split(layout, lesson, at=passage(place), new=uuid4(), slug=f"new-{uuid4()}", title="New")
        if do == "merge":
            return layouts.merge(layout, lesson)
        if do == "break" and first < place < until:
            return layouts.move_break(layout, lesson, at=passage(place))
    except CannotRearrange:
        return layout
    return layouts.move(layout, lesson, to=place) if do == "move" else layout


@given(STEPS)
def test_every_passage_is_in_exactly_one_lesson_whatever_is_done(steps: list[tuple[str, int, int]]) -> None:
    layout = cut(0, 3, 7)
    for step in steps:
        layout = after_step(layout, step)
    held = sorted(number for first, until in spans(layout) for number in range(first, until))
    assert held == list(range(12))
    assert len({each.uuid for each in layout}) == len(layout)


@given(STEPS)
def test_a_split_is_what_joining_takes_back(steps: list[tuple[str, int, int]]) -> None:
    layout = cut(0, 6)
    for step in steps:
        split = after_step(layout, ("split", *step[1:]))
        lesson = layout[step[1] % len(layout)]
        assert split == layout or layouts.merge(split, layouts.stretch(split, lesson.uuid)) == layout
        layout = after_step(layout, step)
