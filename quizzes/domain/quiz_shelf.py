"""Quizzes come and go: made, archived and restored, and deleted while nobody has taken them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.domain.audit import record
from accounts.models import User
from course.models import Course, Lesson
from jobs.domain.clock import database_now
from quizzes.errors import QuizError
from quizzes.models import Quiz, QuizMode

LONGEST_SLUG = 80


class QuizTaken(QuizError):
    code = "quiz_taken"
    message = "Somebody has taken this quiz, so it cannot be deleted. Archive it: learners no longer find it then."


@transaction.atomic
def create_quiz(course: Course, *, title: str, mode: QuizMode, lesson: Lesson | None, actor: User | None) -> Quiz:
    """The course ends with a quiz that asks nothing yet; without a lesson it is one of the whole course.

    The course is locked: its address is the title's, with a number where another quiz has that.
    """
    Course.objects.select_for_update().only("pk").get(pk=course.pk)
    taken = set(Quiz.objects.filter(course=course.pk).values_list("slug", flat=True))
    last = Quiz.objects.filter(course=course.pk).aggregate(last=Max("position"))["last"] or 0
    quiz = Quiz.objects.create(
        course_id=course.pk, lesson=lesson, slug=_slug(title, taken), title=title, mode=mode, position=last + 1
    )
    record("made a quiz", subject=f"quiz:{quiz.uuid}", actor=actor, course=course.uuid)
    return quiz


def _slug(title: str, taken: set[str]) -> str:
    wanted = slugify(title)[: LONGEST_SLUG - 5] or "quiz"
    number = next(number for number in range(1, len(taken) + 2) if _numbered(wanted, number) not in taken)
    return _numbered(wanted, number)


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"


@transaction.atomic
def archive_quiz(quiz: Quiz, *, actor: User | None, at: datetime | None = None) -> None:
    """Learners no longer find the quiz nor begin it; attempts that run go on, and results stay. Idempotent."""
    if Quiz.objects.filter(pk=quiz.pk, archived_at__isnull=True).update(archived_at=at or database_now()):
        record("archived", subject=f"quiz:{quiz.uuid}", actor=actor, course=quiz.course.uuid)


@transaction.atomic
def restore_quiz(quiz: Quiz, *, actor: User | None) -> None:
    """Learners find the quiz again, as it was. Idempotent."""
    if Quiz.objects.filter(pk=quiz.pk, archived_at__isnull=False).update(archived_at=None):
        record("restored", subject=f"quiz:{quiz.uuid}", actor=actor, course=quiz.course.uuid)


@transaction.atomic
def delete_quiz(quiz: Quiz, *, actor: User | None) -> None:
    """The quiz is gone for good, its questions stay in the bank. Raises QuizTaken once anybody began it."""
    kept = Quiz.objects.select_for_update(of=("self",)).get(pk=quiz.pk)
    if kept.attempts.exists():
        raise QuizTaken
    kept.delete()
    detail = {"title": quiz.title}
    record("deleted", subject=f"quiz:{quiz.uuid}", actor=actor, course=kept.course.uuid, detail=detail)
