"""Who gets into a course."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from course.domain.enrolment import enrol, enrol_oneself, part_of
from course.errors import MayNotEnrol
from course.models import Course, Enrollment, Role, Visibility
from course.rules import courses_editable_by, courses_readable_by, may_create_courses
from jobs.domain.clock import database_now
from tests.factories import NOW, make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_enrolling_twice_keeps_the_first_part() -> None:
    course, person = make_course(), make_person()

    enrol(course, person=person, role=Role.OWNER, at=NOW)
    again = enrol(course, person=person, at=NOW)

    assert (again.role, Enrollment.objects.count()) == (Role.OWNER, 1)


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.LINK])
def test_an_open_course_lets_anybody_in(visibility: Visibility) -> None:
    course = make_course()
    Course.objects.update(visibility=visibility)
    course.refresh_from_db()

    assert enrol_oneself(course, person=make_person(), at=NOW).role == Role.LEARNER


def test_a_closed_course_lets_in_only_who_is_enrolled() -> None:
    course, person = make_course(), make_person()
    Course.objects.update(visibility=Visibility.ENROLLED)
    course.refresh_from_db()

    with pytest.raises(MayNotEnrol):
        enrol_oneself(course, person=person, at=NOW)
    enrol(course, person=person, at=NOW)
    assert enrol_oneself(course, person=person).user == person


def test_a_draft_lets_nobody_in() -> None:
    with pytest.raises(MayNotEnrol):
        enrol_oneself(make_course(published=False), person=make_person(), at=NOW)


def test_who_may_read_a_course() -> None:
    owner, learner, stranger = make_person(), make_person(), make_person()
    draft, published, closed = make_course(published=False, owner=owner), make_course(owner=owner), make_course()
    Course.objects.filter(pk=closed.pk).update(visibility=Visibility.ENROLLED)
    enrol(closed, person=learner, at=NOW)
    enrol(draft, person=learner, at=NOW)

    assert set(courses_readable_by(owner)) == {draft, published}
    assert set(courses_readable_by(learner)) == {published, closed}
    assert set(courses_readable_by(stranger)) == {published}


def test_only_owners_and_editors_may_edit() -> None:
    course = make_course()
    people = {role: make_person() for role in Role}
    for role, person in people.items():
        enrol(course, person=person, role=role, at=NOW)

    editing = {role for role, person in people.items() if courses_editable_by(person).exists()}

    assert editing == {Role.OWNER, Role.EDITOR}


def test_who_has_left_may_no_longer_edit() -> None:
    owner = make_person()
    make_course(owner=owner)
    Enrollment.objects.update(left_at=NOW)

    assert not courses_editable_by(owner).exists()


def test_only_authors_may_create_courses() -> None:
    assert may_create_courses(make_person(may_author=True))
    assert not may_create_courses(make_person())


def test_a_part_is_found_until_it_is_left() -> None:
    course, person = make_course(), make_person()
    assert part_of(person, course=course.pk) is None
    enrollment = enrol(course, person=person, at=NOW)
    assert part_of(person, course=course.pk) == enrollment

    Enrollment.objects.update(left_at=NOW)
    assert part_of(person, course=course.pk) is None


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (None, None, True),
        (-1, None, True),
        (-1, 1, True),
        (None, 1, True),
        (1, None, False),
        (1, 2, False),
        (None, -1, False),
        (-2, -1, False),
    ],
)
def test_a_part_counts_between_its_dates(starts: int | None, ends: int | None, counts: bool) -> None:
    now = database_now()
    dates: dict[str, Any] = {
        "starts_at": None if starts is None else now + timedelta(hours=starts),
        "ends_at": None if ends is None else now + timedelta(hours=ends),
    }
    course = make_course()
    Course.objects.update(visibility=Visibility.ENROLLED)
    part = make_enrollment(course, role=Role.EDITOR, **dates)

    assert (part_of(part.user, course=course.pk) == part) == counts
    assert courses_readable_by(part.user).exists() == counts
    assert courses_editable_by(part.user).exists() == counts


@pytest.mark.parametrize("field", ["left_at", "ends_at"])
def test_whose_part_is_over_does_not_come_in_again_by_themselves(field: str) -> None:
    course = make_course()
    fields: dict[str, Any] = {field: NOW}
    part = make_enrollment(course, **fields)

    with pytest.raises(MayNotEnrol, match="is over"):
        enrol_oneself(course, person=part.user)


@pytest.mark.parametrize(
    "fields",
    [{"starts_at": NOW, "ends_at": NOW}, {"starts_at": NOW, "ends_at": NOW - timedelta(days=1)},
     {"role": Role.OWNER, "ends_at": NOW}],
)  # fmt: skip
def test_the_database_refuses_dates_that_cannot_be(fields: dict[str, object]) -> None:
    part = make_enrollment(make_course())
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrollment.objects.filter(pk=part.pk).update(**fields)
