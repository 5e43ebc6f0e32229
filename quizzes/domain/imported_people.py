"""Lists of people: what their lines would do, done as enrolments, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.domain.audit import record_each
from accounts.domain.awaited import await_no_more
from accounts.models import User
from course.domain.parts import TAUGHT
from course.domain.roster_applying import A_STATEMENT, lock_course
from course.domain.rosters import DOES_SOMETHING, Fate, RosterLine, Terms, plan_roster, terms_of
from course.models import Cohort, Course, Enrollment, LessonReading, Note
from course.roster import Entry, Roster, read_roster
from course.rules import courses_where
from quizzes.domain.enrolling import enrol_as_planned
from quizzes.models import AnswerEvent, Attempt, Certificate, ImportLine, ImportLineState, LineFate, ListImport, Recall

Kept = Mapping[str, Any]
"""The terms of a part as plain JSON, and when it was left."""

SO_ALREADY = "Everything that the line says is so already."
CHANGED_MEANWHILE = "The person’s part was changed meanwhile, so the line would do something else now."
GONE = "The part is not there any more."
WORKED = "The person has worked in the course since, so the part stays."
CHANGED_SINCE = "Somebody changed the part since, and that stands."
NOT_YOURS = "Only an owner changes other parts than those of learners and observers."
COHORT_GONE = "The cohort that the person was in is not there any more."
DATES_CLASH = "The dates from before no longer go with those that were set since."
VERBS = {
    LineFate.NEW: "took an enrolment back",
    LineFate.BACK: "ended a part",
    LineFate.CHANGES: "changed a part",
}


def read(_course: Course, text: str) -> Roster:
    """The list as its lines say it. Raises NotATable."""
    return read_roster(text)


def planned(run: ListImport) -> tuple[list[ImportLine], tuple[str, ...]]:
    """What each line of the list would do now, unsaved, and the headers that say nothing. Raises NotATable."""
    plan = plan_roster(run.course, read_roster(run.text), by_owner=_is_by_owner(run))
    return [_line(run, number, line) for number, line in enumerate(plan.lines, 1)], plan.ignored


def _is_by_owner(run: ListImport) -> bool:
    return run.actor is not None and courses_where(run.actor, "course.own").filter(pk=run.course_id).exists()


def _line(run: ListImport, number: int, line: RosterLine) -> ImportLine:
    return ImportLine(
        list_import=run,
        number=number,
        line=line.line,
        address=line.address,
        name=line.name,
        part_id=line.part,
        fate=line.fate.name.lower(),
        before=_kept(line.before, line.left_at),
        after=_kept(line.after),
        said=line.reason,
    )


def _kept(terms: Terms | None, left_at: datetime | None = None) -> dict[str, Any] | None:
    if terms is None:
        return None
    values = {**asdict(terms), "time_factor": f"{terms.time_factor:.2f}", "left_at": left_at}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def changes_of(line: ImportLine) -> dict[str, tuple[Any, Any]]:
    """By name of a term, what it was and what it becomes; for somebody new, what is not usual."""
    before, after = line.before or _kept(Terms()) or {}, line.after or {}
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def _typed(name: str, value: Any) -> Any:
    """A kept term as a part has it."""
    if name == "time_factor":
        return Decimal(value)
    return datetime.fromisoformat(value) if name.endswith("_at") and value else value


def apply(run: ListImport, lines: Sequence[ImportLine], at: datetime) -> None:
    """Everybody has the part that their line says; lines that would do anything else by now are passed over.

    Whoever is new or comes back is invited. The lines are unsaved after; the course is locked.
    """
    lock_course(run.course)
    plan = plan_roster(run.course, Roster(tuple(map(_asked, lines))), by_owner=_is_by_owner(run))
    now = {line.line: line for line in plan.lines}
    shown = [now[line.line] for line in lines if _is_as_shown(line, now[line.line])]
    named = {line.after.cohort for line in shown if line.after is not None}
    doable = replace(plan, lines=tuple(shown), new_cohorts=tuple(name for name in plan.new_cohorts if name in named))
    enrolled = enrol_as_planned(run.course, doable, actor=run.actor, at=at, cause=run.uuid)
    parts = {line.line: part.pk for line, part in enrolled.done}
    for line in lines:
        if line.line in parts:
            line.state, line.part_id, line.done_at = ImportLineState.DONE, parts[line.line], at
        else:
            line.state, line.said = ImportLineState.PASSED_OVER, _instead(now[line.line])
    if enrolled.cohorts:
        run.cohorts = [*run.cohorts, *map(str, enrolled.cohorts)]
        run.save(update_fields=["cohorts"])


def _asked(line: ImportLine) -> Entry:
    said = {name: _typed(name, after) for name, (_, after) in changes_of(line).items() if name != "left_at"}
    return Entry(line.line, line.address, line.name, **said)


def _is_as_shown(line: ImportLine, now: RosterLine) -> bool:
    does_it = now.fate in DOES_SOMETHING and now.fate.name.lower() == line.fate
    return does_it and changes_of(_line(line.list_import, line.number, now)) == changes_of(line)


def _instead(now: RosterLine) -> str:
    return now.reason or (SO_ALREADY if now.fate == Fate.SAME else CHANGED_MEANWHILE)


def undo(run: ListImport, lines: Sequence[ImportLine], _at: datetime) -> None:
    """Every part is as it was before its line, or gone where the line made it; a line is kept where that cannot be.

    A part stays that somebody changed since or, where its person came in by the line, in which they worked since.
    Running attempts keep their time. The lines are unsaved after; the course and the parts are locked.
    """
    lock_course(run.course)
    keys = [line.part_id for line in lines if line.part_id]
    rows = Enrollment.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    parts = {part.pk: part for part in rows.select_related("cohort")}
    before = _Before(
        busy=frozenset(_worked_since(lines)),
        cohorts={cohort.name: cohort for cohort in Cohort.objects.filter(course=run.course_id)},
        by_owner=_is_by_owner(run),
    )
    back: list[tuple[ImportLine, Enrollment]] = []
    for line in lines:
        part = parts.get(line.part_id or 0)
        line.said = GONE if part is None else before.reason_against(line, part)
        line.state = ImportLineState.KEPT if line.said else ImportLineState.UNDONE
        if part is not None and not line.said:
            back.append((line, part))
    _give_back(run, back, before.cohorts)


def _worked_since(lines: Iterable[ImportLine]) -> QuerySet[ImportLine, int]:
    """Those of the lines (keys) whose people read, answered, noted or recalled something since. One query."""
    since = OuterRef("done_at")
    own = OuterRef("part")
    attempts = Attempt.objects.filter(Q(started_at__gte=since) | Q(submitted_at__gte=since), enrollment=own)
    worked = (
        Exists(attempts)
        | Exists(AnswerEvent.objects.filter(response__attempt__enrollment=own, at__gte=since))
        | Exists(LessonReading.objects.filter(enrollment=own, read_at__gte=since))
        | Exists(Note.objects.filter(enrollment=own, updated_at__gte=since))
        | Exists(Recall.objects.filter(card__enrollment=own, at__gte=since))
        | Exists(Certificate.objects.filter(enrollment=own, issued_at__gte=since))
    )
    return ImportLine.objects.filter(worked, pk__in=[line.pk for line in lines]).values_list("pk", flat=True)


@dataclass(frozen=True, slots=True)
class _Before:
    """What decides whether a line may be taken back: who worked since, the course's cohorts, and who asks."""

    busy: frozenset[int]
    cohorts: Mapping[str, Cohort]
    by_owner: bool

    def reason_against(self, line: ImportLine, part: Enrollment) -> str:
        """Why the part stays as it is, in a sentence; "" when it can be as it was."""
        changes, now, after = changes_of(line), _kept(terms_of(part), part.left_at) or {}, line.after or {}
        looked_at = changes if line.fate == LineFate.CHANGES else after
        if any(now[name] != after[name] for name in looked_at):
            return CHANGED_SINCE
        if line.fate != LineFate.CHANGES and line.pk in self.busy:
            return WORKED
        if not self.by_owner and not {now["role"], (line.before or now)["role"]} <= set(TAUGHT):
            return NOT_YOURS
        cohort, _ = changes.get("cohort", ("", ""))
        if line.before and cohort and cohort not in self.cohorts:
            return COHORT_GONE
        starts, ends = (_typed(name, changes.get(name, (now[name],))[0]) for name in ("starts_at", "ends_at"))
        return DATES_CLASH if line.before and starts and ends and starts >= ends else ""


