"""The people who learn in a course."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from course.models import Course, Enrollment, Role
from course.rules import is_current


def learners_of(course: Course, *, matching: str = "") -> QuerySet[Enrollment]:
    """The course's learners by name, each with person and cohort.

    Each of the first five words of `matching` stands somewhere in name, email address or cohort.
    """
    learners = Enrollment.objects.filter(is_current(), course=course.pk, role=Role.LEARNER)
    for word in matching.split()[:5]:
        wanted = Q(user__name__icontains=word) | Q(user__email__icontains=word) | Q(cohort__name__icontains=word)
        learners = learners.filter(wanted)
    return learners.select_related("user", "cohort").order_by("user__name", "pk")
