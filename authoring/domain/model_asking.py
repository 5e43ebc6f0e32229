"""Asking a model for questions: a job for each lesson, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from authoring.domain.kinds import ASK_MODEL
from authoring.domain.model_consent import NotAllowed, is_allowed
from course.models import Course, Lesson
from jobs.domain import enqueue
from jobs.models import LIVE, Job, JobState

GIVEN_UP = frozenset({JobState.FAILED, JobState.QUARANTINED})


@dataclass(frozen=True, slots=True)
class AskedLesson:
    """One lesson that a model was asked about, by its newest job."""

    lesson: Lesson
    job: Job

    @property
    def is_live(self) -> bool:
        """Whether its job has still to end."""
        return self.job.state in LIVE

    @property
    def is_given_up(self) -> bool:
        """Whether its job ended without the model's answer."""
        return self.job.state in GIVEN_UP

    @property
    def added(self) -> int:
        """How many drafts came of it."""
        return int((self.job.result or {}).get("questions", 0))

    @property
    def turned_away(self) -> int:
        """How many proposals did not pass the gate."""
        return sum((self.job.result or {}).get("turned_away", {}).values())


@dataclass(frozen=True, slots=True)
class Asking:
    """What a model was asked about in a course within the last days, in reading order."""

    lessons: tuple[AskedLesson, ...]

    @property
    def is_live(self) -> bool:
        """Whether the job of any lesson has still to end."""
        return any(each.is_live for each in self.lessons)

    @property
    def is_answered(self) -> bool:
        """Whether the model has answered about a part at least, be it with nothing that passed."""
        return any(not each.is_live and not each.is_given_up for each in self.lessons)

    @property
    def over(self) -> int:
        """About how many lessons nothing more is to come."""
        return sum(not each.is_live for each in self.lessons)

    @property
    def added(self) -> int:
        """How many drafts came of all of them."""
        return sum(each.added for each in self.lessons)

    @property
    def turned_away(self) -> int:
        """How many proposals of all of them did not pass the gate."""
        return sum(each.turned_away for each in self.lessons)

    @property
    def given_up(self) -> tuple[AskedLesson, ...]:
        """The lessons that the model did not answer about."""
        return tuple(each for each in self.lessons if each.is_given_up)


@transaction.atomic
def ask_model(course: Course, *, by: User, hint: bool = True) -> int:
    """A job asks the model about each lesson that none is about to; returns how many are new. It is audited.

    What is drafted already stays as it is, whatever becomes of the jobs. Raises NotAllowed.
    """
    # The row lock: two who press at once are told the truth each.
    course = Course.objects.select_for_update().get(pk=course.pk)
    if not is_allowed(course):
        raise NotAllowed
    live = {each.lesson.pk for each in asking_of(course).lessons if each.is_live}
    lessons = [lesson for lesson in course.lessons.order_by("position") if lesson.pk not in live]
    for lesson in lessons:
        enqueue(ASK_MODEL, subject=lesson.uuid, owner=by.pk, hint=hint)
    if lessons:
        detail = {"parts": len(lessons), "address": course.sends_text_to}
        record(
            "asked a model for questions", subject=f"course:{course.uuid}", actor=by, course=course.uuid, detail=detail
        )
    return len(lessons)


def asking_of(course: Course) -> Asking:
    """The newest job of each lesson that a model was asked about; two queries."""
    lessons = {str(lesson.uuid): lesson for lesson in Lesson.objects.filter(course=course.pk).order_by("position")}
    jobs = Job.objects.filter(kind=ASK_MODEL, subject__in=list(lessons)).order_by("pk")
    newest = {str(job.subject): job for job in jobs.exclude(state=JobState.CANCELLED)}
    return Asking(tuple(AskedLesson(lesson, newest[uuid]) for uuid, lesson in lessons.items() if uuid in newest))
