"""Writing and reading are each other's inverse, whatever a course holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from course.reading.outline import ConceptKind, PassageKind
from quizzes.formats.course_file import parse, write
from quizzes.formats.course_file.model import (
    ArticleEntry,
    ConceptEntry,
    CourseFile,
    LessonEntry,
    PassageEntry,
    QuestionEntry,
    QuizEntry,
    QuizItemEntry,
    Quote,
)
from tests.quizzes.formats.course_file.courses import course_files

PARAGRAPH = PassageEntry(PassageKind.PARAGRAPH, "The tide turns twice a day. Nobody waits for it.")
HEADING = PassageEntry(PassageKind.HEADING, "Tides")
SMALL = CourseFile(
    title="Tides",
    slug="tides",
    article=ArticleEntry(title="On tides", passages=(HEADING, PARAGRAPH, PARAGRAPH)),
    lessons=(LessonEntry("one", "One", 0, 2),),
    concepts=(ConceptEntry("tide", "tide", ConceptKind.TOPIC, "Water that comes and goes.", (Quote("tide", 2),)),),
    quizzes=(
        QuizEntry(
            "check",
            "Check",
            mode="exam",
            pass_fraction=Decimal("0.700000"),
            shuffle=True,
            article_open=False,
            items=(QuizItemEntry("q1"), QuizItemEntry("q2", Decimal("2.50"))),
        ),
    ),
    questions=(
        QuestionEntry(
            "q1", "true_false", {"stem": "It turns.", "answer": "true"}, "tide", (Quote("turns"),), "published"
        ),
    ),
)
WITHOUT_NAMES: Any = {1: "a"}
TEXT = """\
Postil course file, version 1

title: Tides
slug: tides
language: en
visibility: public

== article
title: On tides

== lesson one
title: One

# Tides

The tide turns twice a day.
Nobody waits for it.

== outside

The tide turns twice a day.
Nobody waits for it.

== concept tide
term: tide
kind: topic
definition: Water that comes and goes.
mentions:
  >2 tide

== quiz check
title: Check
mode: exam
pass_fraction: 0.7
shuffle: yes
article_open: no
questions:
  - q1
  - q2 (2.5 points)

== question q1
kind: true_false
concept: tide
state: published
stem: It turns.
answer: true
evidence:
  > turns
"""


@settings(max_examples=60, deadline=None)
@given(course_files())
def test_reading_what_was_written_gives_the_same_course(course: CourseFile) -> None:
    text = write(course)
    assert parse(text) == course
    assert write(parse(text)) == text


def test_a_course_is_written_as_people_would_write_it() -> None:
    assert write(SMALL) == TEXT
    assert parse(TEXT) == SMALL


def test_a_content_whose_names_collide_with_the_fields_of_a_question_keeps_to_itself() -> None:
    content = {"evidence": ["a"], "state": "gas", "content": None}
    course = replace(SMALL, questions=(QuestionEntry("q1", "later_kind", content),))
    text = write(course)
    assert "\ncontent:\n  content = null\n  evidence:\n    - a\n  state: gas\n" in text
    assert parse(text) == course


def test_a_kind_that_does_not_exist_yet_is_carried_all_the_same() -> None:
    content = {"stem": "Sort.", "pairs": [{"left": "a", "right": {"Deep": [1, None]}}], "steps": [[1, 2], []]}
    course = replace(SMALL, questions=(QuestionEntry("q1", "later_kind", content),))
    assert parse(write(course)) == course


def test_a_feedback_policy_is_carried_whole() -> None:
    quiz = QuizEntry("q", "Q", feedback_policy={"key": "after_close", "After": {"days": 3}})
    course = replace(SMALL, quizzes=(quiz,))
    assert parse(write(course)) == course


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "a\x00b"},
        {"summary": "\ud800"},
        {"visibility": "secret"},
        {"article": ArticleEntry(passages=(PassageEntry(PassageKind.QUOTE, ""),) * 3)},
        {"article": ArticleEntry(passages=(PassageEntry(PassageKind.HEADING, ""),) * 3)},
        {"lessons": (LessonEntry("one", "One", 0, 2), LessonEntry("two", "Two", 1, 3))},
        {"lessons": (LessonEntry("one", "One", 2, 3), LessonEntry("two", "Two", 0, 1))},
        {"lessons": (LessonEntry("one", "One", 0, 4),)},
        {"lessons": (LessonEntry("one", "One", 0, 1), LessonEntry("one", "Two", 1, 2))},
        {"lessons": (LessonEntry("no slug", "One", 0, 1),)},
        {"concepts": (ConceptEntry("tide", "tide", mentions=(Quote(""),)),)},
        {"concepts": (ConceptEntry("tide", "tide", mentions=(Quote("tide", 0),)),)},
        {"quizzes": (QuizEntry("q", "Q", items=(QuizItemEntry("q1", Decimal("0.001")),)),)},
        {"quizzes": (QuizEntry("q", "Q", pass_fraction=Decimal("1.5")),)},
        {"questions": (QuestionEntry("q", "kind", {"stem": float("nan")}),)},
        {"questions": (QuestionEntry("q", "kind", {"stem": ("a", 1)}),)},
        {"questions": (QuestionEntry("q", "kind", WITHOUT_NAMES),)},
    ],
)
def test_what_cannot_be_read_back_is_never_written(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        write(replace(SMALL, **change))
