"""The sentences of a lesson to choose a question's proof from, as fields of the editor."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from authoring.domain.passages import seen_passages
from authoring.domain.proofs import proving, sentences_read_in
from course.models import Anchor, Course, Lesson
from course.reading.outline import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to tick: `value` is its place in the text."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ProofForm:
    """One lesson's sentences by passage; `spans` are those chosen, `is_changed` if they are not those there were."""

    lesson: Lesson
    lessons: tuple[Lesson, ...]
    passages: tuple[tuple[Sentence, ...], ...]
    spans: tuple[Span, ...]
    is_changed: bool


def proof_form(
    course: Course, *, evidence: Sequence[Anchor] = (), slug: str = "", sent: Collection[str] | None = None
) -> ProofForm | None:
    """The form over the lesson of that slug, else the one with the evidence, else the first; None without lessons.

    `sent` are the places that were ticked, None before anything was sent. What is no sentence of the lesson is left
    out, and choosing nothing changes nothing.
    """
    lessons = tuple(Lesson.objects.filter(course=course.pk).select_related("revision").order_by("position"))
    if not lessons:
        return None
    lesson = next((each for each in lessons if each.slug == slug), None) or _home(lessons, evidence)
    passages = sentences_read_in(lesson, seen_passages(course), language=course.language)
    spans = [span for each in passages for span in each]
    before = proving(spans, evidence, lesson)
    chosen = before if sent is None else [span for span in spans if value_of(span) in sent]
    text = lesson.revision.text
    shown = tuple(
        tuple(Sentence(value_of(span), text[span.start : span.end], span in chosen) for span in each)
        for each in passages
    )
    return ProofForm(lesson, lessons, shown, tuple(chosen), is_changed=bool(chosen) and chosen != before)


def _home(lessons: Sequence[Lesson], evidence: Sequence[Anchor]) -> Lesson:
    """The lesson in which the first of the evidence stands, else the first of all."""
    first = min(evidence, key=lambda anchor: anchor.start, default=None)
    holding = [
        each
        for each in lessons
        if first and each.revision_id == first.revision_id and each.start <= first.start < each.end
    ]
    return next(iter(holding), lessons[0])


def value_of(span: Span) -> str:
    """The place of a sentence as a form sends it."""
    return f"{span.start}-{span.end}"
