"""Whether a course's text may be sent to a model, and to which: its owner decides, for the address that they read."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from authoring.domain.kinds import ASK_MODEL
from course.errors import CourseError
from course.models import Course
from jobs.domain import cancel
from jobs.models import Job, JobState


class ModelHasMoved(CourseError):
    code = "model_has_moved"
    message = "The model of this installation is another than a moment ago. Read where the text would go, and decide."


class NotAllowed(CourseError):
    code = "model_not_allowed"
    message = "Nothing was sent: the course’s owner has not allowed its text to be sent to a model."


@dataclass(frozen=True, slots=True)
class Destination:
    """The model that this installation is set up with, and the address that everything for it is sent to."""

    address: str
    model: str

    @property
    def host(self) -> str:
        """The machine that the text would go to."""
        return urlsplit(self.address).netloc


def destination() -> Destination | None:
    """Where text would go; None when no model is set up. No query."""
    chosen = settings.DRAFTING_MODEL
    return Destination(chosen["address"], chosen["model"]) if chosen else None


def is_allowed(course: Course) -> bool:
    """Whether the owner allows the text to be sent to the model that is set up now. No query.

    Allowed for one address is not allowed for another.
    """
    to = destination()
    return to is not None and course.sends_text_to == to.address


@transaction.atomic
def allow_model(course: Course, *, address: str, by: User) -> None:
    """From now on the course's text may be sent to this address. It is audited; allowing twice changes nothing.

    `address` is what the owner has read. Raises ModelHasMoved when it is not the one in force.
    """
    to = destination()
    if to is None or address != to.address:
        raise ModelHasMoved
    _set(course, address, verb="allowed its text to be sent to a model", by=by)


@transaction.atomic
def forbid_model(course: Course, *, by: User) -> None:
    """Nothing more of the course is sent to a model: what waits for one is cancelled. It is audited."""
    lessons = list(course.lessons.values_list("uuid", flat=True))
    waiting = Job.objects.filter(kind=ASK_MODEL, subject__in=lessons, state=JobState.QUEUED)
    for job in waiting.order_by("pk").values_list("uuid", flat=True):
        cancel(job)
    _set(course, "", verb="forbade its text to be sent to a model", by=by)


def _set(course: Course, address: str, *, verb: str, by: User) -> None:
    changed = Course.objects.filter(pk=course.pk).exclude(sends_text_to=address).update(sends_text_to=address)
    course.sends_text_to = address
    if changed:
        detail = {"address": address} if address else {}
        record(verb, subject=f"course:{course.uuid}", actor=by, course=course.uuid, detail=detail)
