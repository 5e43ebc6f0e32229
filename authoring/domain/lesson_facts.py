"""The lessons of a course as their editors look at them: how long each is, how hard to read, and what it joins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from authoring.domain import layout as layouts
from authoring.domain.arrangement import arrangement_of
from authoring.domain.layout import Layout, Stretch
from authoring.domain.passages import SeenPassage, seen_passages
from course.domain.lesson_page import WORDS_A_MINUTE
from course.models import Course
from course.reading.level import ReadingLevel, reading_level


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """A lesson, `number` from 1 in the order of reading. `joins` says that the next follows it in the text too."""

    lesson: Stretch
    number: int
    is_last: bool
    joins: bool
    minutes: int
    level: ReadingLevel | None


def lesson_facts(course: Course) -> list[LessonFacts]:
    """Every lesson of the course in order; five queries whatever their number."""
    layout = arrangement_of(course).layout
    passages = seen_passages(course, layout)
    return [
        LessonFacts(
            lesson=lesson,
            number=number,
            is_last=number == len(layout),
            joins=_joins(layout, lesson, number),
            minutes=max(1, round(lesson.words / WORDS_A_MINUTE)),
            level=reading_level(_read_in(passages, lesson), language=course.language),
        )
        for number, lesson in enumerate(layout, 1)
    ]


def _joins(layout: Layout, lesson: Stretch, number: int) -> bool:
    return number < len(layout) and layout[number] == layouts.after(layout, lesson)


def _read_in(passages: Sequence[SeenPassage], lesson: Stretch) -> list[str]:
    return [each.text for each in passages if each.lesson == lesson and each.words]
