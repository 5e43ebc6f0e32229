"""How a course's texts are cut into lessons, as plain values: each edit makes another layout. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from course.errors import CannotRearrange
from course.reading.outline import Span

if TYPE_CHECKING:
    from course.models import Lesson


class Text(NamedTuple):
    """What a lesson is cut from: a revision, as one version of the cleaner saw it."""

    revision: int
    cleaner: str


class Break(NamedTuple):
    """Where one lesson ends and the next begins: the end of a passage, and the start of the one after it."""

    end: int
    start: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A lesson of a layout: `start` and `end` are half-open, in characters of its text's revision."""

    uuid: UUID
    text: Text
    start: int
    end: int
    slug: str
    title: str
    summary: str = ""
    words: int = 0

    def overlaps(self, other: Stretch) -> bool:
        """Whether both show some of the same characters."""
        same = self.text == other.text
        return same and Span(self.start, self.end).overlaps(Span(other.start, other.end))


Layout = tuple[Stretch, ...]
"""The lessons of a course in the order in which they are read; none overlaps another."""


def stretch_of(lesson: Lesson) -> Stretch:
    """The stored lesson as a layout has it."""
    return Stretch(
        uuid=lesson.uuid,
        text=Text(lesson.revision_id, lesson.cleaner),
        start=lesson.start,
        end=lesson.end,
        slug=lesson.slug,
        title=lesson.title,
        summary=lesson.summary,
        words=lesson.words,
    )


def stretch(layout: Layout, uuid: UUID) -> Stretch:
    """The lesson with this uuid. Raises CannotRearrange when there is none: somebody joined it with another."""
    found = next((each for each in layout if each.uuid == uuid), None)
    if found is None:
        raise CannotRearrange("This part is not there any more. Look at the parts as they are now.")
    return found


def home(layout: Layout, text: Text, at: int) -> Stretch | None:
    """The lesson that holds the character, or would: what stands after a lesson's end belongs to that lesson."""
    same = sorted((each for each in layout if each.text == text), key=lambda each: each.start)
    begun = [each for each in same if each.start <= at]
    return begun[-1] if begun else next(iter(same), None)


def before(layout: Layout, lesson: Stretch) -> Stretch | None:
    """The lesson whose text ends where this one's begins; None for the first of a text."""
    earlier = [each for each in layout if each.text == lesson.text and each.start < lesson.start]
    return max(earlier, key=lambda each: each.start, default=None)


def after(layout: Layout, lesson: Stretch) -> Stretch | None:
    """The lesson whose text begins where this one's ends; None for the last of a text."""
    later = [each for each in layout if each.text == lesson.text and each.start > lesson.start]
    return min(later, key=lambda each: each.start, default=None)


def split(layout: Layout, lesson: Stretch, *, at: Break, new: UUID, slug: str, title: str) -> Layout:
    """The lesson ends at the break, and a new one with the rest of its text comes after it."""
    rest = replace(lesson, uuid=new, start=at.start, slug=slug, title=title, summary="")
    return tuple(part for each in layout for part in ([replace(each, end=at.end), rest] if each == lesson else [each]))


def merge(layout: Layout, lesson: Stretch) -> Layout:
    """The lesson holds the text of the one after it too, whose title and address it takes over nothing of.

    Raises CannotRearrange unless the two stand beside each other, in the course as in their text.
    """
    following = after(layout, lesson)
    if following is None or layout.index(following) != layout.index(lesson) + 1:
        raise CannotRearrange("Only parts that follow each other in the text can be joined. Move them together first.")
    joined = replace(lesson, end=following.end, summary=lesson.summary or following.summary)
    return tuple(joined if each == lesson else each for each in layout if each != following)


def rename(layout: Layout, lesson: Stretch, *, title: str, slug: str) -> Layout:
    """The lesson has this title and address."""
    return tuple(replace(each, title=title, slug=slug) if each == lesson else each for each in layout)


def move(layout: Layout, lesson: Stretch, *, to: int) -> Layout:
    """The lesson is the one at `to`, from 0; the others keep their order. Beyond an end means that end."""
    others = [each for each in layout if each != lesson]
    place = min(max(to, 0), len(others))
    return (*others[:place], lesson, *others[place:])


def move_break(layout: Layout, lesson: Stretch, *, at: Break) -> Layout:
    """The lesson begins at the break, and the one before it in the text ends there."""
    earlier = before(layout, lesson)
    if earlier is None:
        raise CannotRearrange("This part begins its text, so its beginning stays where it is.")
    moved = {lesson: replace(lesson, start=at.start), earlier: replace(earlier, end=at.end)}
    return tuple(moved.get(each, each) for each in layout)


def reach(layout: Layout, lesson: Stretch, span: Span) -> Layout:
    """The lesson covers the span too: a line that the cleaner left outside is read in it."""
    wider = replace(lesson, start=min(lesson.start, span.start), end=max(lesson.end, span.end))
    return tuple(wider if each == lesson else each for each in layout)


def with_words(layout: Layout, words: Mapping[UUID, int]) -> Layout:
    """The layout with these counts of words; a lesson without one keeps its own."""
    return tuple(replace(each, words=words.get(each.uuid, each.words)) for each in layout)
