"""Who may do what with a course: part by part, state by state, day by day, for pages and predicates alike."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from course.models import Course, CourseState, Enrollment, Role, Visibility
from course.rules import (
    GRANTS,
    courses_editable_by,
    courses_gradable_by,
    courses_readable_by,
    courses_readable_to,
    courses_where,
    granted_to,
    is_current,
    is_readable_by,
    may_create_courses,
)
from jobs.domain.clock import database_now
from tests.factories import NOW, make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = timedelta(days=1)
DATES: list[tuple[dict[str, timedelta], bool]] = [
    ({}, True),
    ({"starts_at": -DAY}, True),
    ({"ends_at": DAY}, True),
    ({"starts_at": -DAY, "ends_at": DAY}, True),
    ({"starts_at": DAY}, False),
    ({"ends_at": -DAY}, False),
    ({"left_at": -DAY}, False),
    ({"starts_at": -DAY, "ends_at": DAY, "left_at": -DAY}, False),
]
"""Dates of a part, as far from now as this, and whether it counts."""


def part(course: Course, role: Role, **dates: timedelta) -> User:
    now = database_now()
    moments: dict[str, Any] = {name: now + distance for name, distance in dates.items()}
    person = make_enrollment(course, role=role, **moments).user
    assert person is not None
    return person


def in_state(state: CourseState, visibility: Visibility) -> Course:
    course = make_course()
    Course.objects.filter(pk=course.pk).update(state=state, visibility=visibility)
    course.refresh_from_db()
    return course


@pytest.mark.parametrize("role", Role)
def test_a_part_grants_what_the_table_says_to_every_asker_alike(role: Role) -> None:
    course, other = make_course(), make_course()
    person = part(course, role)

    for permission, roles in GRANTS.items():
        grants = role in roles
        assert (permission in granted_to(role)) == grants
        assert (course in courses_where(person, permission)) == grants
        assert other not in courses_where(person, permission)
        if permission != "course.read":
            assert person.has_perm(permission, course) == grants
            assert not person.has_perm(permission, other)


@pytest.mark.parametrize(("dates", "counts"), DATES)
def test_a_part_grants_only_while_it_counts(dates: dict[str, timedelta], counts: bool) -> None:
    course = make_course()
    person = part(course, Role.EDITOR, **dates)

    granting = {permission for permission in GRANTS if course in courses_where(person, permission)}

    assert granting == (granted_to(Role.EDITOR) if counts else set())


@pytest.mark.parametrize("permission", GRANTS)
def test_a_stranger_and_a_visitor_are_granted_nothing(permission: str) -> None:
    make_course(owner=make_person())

    assert list(courses_where(make_person(), permission)) == []
    assert list(courses_where(AnonymousUser(), permission)) == []


@pytest.mark.parametrize("permission", ["course.fly", "", "course"])
def test_a_permission_that_is_none_is_an_error_and_no_answer(permission: str) -> None:
    with pytest.raises(KeyError):
        courses_where(make_person(), permission)


@pytest.mark.parametrize("state", CourseState)
@pytest.mark.parametrize("visibility", Visibility)
def test_who_reads_a_course_depends_on_its_state_and_how_open_it_is(state: CourseState, visibility: Visibility) -> None:
    course = in_state(state, visibility)
    is_open = visibility in (Visibility.PUBLIC, Visibility.LINK)
    readers = {role: part(course, role) for role in Role}

    for role, person in readers.items():
        expected = state == CourseState.PUBLISHED or role in GRANTS["course.preview"]
        assert (course in courses_readable_by(person)) == expected, role
        assert person.has_perm("course.read", course) == expected, role
        assert is_readable_by(person, course) == expected, role
    for stranger in (make_person(), AnonymousUser()):
        assert (course in courses_readable_by(stranger)) == (state == CourseState.PUBLISHED and is_open)
        assert is_readable_by(stranger, course) == (state == CourseState.PUBLISHED and is_open)


@pytest.mark.parametrize(("dates", "counts"), DATES)
def test_a_part_that_does_not_count_reads_as_a_stranger_does(dates: dict[str, timedelta], counts: bool) -> None:
    course = in_state(CourseState.PUBLISHED, Visibility.ENROLLED)
    dated = [role for role in Role if role != Role.OWNER]

    assert [course in courses_readable_by(part(course, role, **dates)) for role in dated] == [counts] * len(dated)


def test_an_owner_who_left_reads_as_a_stranger_does() -> None:
    course = in_state(CourseState.DRAFT, Visibility.PUBLIC)

    assert course in courses_readable_by(part(course, Role.OWNER))
    assert course not in courses_readable_by(part(course, Role.OWNER, left_at=-DAY))


def test_a_course_is_read_once_however_many_ways_lead_to_it() -> None:
    owner = make_person()
    course = make_course(owner=owner)

    assert list(courses_readable_by(owner)) == [course]
    assert list(courses_editable_by(owner)) == [course]


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (None, None, True),
        (0, None, True),
        (1, None, False),
        (None, 0, False),
        (None, 1, True),
        (-1, 1, True),
        (-2, -1, False),
        (1, 2, False),
    ],
)
def test_a_part_begins_at_its_first_moment_and_is_over_at_its_last(
    starts: int | None, ends: int | None, counts: bool
) -> None:
    moments = {"starts_at": starts, "ends_at": ends}
    dates: dict[str, Any] = {name: None if each is None else NOW + each * DAY for name, each in moments.items()}
    made = make_enrollment(make_course(), **dates)

    assert (made in Enrollment.objects.filter(is_current(at=NOW))) == counts
    assert (made.course in Course.objects.filter(is_current("enrollments__", at=NOW))) == counts


def test_what_is_read_at_another_moment_goes_by_that_moment() -> None:
    course = in_state(CourseState.PUBLISHED, Visibility.ENROLLED)
    made = make_enrollment(course, starts_at=NOW, ends_at=NOW + DAY)

    seen = [course in courses_readable_to(made.user_id, at=NOW + hours * DAY) for hours in (-1, 0, 0.5, 1)]

    assert seen == [False, True, True, False]


def test_graders_grade_and_do_not_edit() -> None:
    course = make_course()
    grader = part(course, Role.GRADER)

    assert (list(courses_gradable_by(grader)), list(courses_editable_by(grader))) == ([course], [])


@pytest.mark.parametrize(
    ("fields", "may"),
    [({}, False), ({"may_author": True}, True), ({"is_superuser": True}, True)],
)
def test_whoever_may_author_creates_courses(fields: dict[str, bool], may: bool) -> None:
    person = make_person()
    for name, value in fields.items():
        setattr(person, name, value)

    assert may_create_courses(person) is may
    assert may_create_courses(AnonymousUser()) is False


@pytest.mark.parametrize("courses", [1, 20])
def test_one_query_finds_every_course_that_may_be_read(courses: int) -> None:
    person = make_person()
    for _ in range(courses):
        make_course(owner=person)

    with CaptureQueriesContext(connection) as asked:
        assert len(courses_readable_by(person)) == courses

    assert len(asked) == 1
