"""A course goes over to a changed text: what that does to all that points into it, seen before, done and undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from course.domain.carrying import (
    CarriedAnchor,
    CarriedDecision,
    CarriedLesson,
    carried_anchors,
    carried_decisions,
    decisions_about,
    forget_decisions,
    lessons_carried,
    read_parts,
    store_anchors,
    store_decisions,
)
from course.domain.notes import let_notes_follow
from course.errors import CourseError
from course.models import Course, Lesson, Passage, Revision, TextChange, TextChangeState
from course.reading.carry import Part
from course.reading.compare import Comparison, Kept
from course.reading.lines import count_words
from course.reading.relocate import Relocator
from jobs.domain.clock import database_now

EXTENT = ("start", "end", "words", "title", "cleaner")
"""What of a lesson goes over with the text, in the order in which a text change keeps it."""


class TextChangeNotReady(CourseError):
    code = "text_change_not_ready"
    message = "This changed text has gone on meanwhile. Reload the page to see where it stands."


class LessonsWithoutText(CourseError):
    code = "lessons_without_text"
    message = "A part has nothing left to read in the changed text."

    def __init__(self, titles: Sequence[str]) -> None:
        named = ", ".join(f"“{title}”" for title in titles)
        super().__init__(f"Nothing is left to read of {named}. Join it with the part before or after it first.")


@dataclass(frozen=True)
class TextChangePlan:
    """Everything that points into the old text, and where it stands in the new one."""

    comparison: Comparison
    anchors: tuple[CarriedAnchor, ...]
    decisions: tuple[CarriedDecision, ...]
    lessons: tuple[CarriedLesson, ...]

    @cached_property
    def emptied(self) -> list[Lesson]:
        """The lessons of which nothing is left; while there are any, the change cannot be applied."""
        return [each.lesson for each in self.lessons if each.span is None]


def comparison_of(change: TextChange) -> Comparison:
    """What the change's two texts share, as it was found when it was planned."""
    return Comparison(change.old.text, change.new.text, tuple(Kept(*stretch) for stretch in change.kept))


def as_kept(comparison: Comparison) -> list[list[int]]:
    """What a text change keeps of a comparison."""
    return [[each.old, each.new, each.length] for each in comparison.kept]


def plan_of(change: TextChange, *, cleaner: str) -> TextChangePlan:
    """What applying the change would do at this moment, notes and questions of today included; four queries.

    `change` comes with course and both revisions; `cleaner` names the passages of the new text.
    """
    comparison = comparison_of(change)
    relocator = Relocator(comparison)
    passages = list(Passage.objects.filter(revision=change.new, cleaner=cleaner).order_by("position"))
    decisions = carried_decisions(change.course, relocator, revision=change.old, passages=passages)
    lessons = list(Lesson.objects.filter(course=change.course, revision=change.old).order_by("position"))
    return TextChangePlan(
        comparison=comparison,
        anchors=tuple(carried_anchors(relocator, change.old)),
        decisions=tuple(decisions),
        lessons=tuple(lessons_carried(comparison, lessons, passages=passages, decisions=decisions)),
    )


@transaction.atomic
def apply_text_change(
    change: TextChange, *, cleaner: str, actor: User | None, at: datetime | None = None
) -> TextChange:
    """The course shows the new text, and everything that pointed into the old one has its row in the new one.

    Lessons keep address, readers and quizzes; rows of the old text stay, for attempts that began with it. The course
    is locked. Raises TextChangeNotReady unless it is planned and its old text is still shown, LessonsWithoutText.
    """
    now = at or database_now()
    kept = _locked(change, TextChangeState.PLANNED, shown=change.old_id)
    plan = plan_of(kept, cleaner=cleaner)
    if plan.emptied:
        raise LessonsWithoutText([lesson.title for lesson in plan.emptied])
    store_anchors(plan.anchors, revision=kept.new)
    _forget_outdated(kept, plan)
    store_decisions(plan.decisions, at=now)
    before, after = [each.lesson for each in plan.lessons], [_moved(each, kept, cleaner) for each in plan.lessons]
    kept.lessons = {"old": _extents(before), "new": _extents(after)}
    Lesson.objects.bulk_update(after, ["revision", *EXTENT])
    let_notes_follow(after)
    _step(kept, TextChangeState.APPLIED, "changed the text", actor, applied_at=now, lessons=kept.lessons)
    return kept


