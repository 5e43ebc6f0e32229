"""A text comes in, by whichever door: read, and made a course of once for each owner."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError

from accounts.models import User
from authoring.domain.build import build_of, course_being_built_of_text, course_of_text, start_build
from course.domain.articles import ArticleFacts
from course.models import Course, Role
from course.reading.outline import Source
from jobs.models import Job

LARGEST = 50_000_000
"""Bytes of an article file, as course.reading.formats refuses them; more is not even received."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The course that stands for a text, and the newest job that builds it; None where the course was there before."""

    course: Course
    job: Job | None

    @property
    def is_known(self) -> bool:
        """Whether the owner had made a course of exactly this text already: nothing was added."""
        return self.job is None


# Reading loads its libraries on the first import of an article, not when a web process starts.
def _formats() -> Any:
    return import_module("course.reading.formats")


def source_of_file(upload: Any) -> Source:
    """The article in an uploaded file, which has a `name` and can be read. Raises UnreadableSource."""
    return cast(Source, _formats().read_file(upload.name, upload.read(LARGEST + 1)))


def source_of_paste(text: str) -> Source:
    """The article in a paste. Raises UnreadableSource."""
    return cast(Source, _formats().read_text(text.replace("\r\n", "\n")))


def import_source(source: Source, *, facts: ArticleFacts, owner: User, once: UUID | None = None) -> Begun:
    """The owner has a course of this text: the one made or being made of it before, else a new one and its job.

    `once` becomes the new course's uuid; sent twice, it is one course.
    """
    known = course_of_text(source.text, owner=owner)
    if known is not None:
        return Begun(known, None)
    being_built = course_being_built_of_text(source.text, owner=owner)
    if being_built is not None:
        return Begun(being_built, build_of(being_built))
    return _started(source, facts=facts, owner=owner, once=once)


def _started(source: Source, *, facts: ArticleFacts, owner: User, once: UUID | None) -> Begun:
    try:
        return Begun(*start_build(source, facts=facts, owner=owner, uuid=once))
    except IntegrityError:
        # It was sent twice, and the first time made the course; else somebody chose the same title just now, and a
        # second look finds an address that is free.
        own = Course.objects.filter(enrollments__user=owner, enrollments__role=Role.OWNER)
        first = own.filter(uuid=once).first() if once else None
        return Begun(first, build_of(first)) if first else Begun(*start_build(source, facts=facts, owner=owner))
