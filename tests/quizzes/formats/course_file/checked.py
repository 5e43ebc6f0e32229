"""A course file without a problem, and what is told of it once something is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from course.reading.outline import PassageKind
from quizzes.formats.course_file import check, write
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

PARAGRAPH = PassageEntry(
    PassageKind.PARAGRAPH, "Slack water lasts an hour. The pilot waits for slack water at the bar."
)
CHOICE = {
    "stem": "What does the pilot wait for at the bar?",
    "options": [
        {"text": "The quiet hour", "correct": True, "feedback": "Yes."},
        {"text": "The evening", "correct": False, "feedback": "No."},
    ],
    "explanation": "So says the second sentence.",
}
QUESTION = QuestionEntry("waits", "single_choice", CHOICE, "slack-water", (Quote("The pilot waits"),), "published")
CONCEPT = ConceptEntry("slack-water", "slack water", definition="The quiet hour.", mentions=(Quote("slack water"),))
QUIZ = QuizEntry("check", "Check", lesson="bar", items=(QuizItemEntry("waits"),))
CLEAN = CourseFile(
    title="The bar",
    slug="the-bar",
    article=ArticleEntry(passages=(PARAGRAPH,)),
    lessons=(LessonEntry("bar", "The bar", 0, 1),),
    concepts=(CONCEPT,),
    quizzes=(QUIZ,),
    questions=(QUESTION,),
)


def told(**change: Any) -> list[tuple[str, str, str]]:
    """Each problem of the clean course with this change: the line it stands on, its code and its message."""
    text = write(replace(CLEAN, **change))
    lines = text.split("\n")
    return [(lines[problem.line - 1].strip(), problem.code, problem.message) for problem in check(text)]


def asked(**change: Any) -> list[tuple[str, str, str]]:
    return told(questions=(replace(QUESTION, **change),))
