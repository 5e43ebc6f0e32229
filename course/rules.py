"""Who may do what with a course: one table that pages and REST both go by. Nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from rules.permissions import add_perm
from rules.predicates import Predicate

from course.models import Course, CourseState, Enrollment, Role, Visibility
from jobs.domain.clock import DatabaseClock

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

EDITING = frozenset({Role.OWNER, Role.EDITOR})
GRANTS: Mapping[str, frozenset[Role]] = {
    "course.read": frozenset(Role),
    "course.answer": frozenset(Role) - {Role.OBSERVER},
    "course.preview": EDITING,
    "course.edit": EDITING,
    "course.grade": EDITING | {Role.GRADER},
    "course.monitor": EDITING | {Role.GRADER, Role.ASSISTANT},
    "course.see_people": EDITING | {Role.ASSISTANT},
    "course.accommodate": EDITING | {Role.ASSISTANT},
    "course.enrol": EDITING,
    "course.own": frozenset({Role.OWNER}),
    "course.erase": frozenset({Role.OWNER}),
}
"""Which parts in a course grant a permission there. One that is open is read without any."""


def is_current(before: str = "", *, at: datetime | None = None) -> Q:
    """That an enrolment counts at `at`, None meaning now; `before` leads to it, such as "enrollments__"."""
    now = DatabaseClock() if at is None else at
    has_begun = Q(**{f"{before}starts_at__isnull": True}) | Q(**{f"{before}starts_at__lte": now})
    goes_on = Q(**{f"{before}ends_at__isnull": True}) | Q(**{f"{before}ends_at__gt": now})
    return Q(**{f"{before}left_at__isnull": True}) & has_begun & goes_on


def parts_of(person: int, *, at: datetime | None = None) -> QuerySet[Enrollment]:
    """What the person with this key takes part in at `at`, None meaning now."""
    return Enrollment.objects.filter(is_current(at=at), user=person)


def courses_readable_by(person: User | AnonymousUser) -> QuerySet[Course]:
    """Courses the person may read: published ones that are public or shared by link, and those they are enrolled in.

    A draft is readable for its owner and editors only.
    """
    return courses_readable_to(reader_key(person))


def reader_key(person: User | AnonymousUser) -> int | None:
    """The person's key; None for a visitor who has not signed in."""
    return person.pk if person.is_authenticated else None


def courses_readable_to(person: int | None, *, at: datetime | None = None) -> QuerySet[Course]:
    """As courses_readable_by, for the person with this key, or for a visitor; at `at`, None meaning now."""
    published = Q(state=CourseState.PUBLISHED)
    if person is None:
        return Course.objects.filter(published, visibility__in=[Visibility.PUBLIC, Visibility.LINK])
    mine = parts_of(person, at=at)
    return Course.objects.filter(
        Q(published, visibility__in=[Visibility.PUBLIC, Visibility.LINK])
        | Q(published, pk__in=mine.values("course"))
        | Q(pk__in=mine.filter(role__in=sorted(GRANTS["course.preview"])).values("course"))
    )


def is_readable_by(person: User | AnonymousUser, course: Course) -> bool:
    """Whether `course` is among courses_readable_by now; not asked of the database where everybody reads it."""
    if course.state == CourseState.PUBLISHED and course.visibility in (Visibility.PUBLIC, Visibility.LINK):
        return True
    return courses_readable_by(person).filter(pk=course.pk).exists()


def courses_where(person: User | AnonymousUser, permission: str) -> QuerySet[Course]:
    """Courses in which the person has this permission, one of GRANTS, by their part in it; raises KeyError for others.

    Reading is more than that: courses_readable_by.
    """
    key = reader_key(person)
    return Course.objects.none() if key is None else courses_granting(permission, to=key)


def courses_granting(permission: str, *, to: int) -> QuerySet[Course]:
    """As courses_where, for the person with this key."""
    granting = sorted(GRANTS[permission])
    return Course.objects.filter(pk__in=parts_of(to).filter(role__in=granting).values("course"))


def courses_editable_by(person: User | AnonymousUser) -> QuerySet[Course]:
    """Courses the person owns or edits."""
    return courses_where(person, "course.edit")


def courses_gradable_by(person: User | AnonymousUser) -> QuerySet[Course]:
    """Courses whose answers the person may grade: those they own, edit or are a grader of."""
    return courses_where(person, "course.grade")


def granted_to(role: str) -> frozenset[str]:
    """The permissions that come with this part in a course."""
    return frozenset(permission for permission, roles in GRANTS.items() if role in roles)


def is_in_studio() -> Exists:
    """Whether the person of the outer query edits, grades or sees people in some course now: the studio is for them."""
    roles = GRANTS["course.edit"] | GRANTS["course.grade"] | GRANTS["course.see_people"]
    return Exists(Enrollment.objects.filter(is_current(), user=OuterRef("pk"), role__in=sorted(roles)))


def may_create_courses(person: User | AnonymousUser) -> bool:
    """Whether the person may turn articles into courses."""
    return bool(person.is_authenticated and (person.may_author or person.is_superuser))


def _holds(permission: str) -> Predicate:
    def holds(person: User | AnonymousUser, course: Course) -> bool:
        found = courses_readable_by(person) if permission == "course.read" else courses_where(person, permission)
        return found.filter(pk=course.pk).exists()

    return Predicate(holds, name=permission)


for _permission in GRANTS:
    add_perm(_permission, _holds(_permission))  # type: ignore[no-untyped-call]  # -- rules is not typed
