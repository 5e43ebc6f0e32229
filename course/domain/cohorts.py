"""The cohorts of a course: made, named, put away. Who is in one is a matter of their part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.lookups import IsNull

from accounts.domain.audit import record
from accounts.models import User
from course.errors import CohortNameTaken
from course.models import Cohort, Course
from jobs.domain.clock import database_now


def cohorts_of(course: Course) -> QuerySet[Any]:
    """The course's cohorts by name, those put away last, each with `members`, who take part now."""
    members = Count("enrollments", filter=Q(enrollments__left_at__isnull=True))
    # Not by the moment itself: of rows without one SQLite thinks first, PostgreSQL last.
    is_away = IsNull(F("archived_at"), False)
    return Cohort.objects.filter(course=course.pk).annotate(members=members).order_by(is_away, "name", "pk")


def open_cohorts(course: Course) -> QuerySet[Cohort]:
    """Those that somebody can still be put into."""
    return Cohort.objects.filter(course=course.pk, archived_at__isnull=True).order_by("name")


@transaction.atomic
def make_cohort(course: Course, *, name: str, actor: User | None) -> Cohort:
    """The course has a cohort of this name; raises CohortNameTaken when it had one."""
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(course=course, name=name)
    except IntegrityError as error:
        raise CohortNameTaken from error
    record("made a cohort", subject=f"cohort:{cohort.uuid}", actor=actor, course=course.uuid)
    return cohort


@transaction.atomic
def rename_cohort(cohort: Cohort, *, name: str, actor: User | None) -> None:
    """The cohort is called this; raises CohortNameTaken when another of its course is. Again records nothing."""
    try:
        with transaction.atomic():
            is_new = Cohort.objects.filter(pk=cohort.pk).exclude(name=name).update(name=name)
    except IntegrityError as error:
        raise CohortNameTaken from error
    cohort.name = name
    if not is_new:
        return
    record("renamed a cohort", subject=f"cohort:{cohort.uuid}", actor=actor, course=cohort.course.uuid)


@transaction.atomic
def put_away(cohort: Cohort, *, actor: User | None, at: datetime | None = None) -> bool:
    """Nobody new comes into the cohort; who is in it stays. Returns False when it was put away before."""
    if not Cohort.objects.filter(pk=cohort.pk, archived_at__isnull=True).update(archived_at=at or database_now()):
        return False
    record("put a cohort away", subject=f"cohort:{cohort.uuid}", actor=actor, course=cohort.course.uuid)
    return True


@transaction.atomic
def bring_back(cohort: Cohort, *, actor: User | None) -> bool:
    """The cohort takes people again. Returns False when it did already."""
    if not Cohort.objects.filter(pk=cohort.pk, archived_at__isnull=False).update(archived_at=None):
        return False
    record("brought a cohort back", subject=f"cohort:{cohort.uuid}", actor=actor, course=cohort.course.uuid)
    return True
