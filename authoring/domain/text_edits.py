"""The edits of a course's text and lessons: numbered, so that nobody overwrites what they have not seen; undoable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max

from accounts.domain.audit import record
from accounts.models import User
from authoring.domain.arrangement import Arrangement, arrangement_of, arrangement_of_json, put_back, settle
from authoring.domain.layout import Layout
from authoring.domain.lesson_readings import Reading
from course.errors import CannotRearrange, NothingToUndo, TextEdited
from course.models import Course, EditKind, PassageDecision, TextChange, TextEdit
from jobs.domain.clock import database_now

DEEDS = {
    EditKind.KEEP: "kept a line",
    EditKind.DROP: "left out a line",
    EditKind.RECAST: "made a line something else",
    EditKind.SPLIT: "split a part",
    EditKind.MERGE: "joined two parts",
    EditKind.RENAME: "renamed a part",
    EditKind.MOVE: "moved a part",
    EditKind.BREAK: "moved where a part begins",
    EditKind.UNDO: "took back an edit of the text",
}
"""What the course's history says of each edit."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits, and the edition that they have seen: what changed since is not overwritten."""

    person: User | None
    seen: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What an instructor had decided about a passage; `kind` is "" where nothing was decided."""

    passage: int
    kind: str = ""


@dataclass(slots=True)
class OpenEdit:
    """An edit that is being made, with the course locked: how everything stood before."""

    course: Course
    editor: Editor
    was: Arrangement
    at: datetime
    taken: list[Reading] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)

    def settle(self, now: Layout) -> None:
        """The lessons stand as in `now`."""
        self.taken += settle(self.course, was=self.was, now=now)

    def close(self, kind: EditKind, *, subject: str, undoes: TextEdit | None = None) -> TextEdit:
        """The edit is written down, with what it takes to take it back."""
        before = {
            **self.was.as_json(),
            "readings": [[str(lesson), who, at.isoformat()] for lesson, who, at in self.taken],
            "decided": [[each.passage, each.kind] for each in self.decided],
        }
        number = newest_number(self.course) + 1
        uuid, detail = self.course.uuid, {"edit": number}
        record(DEEDS[kind], subject=f"course:{uuid}", actor=self.editor.person, course=uuid, detail=detail)
        return TextEdit.objects.create(
            course=self.course,
            number=number,
            kind=kind,
            subject=subject[:300],
            before=before,
            undoes=undoes,
            made_by=self.editor.person,
            made_at=self.at,
        )


def newest_number(course: Course) -> int:
    """The number of the newest edit; 0 before the first."""
    return TextEdit.objects.filter(course=course.pk).aggregate(newest=Max("number"))["newest"] or 0


def edition(course: Course) -> int:
    """Grows with every edit, and when the course goes over to a changed text or back; two queries."""
    changes = TextChange.objects.filter(course=course.pk).aggregate(
        applied=Count("applied_at"), undone=Count("undone_at")
    )
    return newest_number(course) + int(changes["applied"]) + int(changes["undone"])


def open_edit(course: Course, editor: Editor) -> OpenEdit:
    """The course is locked until the transaction ends. Raises TextEdited when it changed since the editor looked."""
    Course.objects.select_for_update().get(pk=course.pk)
    if edition(course) != editor.seen:
        raise TextEdited(_said_by_whom(course, editor))
    return OpenEdit(course, editor, arrangement_of(course), editor.at or database_now())


def _said_by_whom(course: Course, editor: Editor) -> str:
    last = TextEdit.objects.filter(course=course.pk).select_related("made_by").order_by("-number").first()
    if last is None or last.made_by is None or last.made_by == editor.person:
        return ""
    return (
        f"{last.made_by.name or 'Somebody'} has changed this text since you opened it (“{last.subject}”), so nothing "
        f"of yours was changed. Look at it as it is now, and decide again."
    )


def last_edit(course: Course) -> TextEdit | None:
    """The newest edit that still stands, which the next undo takes back; one query."""
    standing = TextEdit.objects.filter(course=course.pk, undone_by=None).exclude(kind=EditKind.UNDO)
    return standing.select_related("made_by").order_by("-number").first()


@transaction.atomic
def undo_last_edit(course: Course, *, editor: Editor) -> TextEdit:
    """The newest standing edit, whoever made it, is taken back; returns it.

    Readings, notes and addresses that came since are kept. Raises TextEdited, NothingToUndo, and CannotRearrange when
    the course reads another text by now.
    """
    opened = open_edit(course, editor)
    last = last_edit(course)
    if last is None:
        raise NothingToUndo
    before = arrangement_of_json(last.before)
    if {each.text for each in before.layout} != {each.text for each in opened.was.layout}:
        raise CannotRearrange(
            "The course reads another text by now, so this cannot be taken back. Change the parts as they are now."
        )
    readings = [(UUID(lesson), who, datetime.fromisoformat(at)) for lesson, who, at in last.before["readings"]]
    opened.taken = put_back(course, now=opened.was, before=before, readings=readings)
    opened.decided = decide(course, [Decided(*each) for each in last.before["decided"]], editor=editor, at=opened.at)
    opened.close(EditKind.UNDO, subject=last.subject, undoes=last)
    return last


def decide(course: Course, decisions: Sequence[Decided], *, editor: Editor, at: datetime) -> list[Decided]:
    """Each passage is what is decided about it; returns what had been decided before."""
    passages = [each.passage for each in decisions]
    stored: dict[int, Any] = dict(
        PassageDecision.objects.filter(course=course.pk, passage__in=passages).values_list("passage", "kind")
    )
    PassageDecision.objects.filter(course=course.pk, passage__in=passages).delete()
    PassageDecision.objects.bulk_create(
        PassageDecision(course=course, passage_id=each.passage, kind=each.kind, decided_by=editor.person, decided_at=at)
        for each in decisions
        if each.kind
    )
    return [Decided(passage, stored.get(passage, "")) for passage in passages]
