"""Every kind of question goes into a course file and comes out again, with nothing of it named in the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from course.reading.outline import PassageKind
from quizzes.formats.course_file import check, parse, without_ids, write
from quizzes.formats.course_file.model import (
    ArticleEntry,
    CourseFile,
    LessonEntry,
    PassageEntry,
    QuestionEntry,
    QuizEntry,
    QuizItemEntry,
    Quote,
)
from quizzes.questions import kinds
from quizzes.questions.base import Content
from quizzes.questions.ids import with_fresh_ids
from tests.quizzes.questions.cases import CASES

EVERY = [(question.kind, content) for question, content in CASES]


SENTENCE = "In this harbour the tide turns twice a day."
ARTICLE = ArticleEntry(title="The tide", passages=(PassageEntry(PassageKind.PARAGRAPH, SENTENCE),))
LESSONS = (LessonEntry("tide", "The tide", 0, 1),)
QUIZZES = (QuizEntry("quiz", "The quiz", items=(QuizItemEntry("the-question"),)),)


def course_with(kind: str, content: Mapping[str, Any]) -> CourseFile:
    """A sound course whose only question this is."""
    asked = QuestionEntry("the-question", kind, without_ids(kind, content), evidence=(Quote(SENTENCE),))
    return CourseFile("Tide", "tide", article=ARTICLE, lessons=LESSONS, quizzes=QUIZZES, questions=(asked,))


@pytest.mark.parametrize(("kind", "content"), EVERY, ids=range(len(EVERY)))
def test_a_question_of_every_kind_is_written_and_read_without_loss(kind: str, content: Content) -> None:
    course = course_with(kind, content)
    text = write(course)
    assert parse(text) == course
    assert write(parse(text)) == text
    read = with_fresh_ids(kind, parse(text).questions[0].content, "seed")
    assert without_ids(kind, read) == without_ids(kind, content)


@pytest.mark.parametrize(("kind", "content"), EVERY, ids=range(len(EVERY)))
def test_a_question_of_every_kind_checks_without_an_error(kind: str, content: Content) -> None:
    assert [problem for problem in check(write(course_with(kind, content))) if not problem.warning] == []


@pytest.mark.parametrize("kind", [kind.kind for kind in kinds()])
def test_a_problem_of_every_kind_is_told_at_its_line(kind: str) -> None:
    content = dict(next(each for name, each in EVERY if name == kind))
    rows = [name for name, value in content.items() if isinstance(value, list) and isinstance(value[0], dict)]
    spoilt = rows[0] if rows else "stem"
    part = "text" if rows and "text" in content[spoilt][-1] else "accepted"
    content[spoilt] = [*content[spoilt][:-1], {**content[spoilt][-1], part: 4}] if rows else ""
    text = write(course_with(kind, content))
    at = text.split("\n").index(f"{spoilt}:") + 1
    assert {problem.line >= at for problem in check(text) if not problem.warning} == {True}