def _give_back(run: ListImport, back: Sequence[tuple[ImportLine, Enrollment]], cohorts: Mapping[str, Cohort]) -> None:
    made = [part for line, part in back if line.fate == LineFate.NEW]
    there = [(line, part) for line, part in back if line.fate != LineFate.NEW]
    for line, part in there:
        for name, (before, _) in changes_of(line).items():
            setattr(part, name, cohorts.get(before) if name == "cohort" else _typed(name, before))
    if there:
        changed = {name for line, _ in there for name in changes_of(line)}
        Enrollment.objects.bulk_update([part for _, part in there], sorted(changed), batch_size=A_STATEMENT)
    entries = [(VERBS[LineFate(line.fate)], f"enrollment:{part.uuid}", _detail(run, line)) for line, part in back]
    Enrollment.objects.filter(pk__in=[part.pk for part in made]).delete()
    for line, _ in back:
        line.part_id = None if line.fate == LineFate.NEW else line.part_id
    await_no_more(User.objects.filter(pk__in=[part.user_id for part in made], enrollments__isnull=True))
    record_each(entries, actor=run.actor, course=run.course.uuid)


def _detail(run: ListImport, line: ImportLine) -> dict[str, Any]:
    return {"by": "list", "list": str(run.uuid), "undone": True, "changed": sorted(changes_of(line))}


def forget_cohorts(run: ListImport) -> None:
    """Cohorts that the import made are gone, where nobody is in them and no code leads to them."""
    made = Cohort.objects.filter(uuid__in=run.cohorts, course=run.course_id)
    made.filter(enrollments__isnull=True, join_codes__isnull=True).delete()
