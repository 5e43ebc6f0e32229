"""Lessons and kinds of passages carried over to another wording."""

from __future__ import annotations

import itertools

from hypothesis import given, settings

from course.reading.carry import Part, carried_lessons, read_as_before
from course.reading.compare import compare
from course.reading.outline import PassageKind, PassageOutline, Span
from tests.course.reading.revising import revised

OLD = "Lakes\nA lake feeds two towns.\nWalls\nThe upper town built a wall."
SECOND = OLD.index("Walls")
LESSONS = [Span(0, SECOND - 1), Span(SECOND, len(OLD))]


def parts_of(text: str) -> list[Part]:
    """A part for each line; a line without a full stop is a heading."""
    parts, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            parts.append(Part(Span(start, start + len(line)), not line.rstrip().endswith(".")))
        start += len(line) + 1
    return parts


def lessons_in(new: str) -> list[str | None]:
    carried = carried_lessons(compare(OLD, new), LESSONS, parts_of(new))
    return [each[0].quote(new) if each else None for each in carried]


def test_what_did_not_change_stays_where_it_was() -> None:
    assert lessons_in(OLD) == [span.quote(OLD) for span in LESSONS]


def test_a_new_line_belongs_to_the_lesson_before_it() -> None:
    new = OLD.replace("\nWalls", "\nIt is deep.\nWalls")
    assert lessons_in(new) == ["Lakes\nA lake feeds two towns.\nIt is deep.", OLD[SECOND:]]


def test_a_new_heading_belongs_to_what_follows_it() -> None:
    assert lessons_in(OLD.replace("Walls", "Dams")) == [OLD[: SECOND - 1], "Dams\nThe upper town built a wall."]


def test_what_stands_before_everything_belongs_to_the_first_lesson() -> None:
    assert lessons_in(f"Long ago it rained.\n{OLD}") == [f"Long ago it rained.\n{OLD[: SECOND - 1]}", OLD[SECOND:]]


def test_a_lesson_that_was_taken_out_is_none() -> None:
    assert lessons_in(OLD[SECOND:]) == [None, OLD[SECOND:]]


def test_lessons_in_another_order_than_the_text_are_carried_all_the_same() -> None:
    carried = carried_lessons(compare(OLD, OLD), LESSONS[::-1], parts_of(OLD))
    assert [each[0] if each else None for each in carried] == LESSONS[::-1]


@given(revised())
@settings(deadline=None)
def test_every_part_is_in_one_lesson_and_lessons_do_not_overlap(case: tuple[str, str, list[Span]]) -> None:
    old, new, _ = case
    half = old.find("\n") + 1 or len(old)
    lessons = [span for span in (Span(0, half), Span(half, len(old))) if span.start < span.end]
    parts = parts_of(new)
    carried = [each for each in carried_lessons(compare(old, new), lessons, parts) if each]
    held = [part for _, own in carried for part in own]
    assert held in (parts, [])
    assert all(one.end <= other.start for (one, _), (other, _) in itertools.pairwise(carried))


def test_a_kept_passage_is_what_it_was_and_a_new_one_what_the_reader_says() -> None:
    new = OLD.replace("two towns", "three towns")
    before = [PassageOutline(0, PassageKind.QUOTE, LESSONS[1], reason="donation", level=2)]
    shift = len(new) - len(OLD)
    kept, changed = Span(SECOND + shift, len(new)), Span(6, SECOND - 1 + shift)
    after = [PassageOutline(0, PassageKind.PARAGRAPH, changed), PassageOutline(1, PassageKind.PARAGRAPH, kept)]
    read = read_as_before(compare(OLD, new), before, after)
    assert [(each.kind, each.reason, each.level) for each in read] == [("paragraph", "", 0), ("quote", "donation", 2)]
