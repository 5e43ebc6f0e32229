"""People who come, leave and change at the same instant, each on a connection of their own."""

from __future__ import annotations

import pytest
from django.db import transaction

from accounts.models import User
from course.domain.join_codes import join, make_code
from course.domain.parts import end_part, hand_over
from course.domain.roster_applying import apply_roster, lock_course
from course.domain.rosters import plan_roster
from course.errors import CodeRefused, LastOwner
from course.models import Course, Enrollment, JoinCode, Role
from course.roster import read_roster
from tests.factories import make_course, make_enrollment, make_person
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
ROUNDS = 5


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_who_take_the_last_use_one_comes_in(_round: int) -> None:
    code = make_code(make_course(), actor=None, most_uses=1)
    people = [make_person(), make_person()]

    def take(number: int) -> str:
        try:
            join(code.code, person=people[number])
        except CodeRefused:
            return "refused"
        return "in"

    assert sorted(at_once(take, threads=2)) == ["in", "refused"]
    assert (Enrollment.objects.count(), JoinCode.objects.get().uses) == (1, 1)


def test_one_person_who_joins_four_times_at_once_is_counted_once() -> None:
    code, person = make_code(make_course(), actor=None), make_person()

    assert len(set(at_once(lambda _: join(code.code, person=person).pk, threads=4))) == 1
    assert JoinCode.objects.get().uses == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_owners_who_leave_at_once_one_stays(_round: int) -> None:
    course = make_course(owner=make_person())
    make_enrollment(course, role=Role.OWNER)
    owners = list(course.enrollments.all())

    def leave(number: int) -> str:
        try:
            end_part(owners[number], actor=None)
        except LastOwner:
            return "stays"
        return "left"

    assert sorted(at_once(leave, threads=2)) == ["left", "stays"]
    assert course.enrollments.filter(role=Role.OWNER, left_at__isnull=True).count() == 1


def test_a_course_handed_to_two_at_once_has_one_owner() -> None:
    owner = make_person()
    course = make_course(owner=owner)
    heirs = [make_enrollment(course), make_enrollment(course)]

    def hand(number: int) -> bool:
        try:
            hand_over(course, to=heirs[number], actor=owner)
        except LastOwner:
            return False
        return True

    assert sorted(at_once(hand, threads=2)) == [False, True]
    assert course.enrollments.filter(role=Role.OWNER).count() == 1


def apply_at_once(courses: list[Course]) -> list[str]:
    """Everybody applies the same list, one to each of the courses, at the same instant."""
    roster = read_roster("Email,Cohort\nana@example.org,A\nbob@example.org,B")

    def take(number: int) -> str:
        with transaction.atomic():
            lock_course(courses[number])
            done = apply_roster(courses[number], plan_roster(courses[number], roster, by_owner=True), actor=None)
        return str(len(done.new))

    return sorted(at_once(take, threads=len(courses)))


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_list_applied_twice_at_once_is_applied_once(_round: int) -> None:
    course = make_course()
    assert apply_at_once([course, course]) == ["0", "2"]
    assert (course.enrollments.count(), course.cohorts.count(), User.objects.count()) == (2, 2, 2)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_address_awaited_in_two_courses_at_once_is_one_person(_round: int) -> None:
    courses = [make_course(), make_course()]
    assert apply_at_once(courses) == ["2", "2"]
    assert User.objects.count() == 2
    assert [course.enrollments.count() for course in courses] == [2, 2]
