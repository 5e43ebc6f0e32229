"""People put into a course by address: as a plan says, or typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from course.domain.invitations import invite_each
from course.domain.roster_applying import Enrolled, apply_roster, lock_course
from course.domain.rosters import Fate, RosterLine, RosterPlan, plan_roster
from course.errors import CourseError
from course.models import Course
from course.roster import Roster
from quizzes.domain.accommodations import extend_running
from quizzes.models import Attempt


class RosterAtFault(CourseError):
    """Something that was typed cannot be followed; nothing was changed."""

    code = "roster_at_fault"

    def __init__(self, faults: Sequence[RosterLine]) -> None:
        self.faults = faults
        super().__init__(" ".join(f"{fault.address}: {fault.reason}" for fault in faults))


def enrol_as_planned(
    course: Course, plan: RosterPlan, *, actor: User | None, at: datetime | None = None, cause: UUID | None = None
) -> Enrolled:
    """As apply_roster; whoever is new or came back is invited by mail, once.

    Attempts that run are extended for those who have more time by it.
    """
    enrolled = apply_roster(course, plan, actor=actor, at=at, cause=cause)
    invite_each([part.uuid for part in (*enrolled.new, *enrolled.back)], actor=actor)
    extend_running(Attempt.objects.filter(enrollment__in=[part.pk for part in enrolled.retimed]))
    return enrolled


@transaction.atomic
def enrol_typed(course: Course, roster: Roster, *, by_owner: bool, actor: User | None) -> Enrolled:
    """Those whose addresses were typed are enrolled as enrol_as_planned does it: all of them, or none.

    The course is locked. Raises RosterAtFault, RosterChanged.
    """
    lock_course(course)
    plan = plan_roster(course, roster, by_owner=by_owner)
    faults = [line for line in plan.lines if line.fate == Fate.FAULT]
    if faults:
        raise RosterAtFault(faults)
    return enrol_as_planned(course, plan, actor=actor)
