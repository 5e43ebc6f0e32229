"""The course of an address, for whoever may: found in one statement that is put together once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from authoring.domain.review import with_tallies
from course.models import Course, Role
from course.rules import GRANTS, granted_to
from jobs.domain.clock import database_now
from quizzes.domain.questions import accept
from tests.factories import make_course, make_enrollment, make_person
from tests.web.studio.drafts import make_author, make_draft, versions_of
from web.studio.access import editable_course, permitted_course

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = timedelta(days=1)
TALLIES = (
    "lesson_count", "undecided", "accepted", "published", "rejected", "suggested", "known", "unknown", "build_state",
)  # fmt: skip


def asked_by(person: User) -> Any:
    request = RequestFactory().get("/studio/")
    request.user = person
    return request


def is_found(person: User, permission: str, course: Course, **which: Any) -> bool:
    try:
        return bool(permitted_course(asked_by(person), permission, **(which or {"slug": course.slug})) == course)
    except Http404:
        return False


@pytest.mark.parametrize("role", Role)
def test_a_course_is_found_for_every_permission_of_a_part_and_for_no_other(role: Role) -> None:
    course, other = make_course(), make_course()
    person = make_enrollment(course, role=role).user
    for permission, roles in GRANTS.items():
        assert is_found(person, permission, course) == (role in roles), permission
        assert not is_found(person, permission, other)


def test_it_says_what_the_part_grants() -> None:
    course = make_course()
    for role in (Role.EDITOR, Role.OWNER, Role.EDITOR):
        found = permitted_course(asked_by(make_enrollment(course, role=role).user), "course.edit", slug=course.slug)
        assert found.granted == granted_to(role)


def test_it_is_found_by_either_of_its_names() -> None:
    owner = make_author()
    course, other = make_draft(owner), make_draft(owner)
    for each in (course, other, course):
        assert editable_course(asked_by(owner), uuid=each.uuid) == each
        assert editable_course(asked_by(owner), slug=each.slug) == each
    with pytest.raises(Http404):
        editable_course(asked_by(owner), slug="no-such-course")
    with pytest.raises(Http404):
        editable_course(asked_by(owner), uuid=make_person().uuid)


@pytest.mark.parametrize(
    ("dates", "counts"),
    [
        ({}, True),
        ({"starts_at": -DAY}, True),
        ({"starts_at": DAY}, False),
        ({"ends_at": DAY}, True),
        ({"ends_at": -DAY}, False),
        ({"starts_at": -DAY, "ends_at": DAY}, True),
        ({"left_at": -DAY}, False),
    ],
    ids=str,
)
def test_a_part_counts_from_its_beginning_to_its_end(dates: dict[str, timedelta], counts: bool) -> None:
    course, now = make_course(), database_now()
    person = make_enrollment(course, role=Role.EDITOR, **{name: now + by for name, by in dates.items()}).user
    assert is_found(person, "course.edit", course) == counts


def test_a_part_that_is_taken_away_counts_no_more() -> None:
    course = make_course()
    part = make_enrollment(course, role=Role.GRADER)
    assert is_found(part.user, "course.grade", course)
    part.role = Role.LEARNER
    part.save()
    assert not is_found(part.user, "course.grade", course)


def test_its_tallies_are_those_of_now() -> None:
    owner = make_author()
    course = make_draft(owner, questions=3, concepts=2)
    for version in versions_of(course)[:2]:
        found = editable_course(asked_by(owner), slug=course.slug)
        fresh = with_tallies(Course.objects.filter(pk=course.pk)).get()
        assert [getattr(found, name) for name in TALLIES] == [getattr(fresh, name) for name in TALLIES]
        accept(version, by=owner)
    found = editable_course(asked_by(owner), slug=course.slug)
    assert (found.undecided, found.accepted, found.suggested, found.lesson_count) == (1, 2, 2, 1)


def test_it_comes_whole_and_can_be_changed_and_stored() -> None:
    owner = make_author()
    course = make_draft(owner)
    found = editable_course(asked_by(owner), slug=course.slug)
    fresh = Course.objects.get(pk=course.pk)
    columns = [column.attname for column in Course._meta.concrete_fields]
    assert [getattr(found, name) for name in columns] == [getattr(fresh, name) for name in columns]
    found.title = "Another title"
    found.save()
    assert Course.objects.get(pk=course.pk).title == "Another title"


@pytest.mark.parametrize("courses", [1, 8])
def test_it_takes_one_statement_however_many_courses_there_are(courses: int) -> None:
    owner = make_author()
    course, *_ = [make_draft(owner, questions=courses) for _ in range(courses)]
    with CaptureQueriesContext(connection) as captured:
        permitted_course(asked_by(owner), "course.edit", slug=course.slug)
    assert len(captured) == 1


@pytest.mark.parametrize("permission", ["course.fly", ""])
def test_a_permission_that_is_none_is_an_error_and_no_answer(permission: str) -> None:
    with pytest.raises(KeyError):
        permitted_course(asked_by(make_person()), permission, slug="any")
