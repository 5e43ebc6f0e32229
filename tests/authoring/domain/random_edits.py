"""Random edits of a course's text and lessons, for laws that hold whatever an instructor does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from hypothesis import strategies as st

from authoring.domain.lessons import merge_lessons, move_break, move_lesson, rename_lesson, split_lesson
from authoring.domain.passages import CHOICES, decide_passage
from course.errors import CannotRearrange
from course.models import Course
from tests.authoring.domain.cuts import editor_of, lesson_of

Step = tuple[str, int, int]


def do(course: Course, step: Step) -> None:
    """The step, unless it cannot be done with the course as it stands."""
    deed, which, what = step
    editor = editor_of(course)
    lesson = lesson_of(course, which % course.lessons.count() + 1).uuid
    deeds: dict[str, Callable[[], object]] = {
        "split": lambda: split_lesson(course, number=which, editor=editor),
        "merge": lambda: merge_lessons(course, lesson=lesson, editor=editor),
        "rename": lambda: rename_lesson(course, lesson=lesson, title=f"Title {what % 3}", editor=editor),
        "move": lambda: move_lesson(course, lesson=lesson, to=what, editor=editor),
        "break": lambda: move_break(course, lesson=lesson, by=what - 3, editor=editor),
        "decide": lambda: decide_passage(course, number=which, kind=CHOICES[what - 1], editor=editor),
    }
    with suppress(CannotRearrange):
        deeds[deed]()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["split", "merge", "rename", "move", "break", "decide"]), st.integers(1, 6), st.integers(1, 6)
    ),
    min_size=1,
    max_size=7,
)
