"""People put into a course by address: by a list that was looked at, or typed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from course.domain.invitations import invite_each
from course.domain.roster_applying import Enrolled, apply_roster
from course.domain.rosters import Fate, RosterLine, plan_roster
from course.errors import CourseError
from course.models import Course, Enrollment
from course.roster import Roster
from quizzes.domain.accommodations import extend_running
from quizzes.models import Attempt


class RosterAtFault(CourseError):
    """Something that was typed cannot be followed; nothing was changed."""

    code = "roster_at_fault"

    def __init__(self, faults: Sequence[RosterLine]) -> None:
        self.faults = faults
        super().__init__(" ".join(f"{fault.address}: {fault.reason}" for fault in faults))


@transaction.atomic
def enrol_by_list(course: Course, roster: Roster, *, seen: str, by_owner: bool, actor: User | None) -> Enrolled:
    """As apply_roster, which raises for both; whoever is new or came back is invited by mail, once.

    Attempts that run are extended for those who have more time by it.
    """
    enrolled = apply_roster(course, roster, seen=seen, by_owner=by_owner, actor=actor)
    invited = Enrollment.objects.filter(pk__in=(*enrolled.new, *enrolled.back)).order_by("pk")
    invite_each(list(invited.values_list("uuid", flat=True)), actor=actor)
    extend_running(Attempt.objects.filter(enrollment__in=enrolled.retimed))
    return enrolled


@transaction.atomic
def enrol_typed(course: Course, roster: Roster, *, by_owner: bool, actor: User | None) -> Enrolled:
    """As enrol_by_list, for addresses that were typed: all of them, or none. Raises RosterAtFault, RosterChanged."""
    plan = plan_roster(course, roster, by_owner=by_owner)
    faults = [line for line in plan.lines if line.fate == Fate.FAULT]
    if faults:
        raise RosterAtFault(faults)
    return enrol_by_list(course, roster, seen=plan.digest, by_owner=by_owner, actor=actor)
