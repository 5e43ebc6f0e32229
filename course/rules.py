"""Who may do what with a course. Doors ask these; nothing else decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from course.models import Course, CourseState, Enrollment, Role, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

EDITING = (Role.OWNER, Role.EDITOR)
GRADING = (*EDITING, Role.GRADER)


def courses_readable_by(person: User | AnonymousUser) -> QuerySet[Course]:
    """Courses the person may read: published ones that are public or shared by link, and those they are enrolled in.

    A draft is readable for its owner and editors only.
    """
    return courses_readable_to(reader_key(person))


def reader_key(person: User | AnonymousUser) -> int | None:
    """The person's key; None for a visitor who has not signed in."""
    return person.pk if person.is_authenticated else None


def courses_readable_to(person: int | None) -> QuerySet[Course]:
    """As courses_readable_by, for the person with this key, or for a visitor."""
    published = Q(state=CourseState.PUBLISHED)
    if person is None:
        return Course.objects.filter(published, visibility__in=[Visibility.PUBLIC, Visibility.LINK])
    mine = Enrollment.objects.filter(user=person, left_at__isnull=True)
    return Course.objects.filter(
        Q(published, visibility__in=[Visibility.PUBLIC, Visibility.LINK])
        | Q(published, pk__in=mine.values("course"))
        | Q(pk__in=mine.filter(role__in=EDITING).values("course"))
    )


def courses_editable_by(person: User | AnonymousUser) -> QuerySet[Course]:
    """Courses the person owns or edits."""
    return _courses_with(person, roles=EDITING)


def courses_gradable_by(person: User | AnonymousUser) -> QuerySet[Course]:
    """Courses whose answers the person may grade: those they own, edit or are a grader of."""
    return _courses_with(person, roles=GRADING)


def _courses_with(person: User | AnonymousUser, *, roles: Sequence[Role]) -> QuerySet[Course]:
    if not person.is_authenticated:
        return Course.objects.none()
    mine = Enrollment.objects.filter(user=person, left_at__isnull=True, role__in=roles)
    return Course.objects.filter(pk__in=mine.values("course"))


def may_create_courses(person: User | AnonymousUser) -> bool:
    """Whether the person may turn articles into courses."""
    return bool(person.is_authenticated and (person.may_author or person.is_superuser))
