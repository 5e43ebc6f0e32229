"""A learner's own notes and highlights: written, changed, taken away, put back, and where they stand today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from course.domain.anchors import anchor_at, anchors_of_every_text, anchors_that_stand
from course.errors import NoteKeyTaken, NoteTooLong, NotInTheText, TextEdited, TooManyNotes
from course.models import Anchor, AnchorStatus, Course, Enrollment, Lesson, Note, NoteKind
from course.models.reading import LONGEST_NOTE, MOST_NOTES
from course.reading.outline import Span
from course.rules import parts_of
from jobs.domain.clock import database_now, instant
from jobs.domain.prepared import first, prepared

KEPT_DELETED = timedelta(days=1)
"""So long a deleted note can be put back; then it is forgotten."""


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note and the words it is on, half-open, in characters of the text that its lesson shows.

    Of one that was orphaned there, `quote` is what it was on, and `start` and `end` only say about where that stood.
    """

    uuid: UUID
    kind: NoteKind
    text: str
    quote: str
    start: int
    end: int
    status: AnchorStatus
    lesson_slug: str
    lesson_title: str
    updated_at: datetime
    sequence: int = 1
    is_joined: bool = False
    is_deleted: bool = False

    @property
    def is_highlight(self) -> bool:
        return self.kind == NoteKind.HIGHLIGHT

    @property
    def has_moved(self) -> bool:
        """Whether its words were changed or stand elsewhere, and nobody has looked since."""
        return self.status == AnchorStatus.MOVED

    @property
    def is_lost(self) -> bool:
        """Whether its words are gone from the text."""
        return self.status == AnchorStatus.ORPHANED


def part_with_notes(person: User, *, course: int) -> Any:
    """The person's part in the course with this key and whether it `has_notes`; None without a part. One query."""
    return first(_parts_with_notes(person=person.pk, course=course))


@prepared
def _parts_with_notes(*, person: int, course: int) -> QuerySet[Any]:
    notes = Note.objects.filter(enrollment=OuterRef("pk"), deleted_at=None)
    return parts_of(person).filter(course=course).annotate(has_notes=Exists(notes))


@transaction.atomic
def write_note(
    lesson: Lesson, *, enrollment: Enrollment, key: UUID, span: Span, text: str = "", at: datetime | None = None
) -> Note:
    """The learner has a note on these words of the lesson's text, or without a text of its own a highlight.

    Idempotent by `key`, which the learner's device makes: a note that is there stays as it is, deleted or not. The
    course is locked. Raises NoteTooLong, TooManyNotes, NoteKeyTaken, TextEdited once the lesson shows another text.
    """
    Course.objects.select_for_update().only("pk").get(pk=enrollment.course_id)
    kept = Note.objects.filter(uuid=key).first()
    if kept is not None:
        return _own(kept, enrollment)
    if not Lesson.objects.filter(pk=lesson.pk, revision=lesson.revision_id).exists():
        raise TextEdited
    now = at or database_now()
    note = Note(uuid=key, enrollment=enrollment, lesson=lesson, number=_free_number(enrollment), created_at=now)
    _say(note, text, now)
    note.save()
    anchor = anchor_at(lesson.revision, span)
    anchor.note = note
    anchor.save()
    return note


def _own(note: Note, enrollment: Enrollment) -> Note:
    if note.enrollment_id != enrollment.pk:
        raise NoteKeyTaken
    return note


def _free_number(enrollment: Enrollment) -> int:
    """The least number that no note of the learner has; where all are taken, those that were deleted are forgotten."""
    for may_forget in (True, False):
        taken = set(Note.objects.filter(enrollment=enrollment).values_list("number", flat=True))
        if len(taken) < MOST_NOTES:
            return min(set(range(1, len(taken) + 2)) - taken)
        if may_forget:
            Note.objects.filter(enrollment=enrollment, deleted_at__isnull=False).delete()
    raise TooManyNotes


def _say(note: Note, text: str, at: datetime) -> None:
    said = _tidy(text)
    if len(said) > LONGEST_NOTE:
        raise NoteTooLong
    note.text, note.updated_at = said, at
    note.kind = NoteKind.NOTE if said else NoteKind.HIGHLIGHT


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


@transaction.atomic
def rewrite_note(note: Note, *, text: str, seen: int | None = None, at: datetime | None = None) -> None:
    """The note says this, deleted or not before; without words it is a highlight. Its learner has seen where it stands.

    `seen` is the sequence of the words that they began with, None for whoever names none. Where it was saved elsewhere
    since, it holds those words and then these, and says that it is joined; sent twice, it holds them once. The note is
    locked. Raises NoteTooLong, also where both together are; then nothing changed.
    """
    kept = Note.objects.select_for_update().get(pk=note.pk)
    said = _tidy(text)
    is_behind = seen is not None and seen != kept.sequence and kept.deleted_at is None
    both = joined(kept.text, said) if is_behind else said
    kept.is_joined = both not in (said, kept.text) or (is_behind and kept.is_joined)
    kept.sequence += both != kept.text
    _say(kept, both, at or database_now())
    kept.deleted_at = None
    kept.save(update_fields=["text", "kind", "sequence", "is_joined", "updated_at", "deleted_at"])
    anchors_that_stand().filter(note=note).update(status=AnchorStatus.EXACT)


