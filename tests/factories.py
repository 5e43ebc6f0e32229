"""Real things for tests, made through the domain functions; what is new is stored as these store it, in few statements.

Thousands of tests begin with a course and a quiz.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from accounts.models import User
from course.domain.articles import ArticleFacts, add_article, add_passages, text_hash
from course.domain.enrolment import enrol
from course.models import Concept, ConceptState, Course, CourseState, Enrollment, Lesson, Revision, Role
from course.reading.outline import ConceptKind, PassageKind, PassageOutline, Span
from quizzes.domain.questions import NewQuestion, add_questions, publish_accepted, review_imported
from quizzes.models import Quiz, QuizItem, VersionState

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEXT = "A lake feeds two towns. The upper town built a wall.\nThe lower town calls it a thirst machine."
CLEANER = "test"
numbers = count(1)


def make_person(name: str = "", *, may_author: bool = False, password: str | None = None) -> User:
    """Somebody with a verified address of their own."""
    number = next(numbers)
    return User.objects.create_user(
        f"person{number}@example.org",
        password,
        name=name or f"Person {number}",
        may_author=may_author,
        email_verified_at=NOW,
    )


def make_revision(text: str = TEXT) -> Revision:
    """A stored text of one paragraph for each line that says anything."""
    article = add_article(ArticleFacts(title="The wall above the lake", publisher="The Lake"), at=NOW)
    # The first text of an article: there is none that it could be the same as.
    revision = Revision.objects.create(article=article, number=1, text=text, text_hash=text_hash(text), created_at=NOW)
    spans, start = [], 0
    for line in text.split("\n"):
        if line:
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    passages = [PassageOutline(n, PassageKind.PARAGRAPH, span) for n, span in enumerate(spans)]
    add_passages(revision, passages=passages, cleaner=CLEANER)
    return revision


def make_course(*, published: bool = True, owner: User | None = None, text: str = TEXT) -> Course:
    """A course of one lesson over a small text."""
    number = next(numbers)
    course = Course.objects.create(
        slug=f"course-{number}",
        title=f"Course {number}",
        state=CourseState.PUBLISHED if published else CourseState.DRAFT,
        created_at=NOW,
        published_at=NOW if published else None,
    )
    revision = make_revision(text)
    Lesson.objects.create(
        course=course,
        revision=revision,
        cleaner=CLEANER,
        slug="the-wall",
        position=1,
        title="The wall",
        start=0,
        end=len(text),
        words=len(text.split()),
    )
    if owner is not None:
        enrol(course, person=owner, role=Role.OWNER, at=NOW)
    return course


def make_concept(course: Course, term: str = "thirst machine") -> Concept:
    """An accepted concept."""
    number = next(numbers)
    return Concept.objects.create(
        course=course,
        slug=f"concept-{number}",
        term=term,
        definition="What is meant.",
        kind=ConceptKind.EXPRESSION,
        state=ConceptState.ACCEPTED,
        rank=number,
    )


def single_choice(stem: str = "Who built the wall?") -> dict[str, Any]:
    return {
        "stem": stem,
        "explanation": "The second sentence says so.",
        "options": [
            {"id": "k7", "text": "The upper town", "correct": True, "feedback": "Yes, in the second sentence."},
            {"id": "m2", "text": "The lower town", "correct": False, "feedback": "It only has a name for it."},
        ],
    }


def make_quiz(
    course: Course,
    *,
    questions: Sequence[tuple[str, Mapping[str, Any]]] | int = 2,
    concept: Concept | None = None,
    **fields: Any,
) -> Quiz:
    """A quiz of published questions; a number stands for that many single choices."""
    wanted = [("single_choice", single_choice())] * questions if isinstance(questions, int) else questions
    lesson = course.lessons.select_related("revision").get()
    quiz = Quiz.objects.create(
        **{"course": course, "lesson": lesson, "slug": f"quiz-{next(numbers)}", "title": "The wall, checked", **fields}
    )
    news = [NewQuestion(kind, content, concept, [Span(24, 52)]) for kind, content in wanted]
    versions = add_questions(course, questions=news, revision=lesson.revision, at=NOW)
    review_imported(versions, state=VersionState.DRAFT, by=None, at=NOW)
    publish_accepted(course, at=NOW)
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, question=version.question, position=n) for n, version in enumerate(versions, 1)
    )
    return quiz


def make_enrollment(course: Course, *, role: Role = Role.LEARNER, **fields: Any) -> Enrollment:
    """Somebody new, enrolled."""
    return Enrollment.objects.create(
        **{"course": course, "user": make_person(), "role": role, "enrolled_at": NOW, **fields}
    )
