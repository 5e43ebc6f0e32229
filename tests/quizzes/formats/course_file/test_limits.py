"""A value that a course cannot hold is told with its line, and one that just fits is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from django.db import models

from course.models import Article, Concept, Course, Lesson, Passage
from quizzes.formats.course_file import check, write
from quizzes.formats.course_file.limits import (
    COUNTED,
    LARGEST,
    LEAST_DAYS,
    LONGEST,
    LONGEST_TAG,
    MOST_DAYS,
    beyond_limits,
)
from quizzes.formats.course_file.model import CourseFile, QuizEntry
from quizzes.formats.course_file.passages import LONGEST_REASON
from quizzes.models import QuestionTag, QuestionVersion, Quiz
from tests.quizzes.formats.course_file.checked import CLEAN, CONCEPT, PARAGRAPH, QUESTION, QUIZ

STORED_IN: dict[str, type[models.Model]] = {
    "course": Course,
    "article": Article,
    "lesson": Lesson,
    "concept": Concept,
    "question": QuestionVersion,
    "quiz": Quiz,
}
HELD_BY = {"lesson": "lessons", "concept": "concepts", "question": "questions", "quiz": "quizzes"}
STORED_AS = {"because": "review_note"}
"""Fields that the database calls otherwise."""
FIELDS = [(kind, field, longest) for kind, fields in LONGEST.items() for field, longest in fields.items()]


def with_field(kind: str, field: str, value: Any) -> CourseFile:
    """The clean course, with this value in one field of its only section of that kind."""
    if kind == "course":
        return replace(CLEAN, **{field: value})
    if kind == "article":
        return replace(CLEAN, article=replace(CLEAN.article, **{field: value}))
    (only,) = getattr(CLEAN, HELD_BY[kind])
    only = replace(only, state="retired") if field == "because" else only
    return replace(CLEAN, **cast(dict[str, Any], {HELD_BY[kind]: (replace(only, **{field: value}),)}))


def length_of(model: type[models.Model], field: str) -> int | None:
    """How many signs the database keeps of the field."""
    found = model._meta.get_field(field)
    assert isinstance(found, models.Field)
    return found.max_length


def told(course: CourseFile) -> list[tuple[str, str, str]]:
    return errors_in(write(course))


def errors_in(text: str) -> list[tuple[str, str, str]]:
    """Each error: the field on its line, its code and its message."""
    lines = text.split("\n")
    errors = [problem for problem in check(text) if not problem.warning]
    return [(lines[each.line - 1].strip().partition(":")[0], each.code, each.message) for each in errors]


@pytest.mark.parametrize(("kind", "field", "longest"), FIELDS)
def test_the_limit_is_what_the_database_keeps(kind: str, field: str, longest: int) -> None:
    assert length_of(STORED_IN[kind], STORED_AS.get(field, field)) == longest


def test_every_limit_of_the_database_on_words_of_a_file_is_checked() -> None:
    named_elsewhere = {"slug", "state", "visibility", "certificate_for", "mode", "navigation", "result_rule", "kind"}
    not_in_files = {"cleaner", "sends_text_to", "origin", "archived_from"}
    limited = {
        (kind, field.name)
        for kind, model in STORED_IN.items()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField)
    }
    wanted = {pair for pair in limited if pair[1] not in named_elsewhere | not_in_files}
    assert wanted == {(kind, STORED_AS.get(field, field)) for kind, field, _ in FIELDS}


def test_the_limits_of_tags_reasons_and_counts_are_the_databases() -> None:
    assert length_of(QuestionTag, "name") == LONGEST_TAG
    assert length_of(Passage, "reason") == LONGEST_REASON
    small = {field.name for field in Quiz._meta.get_fields() if isinstance(field, models.PositiveSmallIntegerField)}
    assert (small, LARGEST) == (set(COUNTED), 2**15 - 1)


def test_answers_are_kept_as_long_as_the_database_lets_them() -> None:
    assert (LEAST_DAYS, MOST_DAYS) == (Course.LEAST_DAYS, Course.MOST_DAYS)


@pytest.mark.parametrize(("kind", "field", "longest"), FIELDS)
def test_one_sign_more_than_fits_is_told_and_the_longest_is_not(kind: str, field: str, longest: int) -> None:
    assert told(with_field(kind, field, "x" * longest)) == []
    message = f"“{field}” has {longest + 1:,} signs; {longest:,} fit."
    assert told(with_field(kind, field, "x" * (longest + 1))) == [(field, "too_long", message)]


def test_signs_are_counted_and_not_bytes() -> None:
    assert told(replace(CLEAN, title="é" * 300)) == []
    assert told(replace(CLEAN, title="中" * 300)) == []


@pytest.mark.parametrize("field", COUNTED)
def test_a_count_that_is_too_large_is_told(field: str) -> None:
    quiz = replace(QUIZ, mastery_right=1, mastery_of=LARGEST, tries_allowed=LARGEST, attempts_allowed=LARGEST)
    assert told(replace(CLEAN, quizzes=(quiz,))) == []
    larger: QuizEntry = replace(quiz, **cast(dict[str, Any], {field: LARGEST + 1}))
    errors = told(replace(CLEAN, quizzes=(larger,)))
    assert (field, "wrong_value", f"“{field}” is at most 32,767.") in errors


def test_a_tag_that_is_too_long_is_told_with_its_own_line() -> None:
    tagged = replace(QUESTION, tags=("water", "x" * 60, "y" * 61))
    assert told(replace(CLEAN, questions=(tagged,))) == [
        ("- " + "y" * 61, "too_long", "A tag has 61 signs; 60 fit."),
    ]


def test_a_reason_that_would_be_cut_is_told_instead() -> None:
    longest = "x" * LONGEST_REASON
    article = replace(CLEAN.article, passages=(PARAGRAPH, replace(PARAGRAPH, reason=longest)))
    text = write(replace(CLEAN, article=article, lessons=(replace(CLEAN.lessons[0], end=2),)))
    assert errors_in(text) == []
    assert errors_in(text.replace(longest, f"{longest}y")) == [
        ("@reason", "attribute", "@reason has at most 200 signs."),
    ]


def test_a_file_beyond_every_limit_is_told_of_each() -> None:
    quiz = replace(QUIZ, title="q" * 301, attempts_allowed=99_999)
    concept, question = replace(CONCEPT, term="c" * 201), replace(QUESTION, drafter="d" * 61)
    file = replace(CLEAN, title="t" * 301, concepts=(concept,), quizzes=(quiz,), questions=(question,))
    assert [place for place, _, _ in beyond_limits(file)] == [
        ("course", "", "title"),
        ("concept", "slack-water", "term"),
        ("question", "waits", "drafter"),
        ("quiz", "check", "title"),
        ("quiz", "check", "attempts_allowed"),
    ]
