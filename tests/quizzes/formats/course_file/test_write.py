"""Writing and reading are each other's inverse, whatever a course holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from course.reading.outline import PassageKind
from quizzes.formats.course_file import parse, write
from quizzes.formats.course_file.model import (
    ArticleEntry,
    CourseFile,
    LessonEntry,
    PassageEntry,
    QuestionEntry,
    QuizEntry,
    QuizItemEntry,
)
from tests.quizzes.formats.course_file.courses import course_files


@settings(max_examples=40, deadline=None)
@given(course_files())
def test_reading_what_was_written_gives_the_same_course(course: CourseFile) -> None:
    text = write(course)
    assert parse(text) == course
    assert write(parse(text)) == text