def _forget_outdated(change: TextChange, plan: TextChangePlan) -> None:
    """Nothing that was decided while the new text was shown before stands against what the old one has by now."""
    cleaner = plan.lessons[0].lesson.cleaner
    passages = list(Passage.objects.filter(revision=change.old, cleaner=cleaner).order_by("position"))
    forget_decisions(change.course, Relocator(plan.comparison.reversed()), revision=change.new, passages=passages)


def _moved(carried: CarriedLesson, change: TextChange, cleaner: str) -> Lesson:
    old, span = carried.lesson, carried.span
    if span is None:
        raise LessonsWithoutText([old.title])
    moved = Lesson(pk=old.pk, uuid=old.uuid, course_id=old.course_id, slug=old.slug, position=old.position)
    moved.revision, moved.cleaner = change.new, cleaner
    moved.start, moved.end = span.start, span.end
    moved.title, moved.words = carried.title, carried.words
    return moved


@transaction.atomic
def undo_text_change(change: TextChange, *, actor: User | None, at: datetime | None = None) -> TextChange:
    """The course shows the old text again, its lessons as they were, and what was written since is carried back.

    Lessons that were split, joined, renamed or cut elsewhere since stay so, each over its share of the old text. Rows
    of the new text stay, for attempts that began with it. The course is locked. Raises TextChangeNotReady unless it is
    applied and the new text is still shown, and LessonsWithoutText for lessons that hold nothing of the old text.
    """
    now = at or database_now()
    kept = _locked(change, TextChangeState.APPLIED, shown=change.new_id)
    lessons = list(Lesson.objects.filter(course=kept.course_id, revision=kept.new).order_by("position"))
    there = _extents(lessons)
    comparison = comparison_of(kept).reversed()
    relocator = Relocator(comparison)
    cleaner = str(next(iter(kept.lessons["old"].values()))[EXTENT.index("cleaner")])
    passages = list(Passage.objects.filter(revision=kept.old, cleaner=cleaner).order_by("position"))
    decisions = carried_decisions(kept.course, relocator, revision=kept.new, passages=passages)
    if there == kept.lessons["new"]:
        back = kept.lessons["old"]
    else:
        decided = [*decisions, *decisions_about(kept.course, passages)]
        back = _as_they_lay(kept, there, read_parts(passages, decided)) or _fitted(
            lessons_carried(comparison, lessons, passages=passages, decisions=decided), cleaner
        )
    store_anchors(carried_anchors(relocator, kept.new), revision=kept.old)
    store_decisions(decisions, at=now)
    for lesson in lessons:
        _put(lesson, kept.old, back[str(lesson.uuid)])
    Lesson.objects.bulk_update(lessons, ["revision", *EXTENT])
    let_notes_follow(lessons)
    # What an attempt began with is looked up here, for lessons that came or went since as well.
    kept.lessons = {"old": {**kept.lessons["old"], **back}, "new": {**kept.lessons["new"], **there}}
    _step(kept, TextChangeState.UNDONE, "undid the changed text", actor, undone_at=now, lessons=kept.lessons)
    return kept


