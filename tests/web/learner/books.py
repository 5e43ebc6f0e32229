"""Courses of several lessons, and learners who read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from course.domain.articles import ArticleFacts, add_article, add_passages, add_revision
from course.domain.concepts import add_mentions
from course.models import Concept, Course, CourseState, Enrollment, Lesson, Revision
from course.reading.outline import PassageKind, PassageOutline, Span
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.questions import NewQuestion, accept, add_questions, publish_accepted
from quizzes.models import Attempt, Quiz, QuizItem
from tests.factories import CLEANER, NOW, make_concept, numbers, single_choice
from tests.web.learner.sittings import grade_everything

Line = tuple[PassageKind, str]
FACTS = ArticleFacts(
    title="The wall above the lake",
    author="Ilse Brandt",
    publisher="The Lake",
    source_url="https://lake.example.org/wall",
    rights="CC BY-SA 4.0",
)


def make_book(
    *,
    lessons: int = 2,
    terms: Sequence[str] | None = None,
    lines: Sequence[Line] | None = None,
    facts: ArticleFacts = FACTS,
    **fields: Any,
) -> Course:
    """A published course. Each lesson has the same `lines`, which may name the `terms`, or names a term of its own."""
    number = next(numbers)
    given: dict[str, Any] = {
        "slug": f"book-{number}",
        "title": f"Book {number}",
        "state": CourseState.PUBLISHED,
        "created_at": NOW,
        "published_at": NOW,
    }
    course = Course.objects.create(**{**given, **fields})
    chapters = [lines or _chapter(number) for number in range(1, lessons + 1)]
    revision = add_revision(add_article(facts, at=NOW), text=_text(chapters), at=NOW)
    _add_lessons(course, revision, chapters)
    _add_terms(course, revision, terms if terms is not None else [f"term{n}x" for n in range(1, lessons + 1)])
    return course


def _chapter(number: int) -> list[Line]:
    return [
        (PassageKind.PARAGRAPH, f"Part {number} opens here. It speaks of term{number}x at once. Then it goes on."),
        (PassageKind.PARAGRAPH, f"It comes back to term{number}x before it ends."),
    ]


def _text(chapters: Sequence[Sequence[Line]]) -> str:
    return "\n".join(line for chapter in chapters for _, line in chapter)


def _add_lessons(course: Course, revision: Revision, chapters: Sequence[Sequence[Line]]) -> None:
    passages: list[PassageOutline] = []
    start = 0
    for number, chapter in enumerate(chapters, 1):
        began = start
        for kind, line in chapter:
            passages.append(PassageOutline(len(passages), kind, Span(start, start + len(line)), level=2))
            start += len(line) + 1
        Lesson.objects.create(
            course=course,
            revision=revision,
            cleaner=CLEANER,
            slug=f"part-{number}",
            position=number,
            title=f"Chapter {number}",
            start=began,
            end=start - 1,
            words=sum(len(line.split()) for _, line in chapter),
        )
    add_passages(revision, passages=passages, cleaner=CLEANER)


def _add_terms(course: Course, revision: Revision, terms: Sequence[str]) -> None:
    places: list[tuple[Concept, Span]] = []
    for term in terms:
        concept = make_concept(course, term)
        start = revision.text.find(term)
        while start >= 0:
            places.append((concept, Span(start, start + len(term))))
            start = revision.text.find(term, start + 1)
    add_mentions(revision, places=places)


def add_quiz(course: Course, *, lesson: int = 1, concept: str = "", questions: int = 2, **fields: Any) -> Quiz:
    """A quiz of published single choices on the lesson at this position (0: none), about the concept of this term."""
    home = course.lessons.filter(position=lesson).first()
    first = course.lessons.select_related("revision").order_by("position").first()
    assert first is not None
    given: dict[str, Any] = {"course": course, "lesson": home, "slug": f"quiz-{next(numbers)}", "title": "Check"}
    quiz = Quiz.objects.create(**{**given, **fields})
    about = course.concepts.filter(term=concept).first()
    news = [
        NewQuestion("single_choice", single_choice(f"Who built wall {n}?"), about, [Span(0, 4)])
        for n in range(1, questions + 1)
    ]
    versions = add_questions(course, questions=news, revision=first.revision, at=NOW)
    for version in versions:
        accept(version, by=None, at=NOW)
    publish_accepted(course, at=NOW)
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, question=version.question, position=n) for n, version in enumerate(versions, 1)
    )
    return quiz


def take(quiz: Quiz, enrollment: Enrollment, *, right: int = 1, hours_ago: int = 0, graded: bool = True) -> Attempt:
    """The learner answered the quiz, so many questions rightly and the others wrongly, and it is graded."""
    at = NOW - timedelta(hours=hours_ago)
    attempt = start_attempt(quiz, enrollment=enrollment, at=at)
    for number, response in enumerate(attempt.responses.select_related("version").order_by("position")):
        options = response.version.content["options"]
        chosen = next(option["id"] for option in options if option["correct"] is (number < right))
        at += timedelta(seconds=30)
        save_answer(attempt, given=GivenAnswer(response.position, chosen, None), at=at)
    submit_attempt(attempt, at=at + timedelta(seconds=30))
    if graded:
        grade_everything()
    attempt.refresh_from_db()
    return attempt
