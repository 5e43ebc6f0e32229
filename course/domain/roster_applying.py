"""A list of people put to a course: what was planned is done, all of it in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.domain.audit import record_each
from accounts.domain.awaited import people_or_awaited
from accounts.models import User
from course.domain.rosters import Fate, RosterLine, RosterPlan
from course.errors import CourseError
from course.models import Cohort, Course, Enrollment
from jobs.domain.clock import database_now

A_STATEMENT = 200
"""Rows that one statement updates."""
VERBS = {Fate.NEW: "enrolled", Fate.BACK: "gave a part back", Fate.CHANGES: "changed a part"}


class RosterChanged(CourseError):
    """Somebody came in by themselves just now; nothing was changed."""

    code = "roster_changed"
    message = "People of this course have changed just now. Try again."


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a list did: each line that did something with the part it made or changed, and the cohorts that it made."""

    done: tuple[tuple[RosterLine, Enrollment], ...] = ()
    cohorts: tuple[UUID, ...] = ()

    @property
    def new(self) -> list[Enrollment]:
        """The parts that were made."""
        return self._with_fate(Fate.NEW)

    @property
    def back(self) -> list[Enrollment]:
        """The parts that were given back."""
        return self._with_fate(Fate.BACK)

    @property
    def changed(self) -> list[Enrollment]:
        """The parts that are others than before."""
        return self._with_fate(Fate.CHANGES)

    @property
    def retimed(self) -> list[Enrollment]:
        """The parts that were there already and whose accommodation is another."""
        return [part for line, part in self.done if line.part is not None and _has_other_time(line)]

    def _with_fate(self, fate: Fate) -> list[Enrollment]:
        return [part for line, part in self.done if line.fate == fate]


def apply_roster(
    course: Course, plan: RosterPlan, *, actor: User | None, at: datetime | None = None, cause: UUID | None = None
) -> Enrolled:
    """Everybody on the list has the part that the plan says; lines that do nothing do nothing.

    People whom nobody knows are awaited at their address. Each part has its audit entry, which names `cause`, the
    public id of what asked for it. In the caller's transaction, which locked the course before the plan was made.
    Raises RosterChanged, and does nothing, when somebody joined since. The same statements for any two hundred parts.
    """
    if not plan.doings:
        return Enrolled()
    try:
        with transaction.atomic():
            return _enrolled(course, plan, actor=actor, at=at or database_now(), cause=cause)
    except IntegrityError as error:
        raise RosterChanged from error


def lock_course(course: Course) -> None:
    """Until the caller's transaction ends nobody else gives or ends parts in the course; people may join."""
    Course.objects.select_for_update().only("pk").get(pk=course.pk)


def _enrolled(course: Course, plan: RosterPlan, *, actor: User | None, at: datetime, cause: UUID | None) -> Enrolled:
    made_cohorts, cohorts = _cohorts(course, plan)
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
    done = tuple(zip(plan.doings, parts, strict=True))
    record_each((_entry(*each, cause) for each in done), actor=actor, course=course.uuid)
    return Enrolled(done, made_cohorts)


def _cohorts(course: Course, plan: RosterPlan) -> tuple[tuple[UUID, ...], Mapping[str, Cohort]]:
    """The cohorts that the plan adds, by public id, and all of the course by name."""
    made = Cohort.objects.bulk_create(Cohort(course=course, name=name) for name in plan.new_cohorts)
    cohorts = {cohort.name: cohort for cohort in Cohort.objects.filter(course=course.pk)}
    return tuple(cohort.uuid for cohort in made), cohorts


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


def _entry(line: RosterLine, part: Enrollment, cause: UUID | None) -> tuple[str, str, dict[str, Any]]:
    detail = {"by": "list", "changed": sorted(line.changes), "to": part.role}
    return VERBS[line.fate], f"enrollment:{part.uuid}", {**detail, **({"list": str(cause)} if cause else {})}


def _has_other_time(line: RosterLine) -> bool:
    return not {"time_factor", "extra_days"}.isdisjoint(line.changes)