def _as_they_lay(
    change: TextChange, there: Mapping[str, Sequence[Any]], parts: Sequence[Part]
) -> dict[str, list[object]] | None:
    """Where the lessons lay in the old text, if none begins or ends elsewhere in the new one since, with the words of
    the `parts` that are read now and titles that were given since. None else, or where one of them holds no such part.
    """
    old, new = change.lessons["old"], change.lessons["new"]
    if {lesson: extent[:2] for lesson, extent in there.items()} != {key: extent[:2] for key, extent in new.items()}:
        return None
    words = dict.fromkeys(old, 0)
    for part in parts:
        homes = (key for key, (start, end, *_) in old.items() if start <= part.span.start and part.span.end <= end)
        home = next(homes, None)
        if home is None:
            return None
        words[home] += 0 if part.is_heading else count_words(part.span.quote(change.old.text))
    return {
        key: [start, end, words[key], title if there[key][3] == new[key][3] else there[key][3], cleaner]
        for key, (start, end, _, title, cleaner) in old.items()
    }


def _fitted(carried: Sequence[CarriedLesson], cleaner: str) -> dict[str, list[object]]:
    """Where each lesson lies in the text that it was carried to. Raises LessonsWithoutText."""
    if emptied := [each.lesson.title for each in carried if each.span is None]:
        raise LessonsWithoutText(emptied)
    return {
        str(each.lesson.uuid): [each.span.start, each.span.end, each.words, each.title, cleaner]
        for each in carried
        if each.span is not None
    }


@transaction.atomic
def discard_text_change(change: TextChange) -> None:
    """The change is not wanted; the course shows what it showed. Raises TextChangeNotReady once it was applied."""
    waiting = [TextChangeState.PLANNING, TextChangeState.PLANNED, TextChangeState.DISCARDED]
    if not TextChange.objects.filter(pk=change.pk, state__in=waiting).update(state=TextChangeState.DISCARDED):
        raise TextChangeNotReady


def lesson_as_of(lesson: Lesson, revision: int | None) -> Lesson:
    """The lesson as it lay in this revision (by its key), unsaved where that is not the one it shows; one query then.

    The lesson itself where it shows that revision, or never lay in it.
    """
    if revision is None or lesson.revision_id == revision:
        return lesson
    changes = TextChange.objects.filter(course=lesson.course_id, applied_at__isnull=False).order_by("-pk")
    for change in changes.select_related("old", "new"):
        for side, text in (("old", change.old), ("new", change.new)):
            extent = change.lessons.get(side, {}).get(str(lesson.uuid))
            if text.pk == revision and extent:
                then = Lesson(pk=lesson.pk, uuid=lesson.uuid, course_id=lesson.course_id, slug=lesson.slug)
                _put(then, text, extent)
                return then
    return lesson


def _extents(lessons: Sequence[Lesson]) -> dict[str, list[object]]:
    return {str(lesson.uuid): [getattr(lesson, name) for name in EXTENT] for lesson in lessons}


def _put(lesson: Lesson, revision: Revision, extent: Sequence[object]) -> None:
    lesson.revision = revision
    for name, value in zip(EXTENT, extent, strict=True):
        setattr(lesson, name, value)


def _locked(change: TextChange, state: TextChangeState, *, shown: int) -> TextChange:
    """The change as it stands, locked after its course; raises TextChangeNotReady in another state or text.

    Who discards it at the same time locks the change alone.
    """
    Course.objects.select_for_update().only("pk").get(pk=change.course_id)
    changes = TextChange.objects.select_for_update(of=("self",)).select_related("course", "old", "new")
    kept = changes.get(pk=change.pk)
    if kept.state != state or not Lesson.objects.filter(course=kept.course_id, revision=shown).exists():
        raise TextChangeNotReady
    return kept


def _step(change: TextChange, state: TextChangeState, verb: str, actor: User | None, **fields: object) -> None:
    change.state = state
    for name, value in fields.items():
        setattr(change, name, value)
    change.save(update_fields=["state", *fields])
    detail = {"change": str(change.uuid), "from": change.old.number, "to": change.new.number}
    course = change.course.uuid
    record(verb, subject=f"course:{course}", actor=actor, course=course, detail=detail)
