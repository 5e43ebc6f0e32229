"""Who may look at a job: whoever caused it, and those who work on its course."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from django.db.models import Model

from accounts.models import User
from course.models import Concept, Lesson, TextChange
from course.rules import courses_where
from jobs.domain import JobStatus
from jobs.models import Job, JobState
from quizzes.models import ListImport, Quiz, RegradeRun

GAVE_UP = "This was begun as often as it may be and did not come to an end. Whoever runs this installation can look."
NEEDED: dict[type[Model], str] = {
    Lesson: "course.edit",
    Concept: "course.edit",
    TextChange: "course.edit",
    Quiz: "course.grade",
    RegradeRun: "course.grade",
    ListImport: "course.edit",
}
"""What a job can be about that belongs to a course, and the permission there that shows the job."""


def watched_job(uuid: UUID, *, by: User) -> JobStatus:
    """The job as far as it has come, for whoever caused it or may work on its course; else raises Job.DoesNotExist.

    `error` is a sentence for whoever waits, "" while it may still go well.
    """
    job = Job.objects.get(uuid=uuid)
    if job.owner != by.pk and not _works_on_its_course(by, job.subject):
        raise Job.DoesNotExist("There is no such job of yours.")
    told = {each.name: getattr(job, each.name) for each in fields(JobStatus)}
    return JobStatus(**{**told, "error": _error(job)})


def _error(job: Job) -> str:
    """What a job failed with was written for people; what it was given up with tells of our insides."""
    if job.state == JobState.FAILED:
        return job.error
    return GAVE_UP if job.state == JobState.QUARANTINED else ""


def _works_on_its_course(person: User, subject: UUID | None) -> bool:
    if subject is None:
        return False
    if courses_where(person, "course.edit").filter(uuid=subject).exists():
        return True
    about = [
        model._default_manager.filter(uuid=subject, course__in=courses_where(person, permission))  # noqa: SLF001 -- the documented name
        for model, permission in NEEDED.items()
    ]
    return any(rows.exists() for rows in about)
