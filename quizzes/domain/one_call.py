"""A whole attempt in one call, for programs: start, answer, submit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Min, QuerySet

from course.models import Enrollment
from hooks.domain.events import is_heard
from jobs.domain import enqueue
from jobs.domain.prepared import prepared
from quizzes.domain.attempt_page import AttemptItem, attempt_items, items_of
from quizzes.domain.attempts import (
    GRADE_ATTEMPT,
    GivenAnswer,
    another_came_first,
    attempt_now,
    hand_in,
    is_new,
    save_answer,
    save_answers,
    start_attempt,
    submit_attempt,
)
from quizzes.domain.course_events import tell_submitted
from quizzes.domain.keepable import keepable
from quizzes.domain.navigation import go_on
from quizzes.domain.seating import seat
from quizzes.errors import AnswerSettled, NotAnAnswer
from quizzes.models import Attempt, QuestionVersion, Quiz, Response
from quizzes.penalties import rules_of
from quizzes.questions import question_type
from quizzes.questions.shapes import has_shape


@dataclass(frozen=True, slots=True)
class Taken:
    """An attempt as a call left it, with what it asks by now."""

    attempt: Attempt
    items: Sequence[AttemptItem]


def take_quiz(quiz: Quiz, *, enrollment: Enrollment, answers: Mapping[int, Any], submit: bool) -> Taken:
    """The learner's attempt holds these answers (by position) and, with `submit`, is submitted; or nothing changed.

    Where one is in progress it goes on, else one begins. Raises what start_attempt and save_answers raise.
    """
    attempt = attempt_now(quiz, enrollment=enrollment)
    if is_new(attempt) and attempt.built_on is None and not rules_of(attempt.policy).is_sequential:
        try:
            return _taken_at_once(attempt, answers, submit=submit)
        except IntegrityError:
            if not another_came_first(attempt):
                raise
    return _taken_by_steps(quiz, enrollment, answers, submit=submit)


@transaction.atomic
def _taken_at_once(attempt: Attempt, answers: Mapping[int, Any], *, submit: bool) -> Taken:
    """The attempt, which begins now, is stored as it stands at its end: no row is written twice."""
    quiz = attempt.quiz_id
    for raw in answers.values():
        keepable(raw)
    if submit:
        hand_in(attempt, at=attempt.started_at)
    responses = seat(attempt, answers=answers)
    asked = {version.pk: version for version in _asked(versions=[each.version_id for each in responses], quiz=quiz)}
    for response in responses:
        response.version = asked[response.version_id]
    _require_answerable(responses, answers)
    if submit:
        enqueue(GRADE_ATTEMPT, subject=attempt.uuid)
        if any(version.is_heard for version in asked.values()):
            tell_submitted(attempt)
    return Taken(attempt, items_of(attempt, responses))


@prepared
def _asked(*, versions: Sequence[int], quiz: int) -> QuerySet[Any]:
    # Whether the quiz's course has endpoints comes along: a course without any pays no statement to find out.
    found: QuerySet[Any] = QuestionVersion.objects.filter(pk__in=versions).only("kind", "content")
    annotated: QuerySet[Any] = found.annotate(is_heard=is_heard(course__quizzes=quiz))
    return annotated


def _require_answerable(responses: Sequence[Response], answers: Mapping[int, Any]) -> None:
    asked = {response.position: response for response in responses}
    if missing := answers.keys() - asked:
        raise Response.DoesNotExist(f"There is no question {min(missing)} in this attempt.")
    for position, raw in answers.items():
        if not has_shape(question_type(asked[position].version.kind).control, raw):
            raise NotAnAnswer


@transaction.atomic
def _taken_by_steps(quiz: Quiz, enrollment: Enrollment, answers: Mapping[int, Any], *, submit: bool) -> Taken:
    attempt = start_attempt(quiz, enrollment=enrollment)
    given = [GivenAnswer(position, raw, None) for position, raw in answers.items()]
    if rules_of(attempt.policy).is_sequential:
        _one_after_the_other(attempt, given)
    elif save_answers(attempt, given=given).settled:
        raise AnswerSettled
    taken = submit_attempt(attempt) if submit else attempt
    return Taken(taken, attempt_items(taken))


def _one_after_the_other(attempt: Attempt, given: Sequence[GivenAnswer]) -> None:
    asked = Response.objects.filter(attempt=attempt, is_settled=False).aggregate(first=Min("position"))["first"]
    for answer in sorted(given, key=lambda answer: answer.position):
        while asked is not None and asked < answer.position:
            asked = go_on(attempt, position=asked)
        save_answer(attempt, given=answer)
