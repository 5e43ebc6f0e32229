"""Cohorts: named, put away, brought back."""

from __future__ import annotations

import pytest

from accounts.domain.audit import history_of_course
from course.domain.cohorts import bring_back, cohorts_of, make_cohort, open_cohorts, put_away, rename_cohort
from course.domain.people import Group, people_of
from course.errors import CohortNameTaken
from course.models import Cohort, Role
from tests.factories import NOW, make_course, make_enrollment

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_cohorts_stand_by_name_with_those_who_take_part_and_those_put_away_last() -> None:
    course = make_course()
    late, early, old = (make_cohort(course, name=name, actor=None) for name in ("Late", "Early", "Aged"))
    make_enrollment(course, cohort=late)
    make_enrollment(course, cohort=late, left_at=NOW)
    put_away(old, actor=None, at=NOW)

    found = {each.name: each.members for each in cohorts_of(course)}

    assert found == {"Early": 0, "Late": 1, "Aged": 0}
    assert [each.name for each in open_cohorts(course)] == ["Early", "Late"] == [early.name, late.name]


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
