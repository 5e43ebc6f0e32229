"""Cohorts: named, put away, brought back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain.audit import history_of_course
from course.domain.cohorts import bring_back, cohorts_of, make_cohort, open_cohorts, put_away, rename_cohort
from course.domain.people import Group, people_of
from course.errors import CohortNameTaken
from course.models import Cohort, Role
from tests.factories import NOW, make_course, make_enrollment
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_cohorts_stand_by_name_with_those_who_take_part_and_those_put_away_last() -> None:
    course = make_course()
    late, early, old = (make_cohort(course, name=name, actor=None) for name in ("Late", "Early", "Aged"))
    make_enrollment(course, cohort=late)
    make_enrollment(course, cohort=late, left_at=NOW)
    put_away(old, actor=None, at=NOW)

    assert [(each.name, each.members) for each in cohorts_of(course)] == [("Early", 0), ("Late", 1), ("Aged", 0)]
    assert [each.name for each in open_cohorts(course)] == ["Early", "Late"] == [early.name, late.name]


def test_those_put_away_stand_by_name_too_whenever_that_was() -> None:
    course = make_course()
    for days, name in enumerate(("Carpet", "Apple", "Book")):
        put_away(make_cohort(course, name=name, actor=None), actor=None, at=NOW - timedelta(days=days))
    make_cohort(course, name="Zoo", actor=None)

    assert [each.name for each in cohorts_of(course)] == ["Zoo", "Apple", "Book", "Carpet"]


def test_a_cohort_that_was_brought_back_stands_where_it_stood() -> None:
    course = make_course()
    first, _ = (make_cohort(course, name=name, actor=None) for name in ("Apple", "Book"))
    put_away(first, actor=None, at=NOW)

    before = [each.name for each in cohorts_of(course)]
    bring_back(first, actor=None)

    assert (before, [each.name for each in cohorts_of(course)]) == (["Book", "Apple"], ["Apple", "Book"])


@pytest.mark.django_db(transaction=True)
def test_of_five_who_make_a_cohort_of_one_name_at_once_one_does() -> None:
    course = make_course()

    def make(_: int) -> str:
        try:
            return make_cohort(course, name="Early", actor=None).name
        except CohortNameTaken:
            return "taken"

    assert sorted(at_once(make, threads=5)) == ["Early", *["taken"] * 4]
    assert Cohort.objects.count() == 1
    assert [entry.verb for entry in history_of_course(course.uuid)] == ["made a cohort"]


@pytest.mark.django_db(transaction=True)
def test_a_cohort_put_away_by_several_at_once_is_put_away_once() -> None:
    cohort = make_cohort(make_course(), name="Early", actor=None)

    assert sorted(at_once(lambda _: put_away(cohort, actor=None), threads=4)) == [False, False, False, True]
    assert sorted(at_once(lambda _: bring_back(cohort, actor=None), threads=4)) == [False, False, False, True]
    verbs = [entry.verb for entry in history_of_course(cohort.course.uuid)]
    assert sorted(verbs) == ["brought a cohort back", "made a cohort", "put a cohort away"]


def test_a_name_is_taken_once_in_a_course_and_free_in_another() -> None:
    course, other = make_course(), make_course()
    first, second = (make_cohort(course, name=name, actor=None) for name in ("Early", "Late"))

    with pytest.raises(CohortNameTaken):
        make_cohort(course, name="Early", actor=None)
    with pytest.raises(CohortNameTaken):
        rename_cohort(second, name="Early", actor=None)
    rename_cohort(first, name="Earlier", actor=None)

    assert make_cohort(other, name="Early", actor=None).name == "Early"
    assert sorted(Cohort.objects.filter(course=course).values_list("name", flat=True)) == ["Earlier", "Late"]


def test_putting_away_and_bringing_back_are_each_done_once_and_recorded() -> None:
    cohort = make_cohort(make_course(), name="Early", actor=None)

    assert [put_away(cohort, actor=None, at=NOW), put_away(cohort, actor=None)] == [True, False]
    assert [bring_back(cohort, actor=None), bring_back(cohort, actor=None)] == [True, False]

    verbs = [entry.verb for entry in history_of_course(cohort.course.uuid)]
    assert verbs == ["brought a cohort back", "put a cohort away", "made a cohort"]


def test_people_come_by_group_and_cohort() -> None:
    course = make_course()
    cohort = make_cohort(course, name="Early", actor=None)
    learner, observer = make_enrollment(course, cohort=cohort), make_enrollment(course, role=Role.OBSERVER)
    grader, left = make_enrollment(course, role=Role.GRADER), make_enrollment(course, left_at=NOW)
    over = make_enrollment(course, ends_at=NOW)

    found = {group: set(people_of(course, group=group)) for group in Group}

    assert found == {
        Group.LEARNERS: {learner, observer, over},
        Group.STAFF: {grader},
        Group.AWAITED: set(),
        Group.LEFT: {left},
    }
    assert list(people_of(course, group=Group.LEARNERS, cohort=cohort.uuid)) == [learner]
    assert list(people_of(course, group=Group.LEARNERS, matching=observer.user.name)) == [observer]


def test_the_same_name_again_records_nothing_and_the_caller_holds_the_name() -> None:
    cohort = make_cohort(make_course(), name="Early", actor=None)

    for _ in range(2):
        rename_cohort(cohort, name="Earlier", actor=None)
        assert cohort.name == Cohort.objects.get().name == "Earlier"

    verbs = [entry.verb for entry in history_of_course(cohort.course.uuid)]
    assert verbs == ["renamed a cohort", "made a cohort"]


def test_a_name_that_is_taken_leaves_the_cohort_what_it_was_called() -> None:
    course = make_course()
    make_cohort(course, name="Early", actor=None)
    late = make_cohort(course, name="Late", actor=None)

    with pytest.raises(CohortNameTaken, match="a cohort of this name already"):
        rename_cohort(late, name="Early", actor=None)

    assert late.name == Cohort.objects.get(pk=late.pk).name == "Late"
    assert [entry.verb for entry in history_of_course(course.uuid)] == ["made a cohort", "made a cohort"]


@pytest.mark.parametrize("members", [1, 30])
def test_cohorts_are_listed_by_one_query_whatever_their_size(members: int) -> None:
    course = make_course()
    for number in range(members):
        cohort = make_cohort(course, name=f"Group {number}", actor=None)
        make_enrollment(course, cohort=cohort)

    with CaptureQueriesContext(connection) as asked:
        found = [each.members for each in cohorts_of(course)]

    assert (found, len(asked)) == ([1] * members, 1)
