"""Answers that wait for a person, with what a grader of free text leaves behind when it defers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Course, Enrollment, Role
from quizzes.models import (
    Attempt,
    AttemptState,
    Audit,
    CauseKind,
    Grading,
    GradingEvent,
    Question,
    QuestionVersion,
    Quiz,
    Response,
)
from tests.factories import NOW, make_concept, make_course, make_person, make_quiz

RUBRIC = [
    {"id": "r1", "text": "Names the wall", "points": 2},
    {"id": "r2", "text": "Says who built it", "points": 1},
    {"id": "r3", "text": "Praises the wall", "points": -1},
]
OPEN: dict[str, Any] = {
    "stem": "What does the lower town complain about?",
    "model": "the wall that the upper town built",
    "explanation": "It calls the wall a thirst machine.",
    "rubric": RUBRIC,
}
numbers = count(1)


class Desk:
    """A published course with one open question, somebody to grade it, and learners who have answered."""

    def __init__(self, *, content: Mapping[str, Any] = OPEN, role: Role = Role.OWNER) -> None:
        self.course: Course = make_course()
        self.grader: User = self.staff("Anna", role)
        self.quiz: Quiz = make_quiz(
            self.course, questions=[("open_response", content)], concept=make_concept(self.course)
        )
        self.question = Question.objects.get(items__quiz=self.quiz)

    def staff(self, name: str, role: Role = Role.GRADER) -> User:
        person = make_person(name)
        enrol(self.course, person=person, role=role, at=NOW)
        return person

    def answered(self, *answers: str, **fields: Any) -> list[Response]:
        """One learner for each answer, whose response waits for a person."""
        return waiting(self.quiz, answers, **fields)

    def audited(self, *answers: str, fraction: str = "1", **fields: Any) -> list[Response]:
        """One learner for each answer, whose automatic grade was drawn for an audit."""
        responses = waiting(self.quiz, answers, fraction=Decimal(fraction), **fields)
        Audit.objects.bulk_create(Audit(response=response, created_at=NOW) for response in responses)
        return responses


def waiting(
    quiz: Quiz,
    answers: Sequence[str],
    *,
    fraction: Decimal | None = None,
    suggestion: Mapping[str, Any] | None = None,
    at: datetime = NOW,
) -> list[Response]:
    """Submitted attempts with these answers, an hour apart, in statements whose number does not grow with theirs."""
    version = QuestionVersion.objects.get(question__items__quiz=quiz)
    attempts = submitted(quiz, len(answers), fraction=fraction, at=at)
    responses = Response.objects.bulk_create(
        Response(
            attempt=attempt,
            position=1,
            item=quiz.items.get(),
            version=version,
            max_points=3,
            answer=answer,
            sequence=1,
            grading=Grading.PENDING_MANUAL if fraction is None else Grading.GRADED,
            fraction=fraction,
        )
        for attempt, answer in zip(attempts, answers, strict=True)
    )
    GradingEvent.objects.bulk_create(
        GradingEvent(
            response=response,
            number=1,
            version=version,
            grader="rubric@1",
            cause=uuid4(),
            cause_kind=CauseKind.SUBMIT,
            inputs_hash="0" * 64,
            fraction=fraction,
            detail=dict(suggestion or {}),
            at=at,
        )
        for response in responses
    )
    return responses


def submitted(quiz: Quiz, count: int, *, fraction: Decimal | None, at: datetime) -> list[Attempt]:
    """One attempt of each of so many new learners."""
    people = User.objects.bulk_create(User(name=f"Learner {next(numbers)}", password="!") for _ in range(count))
    parts = Enrollment.objects.bulk_create(
        Enrollment(course=quiz.course, user=person, enrolled_at=NOW) for person in people
    )
    return Attempt.objects.bulk_create(
        Attempt(
            quiz=quiz,
            enrollment=part,
            number=1,
            seed=1,
            state=AttemptState.SUBMITTED,
            policy={},
            started_at=at,
            submitted_at=at + timedelta(hours=hour),
            submit_cause=uuid4(),
            fraction=fraction,
            graded_at=None if fraction is None else at,
        )
        for hour, part in enumerate(parts)
    )
