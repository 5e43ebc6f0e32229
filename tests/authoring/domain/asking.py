"""A course on the icy harbour whose owner may have a model draft, and a model on loopback that answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings

from accounts.models import User
from authoring.domain.model_asking import ask_model
from authoring.domain.model_consent import allow_model
from course.models import Course, Lesson
from jobs.domain import database_now, run_job
from jobs.models import Job
from quizzes.models import Quiz
from tests.authoring.providers.service import KEY, MODEL, Service
from tests.factories import make_concept, make_course
from tests.quizzes.drafting.proposals.replies import ARTICLE, CONCEPTS, DATES
from tests.web.studio.drafts import drop


def harbour(owner: User) -> Course:
    """Two parts, the second on dated events; the last line of the article is left out. Each has a quiz."""
    course = make_course(published=False, owner=owner, text=ARTICLE)
    drop(course, position=4)
    first = course.lessons.get()
    border = ARTICLE.index(DATES[0])
    Lesson.objects.filter(pk=first.pk).update(end=border - 2)
    second = Lesson.objects.create(
        course=course, revision=first.revision, cleaner=first.cleaner, slug="thaw", position=2, title="The thaw",
        start=border, end=len(ARTICLE), words=30,
    )  # fmt: skip
    for lesson in (first, second):
        Quiz.objects.create(course=course, lesson=lesson, slug=lesson.slug, title=lesson.title)
    for term in CONCEPTS:
        make_concept(course, term)
    return course


@contextmanager
def model_at(service: Service, *, provider: str = "anthropic", **changed: Any) -> Iterator[None]:
    """The installation is set up with the model of this service."""
    chosen = {"provider": provider, "address": service.address, "model": MODEL, "key": KEY, "seconds": 5, **changed}
    with override_settings(DRAFTING_MODEL=chosen):
        yield


def allowed(course: Course, service: Service, *, by: User) -> Course:
    """The owner allows it, within `model_at`."""
    allow_model(course, address=service.address, by=by)
    return course


def asked(course: Course, *, by: User) -> list[Job]:
    """The model was asked, and each of its jobs was run once."""
    ask_model(course, by=by, hint=False)
    return run_waiting()


def run_waiting() -> list[Job]:
    """Every job that waits runs once, however long it was to wait; they come back in their order."""
    Job.objects.filter(state="queued").update(next_try_at=database_now())
    for job in Job.objects.filter(state="queued").order_by("pk"):
        run_job(job.uuid)
    return list(Job.objects.order_by("pk"))
