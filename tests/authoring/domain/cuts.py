"""Courses of several lessons, cut from a text of one passage for each line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from authoring.domain.arrangement import arrangement_of
from authoring.domain.passages import seen_passages
from authoring.domain.text_edits import Editor, edition
from course.domain.lesson_page import plain_passages
from course.models import Course, Lesson, PassageDecision
from tests.factories import CLEANER, NOW, make_course, make_revision

LINES = tuple(f"Line {number} tells of the lake and its wall." for number in range(1, 7))
"""Nine words each."""


def make_cut_course(
    *, cuts: Sequence[int] = (0, 3), lines: Sequence[str] = LINES, owner: User | None = None, published: bool = False
) -> Course:
    """A course whose lessons begin at these lines, counted from 0."""
    course = make_course(published=published, owner=owner, text="\n".join(lines))
    course.lessons.all().delete()
    revision = make_revision("\n".join(lines))
    spans = list(revision.passages.order_by("position").values_list("start", "end"))
    for position, (first, until) in enumerate(zip(cuts, [*cuts[1:], len(lines)], strict=True), 1):
        Lesson.objects.create(
            course=course,
            revision=revision,
            cleaner=CLEANER,
            slug=f"part-{position}",
            position=position,
            title=f"Part {position}",
            start=spans[first][0],
            end=spans[until - 1][1],
            words=9 * (until - first),
        )
    return course


def editor_of(course: Course, person: User | None = None) -> Editor:
    """Somebody who has seen the course as it stands."""
    return Editor(person, edition(course), NOW)


def lesson_of(course: Course, position: int) -> Lesson:
    return course.lessons.select_related("revision").get(position=position)


def read_in(course: Course) -> list[tuple[str, list[int], int]]:
    """Each lesson in order: its title, the numbers of the lines that learners read in it, and its words."""
    numbers = {seen.passage.start: seen.number for seen in seen_passages(course)}
    return [
        (lesson.title, [numbers[passage.start] for passage in plain_passages(lesson)], lesson.words)
        for lesson in course.lessons.select_related("revision").order_by("position")
    ]


def state_of(course: Course) -> tuple[Any, ...]:
    """Everything that an undo has to bring back, old addresses aside."""
    arrangement = arrangement_of(course)
    decisions = sorted(PassageDecision.objects.filter(course=course).values_list("passage", "kind"))
    return arrangement.layout, arrangement.quizzes, decisions, read_in(course)
