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


CUTS = st.lists(st.integers(1, 11), unique=True, max_size=6).map(lambda firsts: cut(0, *sorted(firsts)))
places = st.integers(-3, 15)


@given(CUTS, st.data())
def test_a_lesson_that_is_moved_and_moved_back_stands_where_it_stood(layout: Layout, data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(layout) - 1))
    moved = layouts.move(layout, layout[which], to=data.draw(places))
    assert sorted(moved, key=lambda each: each.start) == list(layout)
    assert layouts.move(moved, layout[which], to=which) == layout


@given(CUTS, st.data())
def test_a_break_that_is_moved_and_moved_back_is_where_it_was(layout: Layout, data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(layout) - 1))
    lesson, ahead = layout[which], layouts.before(layout, layout[which])
    if ahead is None:
        assert which == 0
        return
    first, until = spans((ahead,))[0][0] + 1, spans((lesson,))[0][1] - 1
    at = passage(data.draw(st.integers(first, until)))
    moved = layouts.move_break(layout, lesson, at=at)
    own = layouts.stretch(moved, lesson.uuid)
    assert layouts.before(moved, own) == layouts.stretch(moved, ahead.uuid)
    assert layouts.move_break(moved, own, at=Break(ahead.end, lesson.start)) == layout


@given(CUTS, st.permutations(range(7)))
def test_neighbours_in_the_text_are_neighbours_whatever_the_order(layout: Layout, order: list[int]) -> None:
    shuffled = tuple(layout[number] for number in order if number < len(layout))
    for one, two in pairwise(layout):
        assert layouts.after(shuffled, one) == two
        assert layouts.before(shuffled, two) == one
    assert layouts.before(shuffled, layout[0]) is None
    assert layouts.after(shuffled, layout[-1]) is None


@given(CUTS, st.integers(0, 200), st.integers(1, 60))
def test_reaching_over_a_place_takes_it_in_and_is_done_once(layout: Layout, start: int, length: int) -> None:
    span = Span(start, start + length)
    lesson = layouts.home(layout, TEXT, start)
    assert lesson is not None
    wide = layouts.reach(layout, lesson, span)
    own = layouts.stretch(wide, lesson.uuid)
    assert own.start <= span.start < span.end <= own.end
    assert layouts.reach(wide, own, span) == wide
    assert [each for each in wide if each != own] == [each for each in layout if each != lesson]


@given(CUTS, st.data())
def test_counted_words_are_those_that_were_counted_and_no_others(layout: Layout, data: st.DataObject) -> None:
    counted = {each.uuid: data.draw(st.integers(0, 999)) for each in layout if data.draw(st.booleans())}
    done = layouts.with_words(layout, {**counted, uuid4(): 5})
    assert [each.words for each in done] == [counted.get(each.uuid, 0) for each in layout]
    assert layouts.with_words(done, {}) == done


@given(CUTS)
def test_joining_all_of_a_text_gives_one_lesson_over_all_of_it(layout: Layout) -> None:
    first, last = layout[0], layout[-1]
    while len(layout) > 1:
        layout = layouts.merge(layout, layouts.stretch(layout, first.uuid))
    assert (layout[0].start, layout[0].end, layout[0].title) == (first.start, last.end, first.title)
    with pytest.raises(CannotRearrange, match="follow each other"):
        layouts.merge(layout, layout[0])


@given(CUTS, CUTS)
def test_what_overlaps_does_so_both_ways_and_only_within_a_text(one: Layout, two: Layout) -> None:
    for mine in one:
        for theirs in two:
            shared = range(max(mine.start, theirs.start), min(mine.end, theirs.end))
            assert mine.overlaps(theirs) == theirs.overlaps(mine) == bool(shared)
        elsewhere = cut(0, text=Text(2, "test"))[0]
        assert not mine.overlaps(elsewhere)
        assert not any(mine.overlaps(other) for other in one if other != mine)
