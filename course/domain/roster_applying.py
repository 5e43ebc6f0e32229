"""A list of people put to a course: exactly what was shown before is done, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.domain.audit import record_each
from accounts.domain.awaited import people_or_awaited
from accounts.models import User
from course.domain.rosters import Fate, RosterLine, RosterPlan, plan_roster
from course.errors import CourseError
from course.models import Cohort, Course, Enrollment
from course.roster import Roster
from jobs.domain.clock import database_now

A_STATEMENT = 200
"""Rows that one statement updates."""
VERBS = {Fate.NEW: "enrolled", Fate.BACK: "gave a part back", Fate.CHANGES: "changed a part"}


class RosterChanged(CourseError):
    """What the list would do is no longer what was shown; nothing was changed."""

    code = "roster_changed"
    message = "People or cohorts of this course have changed since you looked. See what the list would do now."


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a list did: the parts that are new or came back, how many changed, and whose time is another, by key."""

    new: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    changed: int = 0
    retimed: tuple[int, ...] = ()


@transaction.atomic
def apply_roster(
    course: Course, roster: Roster, *, seen: str, by_owner: bool, actor: User | None, at: datetime | None = None
) -> Enrolled:
    """Everybody on the list has the part that the plan with digest `seen` said; lines at fault do nothing.

    People whom nobody knows are awaited at their address. Raises RosterChanged, and does nothing, when the list would
    do anything else by now; when it would do nothing any more, it was applied before, and nothing is done. The course
    is locked; each part has its audit entry. A constant number of statements for each two hundred parts.
    """
    Course.objects.select_for_update().only("pk").get(pk=course.pk)
    plan = plan_roster(course, roster, by_owner=by_owner)
    if not plan.doings:
        return Enrolled()
    if plan.digest != seen:
        raise RosterChanged
    try:
        with transaction.atomic():
            return _enrolled(course, plan, actor=actor, at=at or database_now())
    except IntegrityError as error:
        # Somebody came in by themselves between the plan and this line.
        raise RosterChanged from error


def _enrolled(course: Course, plan: RosterPlan, *, actor: User | None, at: datetime) -> Enrolled:
    cohorts = _cohorts(course, plan)
    known = Enrollment.objects.in_bulk([line.part for line in plan.doings if line.part is not None])
    people = people_or_awaited({line.address: line.name for line in plan.doings if line.part is None}, at=at)
    made, parts = [], []
    for line in plan.doings:
        part = known[line.part] if line.part else Enrollment(course=course, user=people[line.address], enrolled_at=at)
        parts.append(_set(part, line, cohorts))
        made += [] if line.part else [part]
    Enrollment.objects.bulk_create(made)
    if known:
        Enrollment.objects.bulk_update(known.values(), _fields(plan.doings), batch_size=A_STATEMENT)
    done = list(zip(plan.doings, parts, strict=True))
    record_each(map(_entry, done), actor=actor, course=course.uuid)
    return Enrolled(
        new=_with_fate(Fate.NEW, done),
        back=_with_fate(Fate.BACK, done),
        changed=plan.counts[Fate.CHANGES],
        retimed=tuple(line.part for line in plan.doings if line.part is not None and _has_other_time(line)),
    )


def _cohorts(course: Course, plan: RosterPlan) -> Mapping[str, Cohort]:
    """The course's cohorts by name, those that the plan adds among them."""
    Cohort.objects.bulk_create(Cohort(course=course, name=name) for name in plan.new_cohorts)
    return {cohort.name: cohort for cohort in Cohort.objects.filter(course=course.pk)}


def _set(part: Enrollment, line: RosterLine, cohorts: Mapping[str, Cohort]) -> Enrollment:
    terms = line.after
    if terms is None:
        raise RosterChanged
    part.role, part.time_factor, part.extra_days = terms.role, terms.time_factor, terms.extra_days
    part.cohort = cohorts[terms.cohort] if terms.cohort else None
    part.starts_at, part.ends_at, part.left_at = terms.starts_at, terms.ends_at, None
    return part


def _fields(lines: Iterable[RosterLine]) -> list[str]:
    """What changes of parts that are there already: every column less is a good deal of the time that it takes."""
    return sorted({"left_at", *(name for line in lines if line.part is not None for name in line.changes)})


def _entry(done: tuple[RosterLine, Enrollment]) -> tuple[str, str, dict[str, Any]]:
    line, part = done
    return VERBS[line.fate], f"enrollment:{part.uuid}", {"by": "list", "changed": sorted(line.changes), "to": part.role}


def _with_fate(fate: Fate, done: Iterable[tuple[RosterLine, Enrollment]]) -> tuple[int, ...]:
    return tuple(part.pk for line, part in done if line.fate == fate)


def _has_other_time(line: RosterLine) -> bool:
    return not {"time_factor", "extra_days"}.isdisjoint(line.changes)