def joined(theirs: str, mine: str) -> str:
    """What was saved elsewhere and then what is saved now; where one holds the other, that one alone."""
    if mine in theirs:
        return theirs
    return mine if theirs in mine else f"{theirs}\n\n{mine}"


def delete_note(note: Note, *, at: datetime | None = None) -> None:
    """The note is shown nowhere, and is forgotten a day later. Idempotent: the first time counts."""
    Note.objects.filter(pk=note.pk, deleted_at=None).update(deleted_at=at or database_now())


def put_note_back(note: Note) -> None:
    """A deleted note is what it was. Idempotent."""
    Note.objects.filter(pk=note.pk).update(deleted_at=None)


def forget_deleted_notes(at: datetime | None = None) -> None:
    """Notes that were deleted a day ago or longer are gone for good."""
    Note.objects.filter(deleted_at__lte=instant(at, seconds=-KEPT_DELETED.total_seconds())).delete()


def own_note(person: User, uuid: UUID) -> Note:
    """The person's note, deleted or not, with its lesson and course. Raises Note.DoesNotExist for anybody else's."""
    return Note.objects.select_related("lesson__course").get(uuid=uuid, enrollment__user=person)


def placed_note(note: Note) -> PlacedNote:
    """The note, deleted or not, with the words it is on in the text that its lesson shows."""
    return next(each for each in notes_of(note.enrollment, deleted=note.uuid) if each.uuid == note.uuid)


def span_in(lesson: Lesson, *, start: int, end: int) -> Span:
    """These characters of the lesson's text, half-open. Raises NotInTheText for others, and for none."""
    if not lesson.start <= start < end <= lesson.end:
        raise NotInTheText
    return Span(start, end)


def notes_in(lesson: Lesson, enrollment: Enrollment, *, deleted: UUID | None = None) -> tuple[PlacedNote, ...]:
    """The learner's notes on the lesson's text in reading order, then those that lost their words there. One query.

    Of deleted ones only that with the uuid `deleted`, to be put back.
    """
    anchors = _anchors_of_notes(enrollment, deleted).filter(revision=lesson.revision_id).order_by("start", "end", "pk")
    placed = list(map(_placed, anchors))
    standing = [note for note in placed if not note.is_lost and lesson.start <= note.start < lesson.end]
    lost = [note for note in placed if note.is_lost and note.lesson_slug == lesson.slug]
    return (*standing, *lost)


def notes_of(enrollment: Enrollment, *, deleted: UUID | None = None) -> tuple[PlacedNote, ...]:
    """All notes of the learner in the course by lesson, each in the text that its lesson shows. One query.

    Of deleted ones only that with the uuid `deleted`, as for notes_in.
    """
    newest: dict[UUID, Anchor] = {}
    anchors = _anchors_of_notes(enrollment, deleted).select_related("revision").order_by("revision__number", "pk")
    for anchor in sorted(anchors, key=_is_shown):
        newest[anchor.note.uuid] = anchor  # type: ignore[union-attr]  # -- these are anchors of notes
    return tuple(map(_placed, sorted(newest.values(), key=_place_in_course)))


def _anchors_of_notes(enrollment: Enrollment, deleted: UUID | None) -> QuerySet[Anchor]:
    mine = anchors_of_every_text().filter(note__enrollment=enrollment)
    return mine.filter(Q(note__deleted_at=None) | Q(note__uuid=deleted)).select_related("note__lesson")


def _is_shown(anchor: Any) -> bool:
    return bool(anchor.revision_id == anchor.note.lesson.revision_id)


def _place_in_course(anchor: Any) -> tuple[int, bool, int, int]:
    is_lost = anchor.status == AnchorStatus.ORPHANED
    return anchor.note.lesson.position, is_lost, anchor.start, anchor.pk


def _placed(anchor: Any) -> PlacedNote:
    note, is_shown = anchor.note, _is_shown(anchor)
    return PlacedNote(
        uuid=note.uuid,
        kind=NoteKind(note.kind),
        text=note.text,
        quote=anchor.quote,
        start=anchor.start,
        end=anchor.end,
        status=AnchorStatus(anchor.status) if is_shown else AnchorStatus.ORPHANED,
        lesson_slug=note.lesson.slug,
        lesson_title=note.lesson.title,
        updated_at=note.updated_at,
        sequence=note.sequence,
        is_joined=note.is_joined,
        is_deleted=note.deleted_at is not None,
    )


def let_notes_follow(lessons: Iterable[Lesson]) -> None:
    """Each note on words that one of these lessons shows belongs to it; one write for each lesson."""
    found: Sequence[Lesson] = list(lessons)
    for lesson in found:
        inside = anchors_that_stand().filter(
            revision=lesson.revision_id,
            start__gte=lesson.start,
            start__lt=lesson.end,
            note__lesson__course=lesson.course_id,
        )
        Note.objects.filter(pk__in=inside.order_by().values("note")).exclude(lesson=lesson.pk).update(lesson=lesson.pk)
