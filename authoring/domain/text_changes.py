"""A changed text for a course: proposed, read and compared in the background, then applied, undone or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, cast

from django.db import transaction

from accounts.models import User
from authoring.domain.build import CLEANER
from authoring.domain.further_drafts import SAID_BY_FORMAT
from authoring.domain.kinds import PLAN_TEXT_CHANGE
from course.domain.articles import add_passages, add_revision, text_hash
from course.domain.text_changes import as_kept
from course.errors import CourseError, NoTextYet
from course.models import Course, Lesson, Passage, Revision, TextChange, TextChangeState
from course.models.text_changes import UNDECIDED
from course.reading.carry import read_as_before
from course.reading.compare import Comparison, compare
from course.reading.outline import Mark, PassageKind, PassageOutline, Source, Span
from jobs.domain import ClaimedJob, enqueue, requeue
from jobs.domain.clock import database_now
from jobs.models import Job

STEPS = 3
"""What planning shows as progress: the texts are compared, the new one is read, what was found is stored."""


LONGEST_HEADING = 120
"""Characters of a line that can stand in a heading's place and be one."""


class TextUnchanged(CourseError):
    code = "text_unchanged"
    message = "This is the text that the course shows already, so there is nothing to change."


class TextChangeWaits(CourseError):
    code = "text_change_waits"
    message = "Another changed text waits for this course. Apply or discard it first."


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning found: what both texts share, and the passages of the new one."""

    change: TextChange
    comparison: Comparison
    passages: tuple[PassageOutline, ...]


def propose_text(
    course: Course, source: Source, *, actor: User | None, at: datetime | None = None, hint: bool = True
) -> TextChange:
    """The text is stored as a revision of the course's article, and a job plans the change; nothing is shown of it yet.

    The course is locked. Raises TextUnchanged, TextChangeWaits, and NoTextYet for a course without lessons.
    """
    marks = [[mark.span.start, mark.span.end, mark.kind.value, mark.level] for mark in source.marks]
    with transaction.atomic():
        change = _new_change(course, source, actor=actor, at=at or database_now())
        enqueue(PLAN_TEXT_CHANGE, subject=change.uuid, payload={"marks": marks}, hint=hint)
    return change


@transaction.atomic
def change_text_now(course: Course, source: Source, *, actor: User | None, at: datetime | None = None) -> TextChange:
    """As propose_text, planned on the spot and without a job. A change to the same text that waits is that one."""
    waiting = undecided_change(course)
    if waiting is not None and waiting.state == TextChangeState.PLANNED and waiting.new.text == source.text:
        return waiting
    change = _new_change(course, source, actor=actor, at=at or database_now())
    comparison = compare(change.old.text, change.new.text)
    _store(Planned(change, comparison, _passages(change, comparison, source.marks)))
    change.refresh_from_db(fields=["state", "kept"])
    return change


def _new_change(course: Course, source: Source, *, actor: User | None, at: datetime) -> TextChange:
    Course.objects.select_for_update().only("pk").get(pk=course.pk)
    shown = shown_revision(course)
    if shown is None:
        raise NoTextYet
    if shown.text_hash == text_hash(source.text):
        raise TextUnchanged
    if undecided_change(course) is not None:
        raise TextChangeWaits
    new = add_revision(shown.article, text=source.text, at=at)
    return TextChange.objects.create(course_id=course.pk, old=shown, new=new, actor=actor, created_at=at)


def shown_revision(course: Course) -> Revision | None:
    """The revision that the course's first lesson shows, with its article; None without lessons. One query."""
    lessons = Lesson.objects.filter(course=course.pk).select_related("revision__article").order_by("position")
    first = lessons.first()
    return first.revision if first else None


def undecided_change(course: Course) -> TextChange | None:
    """The changed text of the course that is being planned or waits for a decision, if there is one."""
    undecided = TextChange.objects.filter(course=course.pk, state__in=UNDECIDED)
    return undecided.select_related("course", "old", "new").first()


