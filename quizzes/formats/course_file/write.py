"""From a course to the text of its file: the same course always gives the same text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from typing import Any

from quizzes.formats.course_file.model import (
    ArticleEntry,
    ConceptEntry,
    CourseFile,
    LessonEntry,
    QuestionEntry,
    QuizEntry,
    QuizItemEntry,
)
from quizzes.formats.course_file.parse import parse
from quizzes.formats.course_file.passages import passage_lines
from quizzes.formats.course_file.sections import FIRST_LINE
from quizzes.formats.course_file.tree_writer import NAME as FIELD_NAME
from quizzes.formats.course_file.tree_writer import field_lines, record_lines
from quizzes.late_credit import LateStep

QUESTION_FIELDS = (
    "kind",
    "concept",
    "evidence",
    "state",
    "origin",
    "drafter",
    "tags",
    "archived",
    "because",
    "content",
)


def write(course_file: CourseFile) -> str:
    """The file's text. parse(write(x)) == x, and write(parse(t)) is one text for all files that say the same.

    Raises ValueError for a course that no file can hold, such as one with NUL, with a passage without text or with
    lessons that overlap: what cannot be read back is never written.
    """
    _refuse_lessons_out_of_order(course_file)
    lines = [FIRST_LINE, "", *_head(course_file)]
    for section in _sections(course_file):
        lines += ["", *section]
    text = "\n".join(lines) + "\n"
    if parse(text) != course_file:
        raise ValueError("The file would not give the same course back.")
    return text


def _refuse_lessons_out_of_order(course: CourseFile) -> None:
    at = 0
    for lesson in course.lessons:
        if not at <= lesson.first <= lesson.end <= len(course.article.passages):
            raise ValueError(f"The lesson {lesson.slug!r} overlaps another or is out of order.")
        at = lesson.end


def _sections(course: CourseFile) -> Iterator[list[str]]:
    yield from _article(course)
    yield from map(_concept, course.concepts)
    yield from map(_quiz, course.quizzes)
    yield from map(_question, course.questions)


def _head(course: CourseFile) -> list[str]:
    lines = field_lines("title", course.title) + field_lines("slug", course.slug)
    lines += field_lines("language", course.language) + field_lines("visibility", course.visibility)
    for name in ("certificate_for", "two_person_review", "keep_answers_days", "summary"):
        lines += _unless_default(name, getattr(course, name), _default(course, name))
    return lines


def _article(course: CourseFile) -> Iterator[list[str]]:
    before = course.lessons[0].first if course.lessons else len(course.article.passages)
    yield ["== article", *_plain_fields(course.article, ("passages",)), *_text(course.article, 0, before)]
    for index, lesson in enumerate(course.lessons):
        yield _lesson(lesson, course.article)
        after = course.lessons[index + 1 :]
        until = after[0].first if after else len(course.article.passages)
        if lesson.end < until:
            yield ["== outside", *_text(course.article, lesson.end, until)]


def _lesson(lesson: LessonEntry, article: ArticleEntry) -> list[str]:
    lines = [f"== lesson {lesson.slug}", *field_lines("title", lesson.title)]
    lines += _plain_fields(lesson, ("slug", "title", "first", "end"))
    return [*lines, *_text(article, lesson.first, lesson.end)]


def _text(article: ArticleEntry, first: int, end: int) -> list[str]:
    return [line for passage in article.passages[first:end] for line in ["", *passage_lines(passage)]]


def _concept(concept: ConceptEntry) -> list[str]:
    lines = [f"== concept {concept.slug}", *field_lines("term", concept.term), *field_lines("kind", concept.kind.value)]
    return lines + _plain_fields(concept, ("slug", "term", "kind"))


def _quiz(quiz: QuizEntry) -> list[str]:
    lines = [f"== quiz {quiz.slug}", *field_lines("title", quiz.title)]
    lines += _plain_fields(quiz, ("slug", "title", "late_credit", "items"))
    lines += _unless_default("late_credit", [_late_step(step) for step in quiz.late_credit], [])
    return lines + _unless_default("questions", [_item(item) for item in quiz.items], [])


def _late_step(step: LateStep) -> str:
    return f"within {_plain(step.hours)} hours: {_plain(step.credit)}"


def _item(item: QuizItemEntry) -> str:
    points = _plain(item.points)
    if item.pool is None:
        return item.question if points == "1" else f"{item.question} ({points} points)"
    source = f"tagged {item.pool.tag}" if item.pool.tag else f"on {item.pool.concept}"
    drawn = f"draw {item.pool.take} {source}"
    return drawn if points == "1" else f"{drawn} ({points} points each)"


def _question(question: QuestionEntry) -> list[str]:
    lines = [f"== question {question.key}", *field_lines("kind", question.kind)]
    for name in ("concept", "state", "because", "archived", "origin", "drafter"):
        lines += _unless_default(name, getattr(question, name), _default(question, name))
    lines += _unless_default("tags", list(question.tags), [])
    lines += _content(question.content)
    return lines + _unless_default("evidence", list(question.evidence), [])


def _content(content: Mapping[Any, Any]) -> list[str]:
    """The content's fields among the question's own, or all of it in one field where the names would collide."""
    if all(isinstance(name, str) and FIELD_NAME.match(name) and name not in QUESTION_FIELDS for name in content):
        return record_lines(content)
    return field_lines("content", content)


def _plain_fields(entry: Any, without: tuple[str, ...]) -> list[str]:
    """Every field that differs from its default, in the order of the dataclass."""
    lines: list[str] = []
    for part in dataclass_fields(entry):
        if part.name not in without:
            lines += _unless_default(part.name, getattr(entry, part.name), _default(entry, part.name))
    return lines


def _default(entry: Any, name: str) -> Any:
    return next(
        part.default_factory() if callable(part.default_factory) else part.default
        for part in dataclass_fields(entry)
        if part.name == name
    )


def _unless_default(name: str, value: Any, default: Any) -> list[str]:
    return [] if value == default else field_lines(name, _as_written(value))


def _as_written(value: Any) -> Any:
    """Numbers and yes or no are words in the sections' own fields; only a question's content is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):
        return _plain(Decimal(value))
    return list(value) if isinstance(value, tuple) else value


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
