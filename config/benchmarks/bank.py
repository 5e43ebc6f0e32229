"""Fills the bank of a course with questions that differ, half of them published and half under review."""

from __future__ import annotations

from random import Random
from typing import Any

from config.benchmarks.texts import longer_text
from course.models import Course
from course.reading.outline import Span
from jobs.domain.clock import database_now
from quizzes.domain.questions import NewQuestion, accept_all, add_questions, publish_accepted
from quizzes.models import Question, QuestionTag

TAGS = ("first", "second", "third")
STEM_WORDS, OPTION_WORDS, OPTIONS = 12, 6, 4
# Every tenth question asks nearly what another asks.
TWIN = 10


def fill_bank(course: Course, *, questions: int) -> None:
    """The course has so many questions, each proved in its text; no quiz asks the new ones."""
    there = Question.objects.filter(course=course).count()
    contents = invented(questions)[there:]
    if not contents:
        return
    lesson = course.lessons.select_related("revision").get()
    concepts = list(course.concepts.order_by("pk"))
    length = len(lesson.revision.text)
    places = [(at * 97) % (length - 60) for at in range(len(contents))]
    news = [
        NewQuestion("single_choice", content, concepts[at % len(concepts)], [Span(place, place + 50)])
        for at, (content, place) in enumerate(zip(contents, places, strict=True))
    ]
    versions = add_questions(course, questions=news, revision=lesson.revision)
    tag_rows = [QuestionTag(question=each.question, name=TAGS[at % len(TAGS)]) for at, each in enumerate(versions)]
    QuestionTag.objects.bulk_create(tag_rows)
    accept_all(versions[::2], by=None)
    publish_accepted(course, at=database_now())


def invented(count: int) -> list[dict[str, Any]]:
    """Single choices, the same for the same number, in words of the sample and of texts made like it."""
    draw = Random(count)  # noqa: S311 -- the same questions in every run
    words = sorted({word.strip(".,“”’:;()") for word in longer_text(8_000).split()} - {""})
    found: list[dict[str, Any]] = []
    for number in range(count):
        if number % TWIN == TWIN - 1:
            twin = found[number // 2]
            found.append(twin | {"stem": twin["stem"].removesuffix("?") + " here?"})
        else:
            stem = " ".join(draw.sample(words, STEM_WORDS))
            found.append({"stem": f"{stem}?", "explanation": "", "options": _options(draw, words, number)})
    return found


def _options(draw: Random, words: list[str], number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{'kmpt'[at]}{number}",
            "text": " ".join(draw.sample(words, OPTION_WORDS)),
            "correct": at == number % OPTIONS,
            "feedback": "",
        }
        for at in range(OPTIONS)
    ]
