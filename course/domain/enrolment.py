"""Who takes part in a course."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from course.errors import MayNotEnrol
from course.models import Cohort, Course, CourseState, Enrollment, Role, Visibility
from course.rules import parts_of
from jobs.domain.clock import database_now
from jobs.domain.prepared import first, prepared


def part_of(person: User, *, course: int) -> Enrollment | None:
    """The person's part in the course with this key; None when they have none, or left. One query."""
    found: Enrollment | None = first(_parts(person=person.pk, course=course))
    return found


@prepared
def _parts(*, person: int, course: int) -> QuerySet[Enrollment]:
    return parts_of(person).filter(course=course)


def enrol(
    course: Course,
    *,
    person: User,
    role: Role = Role.LEARNER,
    cohort: Cohort | None = None,
    at: datetime | None = None,
) -> Enrollment:
    """The person has a part in the course; who has one keeps it, role, cohort and all. Idempotent."""
    enrollment, _ = Enrollment.objects.get_or_create(
        course=course, user=person, defaults={"role": role, "cohort": cohort, "enrolled_at": at or database_now()}
    )
    return enrollment


def enrol_oneself(course: Course, *, person: User, at: datetime | None = None) -> Enrollment:
    """The person is enrolled in a course that is open to them: already enrolled, or published and public or by link.

    Raises MayNotEnrol otherwise, as for somebody whose part is over or has not begun: only its instructors give it
    back. One query for who is enrolled.
    """
    enrollment = part_of(person, course=course.pk)
    if enrollment is not None:
        return enrollment
    if course.state != CourseState.PUBLISHED or course.visibility == Visibility.ENROLLED:
        raise MayNotEnrol
    part = enrol(course, person=person, at=at)
    if part.left_at or part.starts_at or part.ends_at:
        raise MayNotEnrol("Your part in this course is over, or has not begun yet. Ask its instructor.")
    return part


def hand_on_parts(awaited: User, person: User) -> None:
    """Every part of the awaited account is the person's, but where they have one of their own in the same course.

    In the transaction that verifies their address.
    """
    own = Enrollment.objects.filter(user=person).values("course")
    Enrollment.objects.filter(user=awaited).exclude(course__in=own).update(user=person)
