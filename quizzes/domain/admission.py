"""Whether an attempt may begin now, and what it is held to."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from course.models import Lesson
from quizzes.domain.deadlines import Window
from quizzes.errors import AttemptsUsedUp, AttemptTooSoon, QuizNotOpen
from quizzes.models import Attempt, AttemptState, Navigation, Quiz
from quizzes.penalties import AttemptRules
from quizzes.policy import Moment, policy_for

NOT_OFFERED = "This quiz is not offered any more. What you did in it is kept."


class Admission(Enum):
    """What an attempt that begins now is: one that counts, or practice after the close."""

    COUNTS = auto()
    PRACTICE = auto()


def admitted(quiz: Quiz, window: Window, *, last: Attempt | None, at: datetime) -> Admission:
    """As what a learner whose last attempt is `last` may begin at `at`.

    Raises QuizNotOpen outside the window and for an archived quiz, AttemptsUsedUp or AttemptTooSoon.
    """
    if quiz.archived_at is not None:
        raise QuizNotOpen(NOT_OFFERED)
    if quiz.practice_after_close and window.is_over(at):
        return Admission.PRACTICE
    if not window.is_open(at):
        raise QuizNotOpen
    if last is None:
        return Admission.COUNTS
    if quiz.attempts_allowed is not None and _has_used(last, quiz.attempts_allowed):
        raise AttemptsUsedUp
    if last.submitted_at and at < last.submitted_at + timedelta(seconds=quiz.delay_seconds):
        raise AttemptTooSoon
    return Admission.COUNTS


def _has_used(last: Attempt, allowed: int) -> bool:
    if last.number < allowed:
        return False
    # Practice after a close used none up, whatever closing and practice the quiz has now.
    return Attempt.objects.filter(quiz=last.quiz_id, enrollment=last.enrollment_id, counts=True).count() >= allowed


def revision_of(quiz: Quiz) -> int | None:
    """The revision that an attempt pins: that of the quiz's lesson, else of the course's first."""
    if quiz.lesson is not None:
        return quiz.lesson.revision_id
    return Lesson.objects.filter(course=quiz.course_id).values_list("revision", flat=True).first()


def pinned_policy(quiz: Quiz, *, is_practice: bool) -> dict[str, Any]:
    """What an attempt begun now is held to: the quiz's policy and rules.

    Practice after the close shows after each answer what everybody may see by now, and nothing costs anything.
    """
    policy = policy_for(quiz.mode, quiz.feedback_policy)
    if is_practice:
        return {**policy, Moment.AFTER_ANSWER.value: policy[Moment.AFTER_CLOSE]}
    is_sequential = quiz.navigation == Navigation.SEQUENTIAL
    rules = AttemptRules(quiz.tries_allowed, quiz.try_penalty, quiz.hint_penalty, is_sequential)
    return {**policy, **rules.pinned()}


def can_be_built_on(last: Attempt, attempt: Attempt) -> bool:
    """Whether the quiz lets the new attempt begin with the answers of the last one."""
    return attempt.quiz.build_on_last and last.state == AttemptState.SUBMITTED and last.counts and attempt.counts
