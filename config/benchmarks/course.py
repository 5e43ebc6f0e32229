"""The course every benchmark reads and answers: the sample's whole text as one lesson, with one quiz on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from accounts.domain.people import create_person
from accounts.domain.tokens import issue_token
from accounts.models import PersonalToken, User
from authoring.domain.course_import import import_course
from authoring.domain.demo import SAMPLE
from authoring.domain.publish import publish_course
from course.domain.enrolment import enrol
from course.models import Course
from quizzes.formats.course_file import parse
from quizzes.formats.course_file.model import CourseFile, LessonEntry, QuestionEntry, QuizEntry, QuizItemEntry

KIND = "single_choice"
OPTIONS = 4
WRITE = PersonalToken.Scope.WRITE


def sample() -> CourseFile:
    return parse(SAMPLE.read_text(encoding="utf-8"))


def choices(file: CourseFile, count: int) -> list[QuestionEntry]:
    """`count` questions of one right option in four, those of the file over and over."""
    with_four = [q for q in file.questions if q.kind == KIND and len(q.content["options"]) == OPTIONS]
    return [
        replace(question, key=f"{question.key}-{n}") for n, question in enumerate(islice(cycle(with_four), count), 1)
    ]


def bench_course(*, questions: int, slug: str = "bench") -> Course:
    """A published course of one lesson of some 1,400 words and one quiz that may be tried without end."""
    file = sample()
    asked = choices(file, questions)
    items = tuple(QuizItemEntry(question.key, Decimal(1)) for question in asked)
    lesson = LessonEntry("lesson", file.title, 0, len(file.article.passages))
    one = replace(
        file,
        slug=slug,
        lessons=(lesson,),
        questions=tuple(asked),
        quizzes=(QuizEntry("quiz", "Ten questions", lesson="lesson", mode="check", items=items),),
    )
    course = import_course(one)
    publish_course(course)
    return course


def seed(*, learners: int, questions: int = 10) -> dict[str, Any]:
    """{"lesson", "quiz", "sessions"}: two paths and the session key of each learner, who is enrolled and signed in."""
    call_command("migrate", verbosity=0)
    course = bench_course(questions=questions)
    here = f"/courses/{course.slug}"
    sessions = [session_of(learner(course, number)) for number in range(learners)]
    return {"lesson": f"{here}/lessons/lesson/", "quiz": f"{here}/quizzes/quiz/", "sessions": sessions}


def seed_for_programs(*, learners: int) -> dict[str, Any]:
    """{"take", "body", "headers"}: where an attempt is taken in one call, what is sent, and what each caller brings.

    The course is the one of `seed`, with learners of its own; every answer is right.
    """
    call_command("migrate", verbosity=0)
    course = bench_course(questions=10)
    quiz = course.quizzes.get()
    items = quiz.items.order_by("position").values_list("question__versions__content", flat=True)
    right = [next(option["id"] for option in content["options"] if option["correct"]) for content in items]
    callers = [issue_token(learner(course, number), name="bench", scope=WRITE).secret for number in range(learners)]
    return {
        "take": f"/api/v1/quizzes/{quiz.uuid}/attempts/",
        "body": {"answers": dict(enumerate(right, 1)), "submit": True},
        "headers": [{"Authorization": f"Bearer {secret}"} for secret in callers],
    }


def learner(course: Course, number: int) -> User:
    person = create_person(f"learner{number}@example.org", name=f"Learner {number}")
    enrol(course, person=person)
    return person


def session_of(person: User) -> str:
    """The key of a session in which the person is signed in."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "accounts.backends.PeopleBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def for_reference(*, questions: int = 10) -> dict[str, Any]:
    """The same text and the same questions, as the reference site takes them."""
    file = sample()
    passages = [passage.text for passage in file.article.passages]
    return {
        "text": "\n\n".join(passages),
        "questions": [
            plain(question.content["options"], question.content["stem"]) for question in choices(file, questions)
        ],
    }


def plain(options: Sequence[dict[str, Any]], stem: str) -> list[Any]:
    return [stem, [option["text"] for option in options], next(n for n, o in enumerate(options) if o["correct"])]
