"""How long and how large the values of a course file may be, so that whatever passes its check can be stored. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quizzes.formats.course_file.model import CourseFile

LONGEST = {
    "course": {"title": 300, "language": 12},
    "article": {"title": 300, "author": 200, "publisher": 200, "source_url": 1000, "rights": 500, "language": 12},
    "lesson": {"title": 300},
    "concept": {"term": 200, "undrafted": 300},
    "question": {"drafter": 60, "because": 300},
    "quiz": {"title": 300},
}
"""Signs of each field of each kind of section that has a limit, as many as the database keeps."""

LONGEST_TAG = 60

LARGEST = 32_767
COUNTED = ("attempts_allowed", "tries_allowed", "mastery_right", "mastery_of")
"""Fields of a quiz that are at most LARGEST, which is what the database keeps of them."""

LEAST_DAYS, MOST_DAYS = 30, 3_650
"""For how many days a course may keep answers."""

Place = tuple[str, str, str]
"""The kind of a section, its name, and the dotted path of a field in it."""


def beyond_limits(course: CourseFile) -> Iterator[tuple[Place, str, str]]:
    """Every value that is longer or larger than a course can hold: where it stands, the problem's code, a sentence."""
    yield from _too_long("course", "", course)
    if (course.keep_answers_days or 0) > MOST_DAYS:
        yield ("course", "", "keep_answers_days"), "wrong_value", f"“keep_answers_days” is at most {MOST_DAYS:,}."
    yield from _too_long("article", "", course.article)
    for lesson in course.lessons:
        yield from _too_long("lesson", lesson.slug, lesson)
    for concept in course.concepts:
        yield from _too_long("concept", concept.slug, concept)
    for question in course.questions:
        yield from _too_long("question", question.key, question)
        yield from _long_tags(question.key, question.tags)
    for quiz in course.quizzes:
        yield from _too_long("quiz", quiz.slug, quiz)
        yield from _too_large(quiz.slug, quiz)


def _too_long(kind: str, name: str, section: Any) -> Iterator[tuple[Place, str, str]]:
    for field, longest in LONGEST[kind].items():
        length = len(getattr(section, field))
        if length > longest:
            yield (kind, name, field), "too_long", f"“{field}” has {length:,} signs; {longest:,} fit."


def _long_tags(key: str, tags: Iterable[str]) -> Iterator[tuple[Place, str, str]]:
    for index, tag in enumerate(tags):
        if len(tag) > LONGEST_TAG:
            yield ("question", key, f"tags.{index}"), "too_long", f"A tag has {len(tag):,} signs; {LONGEST_TAG} fit."


def _too_large(slug: str, quiz: Any) -> Iterator[tuple[Place, str, str]]:
    for field in COUNTED:
        if (getattr(quiz, field) or 0) > LARGEST:
            yield ("quiz", slug, field), "wrong_value", f"“{field}” is at most {LARGEST:,}."
