"""People put into a course by address: invited once each, all of those typed or none, with the time they are given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from course.domain.invitations import INVITE
from course.domain.roster_applying import Enrolled
from course.domain.rosters import plan_roster
from course.models import Course, Enrollment, Role
from course.roster import Roster, read_roster, read_typed
from jobs.models import Job
from quizzes.domain.attempts import start_attempt
from quizzes.domain.enrolling import RosterAtFault, enrol_as_planned, enrol_typed
from quizzes.models import Attempt
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def listed(course: Course, roster: Roster, **fields: Any) -> Enrolled:
    return enrol_as_planned(course, plan_roster(course, roster, by_owner=True), **{"actor": None, **fields})


def invited() -> list[Any]:
    """The parts that an invitation goes out to, in the order of their enrolment."""
    subjects = [job.subject for job in Job.objects.filter(kind=INVITE) if job.subject is not None]
    return list(Enrollment.objects.filter(uuid__in=subjects).order_by("pk").values_list("user__email", flat=True))


def test_whoever_is_new_or_comes_back_is_invited_and_who_is_there_already_is_not() -> None:
    course = make_course()
    there, left = make_enrollment(course), make_enrollment(course, left_at=NOW)
    text = f"Email,Days\nnew@example.org,\n{there.user.email},3\n{left.user.email},\n"

    enrolled = listed(course, read_roster(text))

    assert (len(enrolled.new), enrolled.back, enrolled.changed) == (1, [left], [there])
    assert sorted(invited()) == sorted(["new@example.org", str(left.user.email)])


def test_the_same_list_again_enrols_and_invites_nobody() -> None:
    course, roster = make_course(), read_roster("Email\nnew@example.org\n")

    first = listed(course, roster)
    again = listed(course, roster)

    assert (len(first.new), again) == (1, Enrolled())
    assert Job.objects.filter(kind=INVITE).count() == 1
    assert course.enrollments.count() == 1


def test_who_invited_owns_the_job_and_is_told_when_it_fails() -> None:
    course, actor = make_course(), make_person()

    listed(course, read_roster("Email\nnew@example.org\n"), actor=actor)

    assert Job.objects.get(kind=INVITE).owner == actor.pk


@pytest.mark.parametrize(
    ("columns", "cells", "minutes"), [("Time", "1.5", 15), ("Time", "1", 10), ("Days", "3", 10), ("Cohort", "A", 10)]
)
def test_more_time_by_a_list_reaches_an_attempt_that_runs(columns: str, cells: str, minutes: int) -> None:
    course = make_course()
    part = make_enrollment(course)
    start_attempt(make_quiz(course, time_limit_seconds=600), enrollment=part, at=NOW)

    listed(course, read_roster(f"Email,{columns}\n{part.user.email},{cells}\n"))

    assert Attempt.objects.get().deadline_at == NOW + timedelta(minutes=minutes)


def test_addresses_that_are_typed_all_come_in_with_their_part() -> None:
    course = make_course()
    roster = read_typed("Ana <ana@example.org>, bob@example.org", role="observer", cohort="Evenings")

    enrolled = enrol_typed(course, roster, by_owner=True, actor=None)

    parts = course.enrollments.order_by("user__email").values_list("user__email", "role", "cohort__name")
    assert len(enrolled.new) == 2
    assert list(parts) == [
        ("ana@example.org", Role.OBSERVER, "Evenings"),
        ("bob@example.org", Role.OBSERVER, "Evenings"),
    ]
    assert sorted(invited()) == ["ana@example.org", "bob@example.org"]


def test_one_address_at_fault_keeps_all_of_them_out_and_is_named() -> None:
    course = make_course()
    roster = read_typed("ana@example.org broken ana@example.org", role="learner")

    with pytest.raises(RosterAtFault) as refused:
        enrol_typed(course, roster, by_owner=True, actor=None)

    assert [fault.address for fault in refused.value.faults] == ["broken", "ana@example.org"]
    assert "broken: “broken” is not an email address." in str(refused.value)
    assert not course.enrollments.exists()
    assert invited() == []


def test_an_editor_gives_no_part_that_is_the_owners_to_give() -> None:
    course = make_course()
    roster = read_typed("ana@example.org", role="grader")

    with pytest.raises(RosterAtFault, match=r"ana@example\.org: "):
        enrol_typed(course, roster, by_owner=False, actor=None)
    assert not course.enrollments.exists()

    enrol_typed(course, roster, by_owner=True, actor=None)
    assert course.enrollments.get().role == Role.GRADER


def test_nobody_else_and_no_other_course_is_touched() -> None:
    course, other = make_course(), make_course()
    person = make_enrollment(other)
    before = list(other.enrollments.values())

    enrol_typed(course, read_typed(str(person.user.email), role="learner"), by_owner=True, actor=None)

    assert list(other.enrollments.values()) == before
    assert course.enrollments.get().user == person.user
