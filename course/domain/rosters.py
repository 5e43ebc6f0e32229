"""A list of people put to a course: what each line of it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import timezone

from accounts.domain.awaited import people_at
from accounts.domain.people import clean_email
from accounts.errors import NotAnEmailAddress
from accounts.models import User
from course.domain.parts import TAUGHT
from course.models import Cohort, Course, Enrollment, Role
from course.roster import Entry, Fault, Roster


class Fate(StrEnum):
    """What a line of a list does."""

    NEW = "new here"
    BACK = "comes back"
    CHANGES = "changes"
    SAME = "enrolled already"
    FAULT = "fault"


DOES_SOMETHING = (Fate.NEW, Fate.BACK, Fate.CHANGES)


@dataclass(frozen=True, slots=True)
class Terms:
    """Somebody's part as a list can say it; `cohort` is a name, "" for none."""

    role: str = Role.LEARNER
    cohort: str = ""
    time_factor: Decimal = Decimal("1.00")
    extra_days: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RosterLine:
    """What one line does. `before` is None for somebody who has no part yet; a fault has neither, but a reason.

    `name` is the part's person for one who has a part, else as the list says: it tells nothing of other accounts.
    `left_at` is when somebody who comes back had left.
    """

    line: int
    address: str
    name: str
    fate: Fate
    before: Terms | None = None
    after: Terms | None = None
    part: int | None = None
    reason: str = ""
    left_at: datetime | None = None

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        """By field of the terms, what it was and what it becomes; for somebody new, what is not usual."""
        if self.after is None:
            return {}
        before, after = asdict(self.before or Terms()), asdict(self.after)
        return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


@dataclass(frozen=True)
class RosterPlan:
    """What a list would do to a course at one moment."""

    lines: tuple[RosterLine, ...]
    new_cohorts: tuple[str, ...]
    ignored: tuple[str, ...]

    @cached_property
    def doings(self) -> list[RosterLine]:
        """The lines that do something."""
        return [line for line in self.lines if line.fate in DOES_SOMETHING]


def plan_roster(course: Course, roster: Roster, *, by_owner: bool) -> RosterPlan:
    """What each line of the list would do now. `by_owner` says whether an owner asks, who may give every part.

    Three queries whatever the length of the list.
    """
    entries = [_checked(each) for each in roster.lines]
    addresses = {entry.address for entry in entries if isinstance(entry, Entry)}
    people = people_at(addresses)
    keys = [person.pk for person in people.values()]
    parts = Enrollment.objects.filter(course=course.pk, user__in=keys).select_related("user", "cohort")
    planner = _Planner(
        people=people,
        parts={part.user_id: part for part in parts},
        cohorts={cohort.name.casefold(): cohort for cohort in Cohort.objects.filter(course=course.pk)},
        by_owner=by_owner,
    )
    lines = tuple(planner.line(entry) for entry in entries)
    return RosterPlan(lines, tuple(planner.new_cohorts.values()), roster.ignored)


def _checked(entry: Entry | Fault) -> Entry | Fault:
    """The entry, or the fault that its address is."""
    if isinstance(entry, Fault):
        return entry
    try:
        return replace(entry, address=clean_email(entry.address))
    except NotAnEmailAddress as error:
        return Fault(entry.line, entry.address[:100], str(error))


class _Refused(ValueError):
    """Why a line cannot be followed, in a sentence."""


@dataclass
class _Planner:
    """Says line by line what becomes of it, and remembers the lines before."""

    people: Mapping[str, User]
    parts: Mapping[int, Enrollment]
    cohorts: Mapping[str, Cohort]
    by_owner: bool
    new_cohorts: dict[str, str] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def line(self, entry: Entry | Fault) -> RosterLine:
        """What becomes of the entry, after all that were asked about before it."""
        if isinstance(entry, Fault):
            return RosterLine(entry.line, entry.address, "", Fate.FAULT, reason=entry.reason)
        person = self.people.get(entry.address)
        part = self.parts.get(person.pk) if person else None
        try:
            self._refuse_twice(entry)
            return self._planned(entry, part)
        except _Refused as refused:
            return RosterLine(entry.line, entry.address, entry.name, Fate.FAULT, reason=str(refused))

    def _refuse_twice(self, entry: Entry) -> None:
        earlier = self.seen.setdefault(entry.address, entry.line)
        if earlier != entry.line:
            raise _Refused(f"Line {earlier} has this address already. Leave one of them out.")

    def _planned(self, entry: Entry, part: Enrollment | None) -> RosterLine:
        before = terms_of(part) if part else None
        after = _overlaid(before or Terms(), entry)
        fate = _fate(part, before, after)
        if fate in DOES_SOMETHING:
            self._refuse(before, after)
            # The same cohort in other letters is the same cohort, and one that does not exist yet is made once.
            after = replace(after, cohort=self._cohort(after.cohort, kept=before.cohort if before else ""))
            fate = _fate(part, before, after)
        name = str(part.user) if part else entry.name
        planned = RosterLine(entry.line, entry.address, name, fate, before, after)
        return replace(planned, part=part.pk, left_at=part.left_at) if part else planned

    def _refuse(self, before: Terms | None, after: Terms) -> None:
        if after.starts_at and after.ends_at and after.ends_at <= after.starts_at:
            raise _Refused("It ends before it begins, with the dates that are set already.")
        roles = {after.role, before.role} if before else {after.role}
        if Role.OWNER in roles:
            raise _Refused("A list neither makes owners nor changes their part. Do that on the person’s own page.")
        if not self.by_owner and not roles <= set(TAUGHT):
            raise _Refused("Only an owner gives or changes other parts than those of learners and observers.")

    def _cohort(self, name: str, *, kept: str) -> str:
        if not name or name.casefold() == kept.casefold():
            return kept or name
        cohort = self.cohorts.get(name.casefold())
        if cohort is None:
            return self.new_cohorts.setdefault(name.casefold(), name)
        if cohort.archived_at is not None:
            raise _Refused(f"The cohort “{cohort.name}” is put away. Bring it back, or name another.")
        return cohort.name


def terms_of(part: Enrollment) -> Terms:
    """The part, which comes with its cohort, as a list can say it."""
    cohort = part.cohort.name if part.cohort else ""
    return Terms(part.role, cohort, part.time_factor, part.extra_days, part.starts_at, part.ends_at)


def _overlaid(before: Terms, entry: Entry) -> Terms:
    """What the entry says, and where it says nothing, what was before."""
    said: dict[str, Any] = {
        "role": entry.role,
        "cohort": entry.cohort,
        "time_factor": entry.time_factor,
        "extra_days": entry.extra_days,
        "starts_at": _instant(entry.starts_at),
        "ends_at": _instant(entry.ends_at),
    }
    return replace(before, **{name: value for name, value in said.items() if value is not None})


def _instant(moment: datetime | None) -> datetime | None:
    """The moment at which the installation's clocks say so; one that was asked for as a moment is that."""
    return moment if moment is None or timezone.is_aware(moment) else timezone.make_aware(moment)


def _fate(part: Enrollment | None, before: Terms | None, after: Terms) -> Fate:
    if part is None:
        return Fate.NEW
    if part.left_at is not None:
        return Fate.BACK
    return Fate.SAME if before == after else Fate.CHANGES