def job_of(change: TextChange) -> Job | None:
    """The newest job that plans the change; None when that is long ago."""
    return Job.objects.filter(kind=PLAN_TEXT_CHANGE, subject=change.uuid).order_by("-pk").first()


def retry_planning(change: TextChange) -> bool:
    """Planning that was given up is queued again; False when there is none."""
    job = job_of(change)
    return job is not None and requeue(job.uuid)


def plan_text_change(claimed: ClaimedJob) -> Planned:
    """What the job's change keeps, and the passages of its new text. Writes nothing but progress."""
    change = TextChange.objects.select_related("course", "old", "new__article").get(uuid=str(claimed.subject))
    claimed.heartbeat(current=0, total=STEPS)
    comparison = compare(change.old.text, change.new.text)
    claimed.heartbeat(current=1)
    stored = claimed.payload["marks"]
    marks = [Mark(Span(start, end), PassageKind(kind), level) for start, end, kind, level in stored]
    passages = _passages(change, comparison, marks)
    claimed.heartbeat(current=2)
    return Planned(change, comparison, passages)


def _passages(change: TextChange, comparison: Comparison, marks: Sequence[Mark]) -> tuple[PassageOutline, ...]:
    before = _passages_shown(change)
    source = Source(change.new.text, marks=(*marks, *_kept_marks(comparison, before, marks)))
    # The reader brings language models along, which only a worker should pay for.
    cleaned = import_module("course.reading.clean").clean(source, title=change.new.article.title)
    found = cast(tuple[PassageOutline, ...], cleaned.passages)
    return read_as_before(comparison, before, found)


def _passages_shown(change: TextChange) -> list[PassageOutline]:
    lesson = Lesson.objects.filter(course=change.course, revision=change.old).order_by("position").first()
    passages = Passage.objects.filter(revision=change.old, cleaner=lesson.cleaner if lesson else "")
    return [
        PassageOutline(
            each.position, PassageKind(each.kind), Span(each.start, each.end), reason=each.reason, level=each.level
        )
        for each in passages.order_by("position")
    ]


def _kept_marks(comparison: Comparison, before: Sequence[PassageOutline], marks: Sequence[Mark]) -> list[Mark]:
    """What was a heading or a list before is still one where its words are kept, though a paste does not say so."""
    kept = [(_place_of(comparison, each), each) for each in before if each.kind in SAID_BY_FORMAT]
    return [
        Mark(place, each.kind, each.level)
        for place, each in kept
        if place and not any(mark.span.overlaps(place) for mark in marks)
    ]


def _place_of(comparison: Comparison, passage: PassageOutline) -> Span | None:
    """Where the passage is kept whole; of a heading also the short line that stands in its place."""
    image = comparison.image(passage.span)
    if image is not None or passage.kind != PassageKind.HEADING:
        return image
    room = comparison.room(passage.span)
    line = room.quote(comparison.new).rstrip().rpartition("\n")[2].strip()
    if not line or len(line) > LONGEST_HEADING or line[-1] in ".!?…":
        return None
    start = comparison.new.rindex(line, room.start, room.end)
    return Span(start, start + len(line))


def record_text_change(_claimed: ClaimedJob, planned: Planned) -> dict[str, Any]:
    """The change can be decided about, unless it was discarded meanwhile; inside the job's finishing transaction."""
    _store(planned)
    return {"change": str(planned.change.uuid)}


def _store(planned: Planned) -> None:
    add_passages(planned.change.new, passages=planned.passages, cleaner=CLEANER)
    waiting = TextChange.objects.filter(pk=planned.change.pk, state=TextChangeState.PLANNING)
    waiting.update(state=TextChangeState.PLANNED, kept=as_kept(planned.comparison))


def give_up_text_change(_job: Job, _error: str) -> None:
    """The change stays as it is, and the course with it: its page offers to try again, or to discard it."""
