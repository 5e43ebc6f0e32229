"""What points into one revision of an article, carried over to another: anchors, decisions about passages, lessons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from course.domain.anchors import CONTEXT, anchors_of_every_text
from course.domain.lesson_page import UNREAD
from course.models import Anchor, AnchorStatus, Course, Lesson, Passage, PassageDecision, Revision
from course.reading.carry import Part, carried_lessons
from course.reading.compare import Comparison
from course.reading.lines import count_words
from course.reading.outline import PassageKind, Span
from course.reading.relocate import Relocator, Standing


@dataclass(frozen=True, slots=True)
class CarriedAnchor:
    """An anchor and where it stands in the other revision; of an orphaned one `span` only says where it stood."""

    anchor: Anchor
    span: Span
    status: AnchorStatus


@dataclass(frozen=True, slots=True)
class CarriedDecision:
    """A decision about a passage and the passage it goes to; None where none is like it."""

    decision: PassageDecision
    passage: Passage | None
    status: AnchorStatus


@dataclass(frozen=True, slots=True)
class CarriedLesson:
    """A lesson and what it is in the other revision; `span` is None when nothing of it is left there."""

    lesson: Lesson
    span: Span | None
    title: str
    words: int


def carried_anchors(relocator: Relocator, revision: Revision) -> list[CarriedAnchor]:
    """Every anchor of the revision, in reading order, as it stands in the relocator's new text; one query.

    What had moved before and was not looked at since is still said to have moved.
    """
    anchors = anchors_of_every_text().filter(revision=revision)
    return [_carried(relocator, anchor) for anchor in anchors.order_by("start", "pk")]


def _carried(relocator: Relocator, anchor: Anchor) -> CarriedAnchor:
    span = Span(anchor.start, anchor.end)
    if anchor.status == AnchorStatus.ORPHANED:
        again = relocator.found_again(anchor.quote)
        status = AnchorStatus.MOVED if again else AnchorStatus.ORPHANED
        return CarriedAnchor(anchor, again or relocator.nearby(span), status)
    found = relocator.relocate(span)
    was_moved = anchor.status == AnchorStatus.MOVED and found.standing == Standing.EXACT
    return CarriedAnchor(anchor, found.span, AnchorStatus.MOVED if was_moved else AnchorStatus(found.standing))


def store_anchors(carried: Iterable[CarriedAnchor], *, revision: Revision) -> None:
    """Each source has a row for the revision; one that it has already stays as it is. One write, idempotent."""
    Anchor.objects.bulk_create((_row(each, revision) for each in carried), ignore_conflicts=True)


def _row(carried: CarriedAnchor, revision: Revision) -> Anchor:
    anchor, span, text = carried.anchor, carried.span, revision.text
    row = Anchor(
        revision=revision,
        mention_id=anchor.mention_id,
        note_id=anchor.note_id,
        definition_id=anchor.definition_id,
        question=anchor.question,
        ordinal=anchor.ordinal,
        start=span.start,
        end=span.end,
        status=carried.status,
    )
    if carried.status == AnchorStatus.ORPHANED:
        row.quote, row.prefix, row.suffix = anchor.quote, anchor.prefix, anchor.suffix
    else:
        row.quote = span.quote(text)
        row.prefix = text[max(0, span.start - CONTEXT) : span.start]
        row.suffix = text[span.end : span.end + CONTEXT]
    return row


def carried_decisions(
    course: Course, relocator: Relocator, *, revision: Revision, passages: Sequence[Passage]
) -> list[CarriedDecision]:
    """What was decided in the course about the revision's passages, each with its passage among `passages`; one query.

    Exact where a whole passage is what it was; moved where it is in other words or at another place.
    """
    decisions = PassageDecision.objects.filter(course=course, passage__revision=revision).select_related("passage")
    by_span = {Span(passage.start, passage.end): passage for passage in passages}
    return [_decision(relocator, each, by_span) for each in decisions.order_by("passage__position", "pk")]


def _decision(relocator: Relocator, decision: PassageDecision, by_span: Mapping[Span, Passage]) -> CarriedDecision:
    found = relocator.relocate(Span(decision.passage.start, decision.passage.end))
    if found.standing == Standing.ORPHANED:
        return CarriedDecision(decision, None, AnchorStatus.ORPHANED)
    same = by_span.get(found.span)
    if same is not None:
        return CarriedDecision(decision, same, AnchorStatus(found.standing))
    shared = {span: min(span.end, found.span.end) - max(span.start, found.span.start) for span in by_span}
    best = max(shared, key=lambda span: shared[span], default=None)
    if best is None or shared[best] <= 0:
        return CarriedDecision(decision, None, AnchorStatus.ORPHANED)
    return CarriedDecision(decision, by_span[best], AnchorStatus.MOVED)


def decisions_about(course: Course, passages: Sequence[Passage]) -> list[CarriedDecision]:
    """What is decided in the course about these passages already, as if it had been carried there; one query."""
    by_key = {passage.pk: passage for passage in passages}
    found = PassageDecision.objects.filter(course=course, passage__in=by_key).order_by("pk")
    return [CarriedDecision(each, by_key[each.passage_id], AnchorStatus.EXACT) for each in found]


def forget_decisions(course: Course, relocator: Relocator, *, revision: Revision, passages: Sequence[Passage]) -> None:
    """What was decided about lines of the revision that stand among `passages` too is forgotten; two queries at most.

    A text that is shown again goes by what is decided about those lines by now, and not by what was then.
    """
    found = carried_decisions(course, relocator, revision=revision, passages=passages)
    outdated = [each.decision.pk for each in found if each.passage is not None]
    if outdated:
        PassageDecision.objects.filter(pk__in=outdated).delete()


def store_decisions(carried: Iterable[CarriedDecision], *, at: datetime) -> None:
    """The same is decided about each passage that a decision goes to; what was decided there before stays."""
    PassageDecision.objects.bulk_create(
        (
            PassageDecision(
                course_id=each.decision.course_id,
                passage=each.passage,
                kind=each.decision.kind,
                reason=each.decision.reason,
                decided_by_id=each.decision.decided_by_id,
                decided_at=at,
            )
            for each in carried
            if each.passage is not None
        ),
        ignore_conflicts=True,
    )


def lessons_carried(
    comparison: Comparison,
    lessons: Sequence[Lesson],
    *,
    passages: Sequence[Passage],
    decisions: Sequence[CarriedDecision],
) -> list[CarriedLesson]:
    """Each lesson of the old text with what it is in the new one: where it lies, its words, and its heading as title.

    A title that an author gave, other than the lesson's heading, stays. Reads nothing.
    """
    parts = read_parts(passages, decisions)
    spans = [Span(lesson.start, lesson.end) for lesson in lessons]
    found = carried_lessons(comparison, spans, parts)
    return [_lesson(comparison, lesson, held) for lesson, held in zip(lessons, found, strict=True)]


def read_parts(passages: Sequence[Passage], decisions: Sequence[CarriedDecision]) -> list[Part]:
    """What is read of the passages, in their order, as it was decided about them."""
    decided = {each.passage.pk: each.decision.kind for each in decisions if each.passage is not None}
    return [part for passage in passages if (part := _part(passage, decided.get(passage.pk)))]


def _part(passage: Passage, decided: str | None) -> Part | None:
    kind = decided or passage.kind
    is_dropped = bool(passage.reason) and decided in (None, passage.kind)
    if kind in UNREAD or is_dropped:
        return None
    return Part(Span(passage.start, passage.end), kind == PassageKind.HEADING)


def _lesson(comparison: Comparison, lesson: Lesson, held: tuple[Span, tuple[Part, ...]] | None) -> CarriedLesson:
    if held is None:
        return CarriedLesson(lesson, None, lesson.title, 0)
    span, parts = held
    words = sum(count_words(part.span.quote(comparison.new)) for part in parts if not part.is_heading)
    return CarriedLesson(lesson, span, _title(comparison, lesson, parts[0]), words)


def _title(comparison: Comparison, lesson: Lesson, first: Part) -> str:
    had_its_heading = comparison.old.startswith(lesson.title, lesson.start)
    return first.span.quote(comparison.new)[:300] if first.is_heading and had_its_heading else lesson.title
