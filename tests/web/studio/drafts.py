"""Draft courses for the studio's tests, made through domain functions without a build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from course.domain.articles import add_passages
from course.domain.concepts import add_mentions
from course.models import Concept, ConceptState, Course, Passage
from course.reading.outline import ConceptKind, PassageKind, PassageOutline, Span
from quizzes.domain.questions import NewQuestion, add_questions
from quizzes.models import Origin, QuestionVersion, Quiz, QuizItem
from tests.factories import CLEANER, NOW, TEXT, make_course, make_person, single_choice

PROOF = Span(24, 52)
"""“The upper town built a wall.” in the factories' text."""

HOSTILE = "<script>alert('x')</script> & \"quoted\""

REASON = "It asks for a word, not a thought."


def make_author(name: str = "") -> User:
    """Somebody who may author."""
    return make_person(name, may_author=True)


def make_draft(
    owner: User,
    *,
    questions: int = 2,
    concepts: int = 1,
    contents: Sequence[tuple[str, Mapping[str, Any]]] | None = None,
    text: str = TEXT,
) -> Course:
    """A draft course of one lesson with suggested concepts, undecided questions and a practice quiz."""
    course = make_course(published=False, owner=owner, text=text)
    revision = course.lessons.get().revision
    found = [make_suggestion(course, number) for number in range(concepts)]
    add_mentions(revision, places=[(concept, Span(2, 6)) for concept in found])
    wanted = contents or [("single_choice", single_choice(f"Who built wall {n}?")) for n in range(questions)]
    news = [
        NewQuestion(kind, content, found[n % len(found)] if found else None, [PROOF], Origin.DRAFTED, "who_did_it@1")
        for n, (kind, content) in enumerate(wanted)
    ]
    versions = add_questions(course, questions=news, revision=revision, at=NOW)
    quiz = Quiz.objects.create(course=course, lesson=course.lessons.get(), slug="the-wall", title="The wall")
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, question=version.question, position=n) for n, version in enumerate(versions, 1)
    )
    return course


def make_suggestion(course: Course, number: int) -> Concept:
    return Concept.objects.create(
        course=course,
        slug=f"suggestion-{number}",
        term=f"lake {number}",
        kind=ConceptKind.EXPRESSION,
        state=ConceptState.SUGGESTED,
        rank=number + 1,
        reasons=["It stands in a heading."],
    )


def drop(course: Course, *, position: int, reason: str = "donation") -> Passage:
    """The passage at this position as a cleaner sees it who takes it for clutter."""
    lesson = course.lessons.get()
    seen = lesson.revision.passages.filter(cleaner=CLEANER).order_by("position")
    outlines = [
        PassageOutline(
            passage.position,
            PassageKind.BOILERPLATE if passage.position == position else PassageKind(passage.kind),
            Span(passage.start, passage.end),
            reason=reason if passage.position == position else "",
        )
        for passage in seen
    ]
    add_passages(lesson.revision, passages=outlines, cleaner="strict")
    lesson.cleaner = "strict"
    lesson.save()
    return lesson.revision.passages.get(cleaner="strict", position=position)


def versions_of(course: Course) -> list[QuestionVersion]:
    return list(QuestionVersion.objects.filter(question__course=course).order_by("pk"))


def address_of(course: Course, *parts: object) -> str:
    return "/".join(["/studio/courses", course.slug, *map(str, parts), ""])
