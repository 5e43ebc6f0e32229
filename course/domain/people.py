"""The people of a course."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from course.models import Course, Enrollment, Role
from course.rules import is_current


class Group(StrEnum):
    """Whom a list of people holds."""

    LEARNERS = "learners"
    STAFF = "staff"
    AWAITED = "awaited"
    LEFT = "left"


IN_GROUP = {
    Group.LEARNERS: Q(role__in=[Role.LEARNER, Role.OBSERVER], left_at__isnull=True),
    Group.STAFF: ~Q(role__in=[Role.LEARNER, Role.OBSERVER]) & Q(left_at__isnull=True),
    Group.AWAITED: Q(user__awaited_since__isnull=False, left_at__isnull=True),
    Group.LEFT: Q(left_at__isnull=False),
}


def learners_of(course: Course, *, matching: str = "") -> QuerySet[Enrollment]:
    """The course's learners by name, each with person and cohort.

    Each of the first five words of `matching` stands somewhere in name, email address or cohort.
    """
    return _matching(Enrollment.objects.filter(is_current(), course=course.pk, role=Role.LEARNER), matching)


def people_of(course: Course, *, group: Group, cohort: UUID | None = None, matching: str = "") -> QuerySet[Enrollment]:
    """Everybody of the group in the course, by name, each with person and cohort; with `cohort`, only those in it.

    `matching` as for learners_of. Parts whose dates are over, or have not come, are among them.
    """
    people = Enrollment.objects.filter(IN_GROUP[group], course=course.pk)
    return _matching(people.filter(cohort__uuid=cohort) if cohort else people, matching)


def _matching(people: QuerySet[Enrollment], words: str) -> QuerySet[Enrollment]:
    for word in words.split()[:5]:
        wanted = Q(user__name__icontains=word) | Q(user__email__icontains=word) | Q(cohort__name__icontains=word)
        people = people.filter(wanted)
    return people.select_related("user", "cohort").order_by("user__name", "pk")
