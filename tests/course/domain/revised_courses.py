"""Courses whose text changes, for tests: each sentence of the text is the evidence of a question."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from accounts.models import User
from authoring.domain.build import CLEANER
from authoring.domain.text_changes import propose_text
from course.domain.articles import add_passages
from course.domain.concepts import add_mentions
from course.domain.text_changes import apply_text_change
from course.models import Anchor, Course, Lesson, TextChange
from course.reading.compare import sentences_in
from course.reading.outline import PassageKind, PassageOutline, Source, Span
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.questions import NewQuestion, accept, add_questions, publish_accepted
from quizzes.models import QuestionVersion
from tests.factories import NOW, make_concept, make_course, single_choice

LINES = (
    "The harbour that waits",
    "For thirty years the council of Port Ashby has kept a silver leash on its harbour. Nobody liked it much.",
    "A borrowed quay",
    "Critics say the arrangement turns the harbour into a tenant. The master, Irena Kovac, disagrees with them.",
    "If a ship docks for more than three days, the interest doubles. Fishermen named that the sleeping tax.",
)
ESSAY = "\n\n".join(LINES)
TAX = "Fishermen named that the sleeping tax."


def make_essay(owner: User | None = None, *, lines: Sequence[str] = LINES, published: bool = True) -> Course:
    """A course of two lessons that begin with headings, a question proved by each sentence, and one concept."""
    text = "\n\n".join(lines)
    course = make_course(text=text, owner=owner, published=published)
    lesson = course.lessons.select_related("revision").get()
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    kinds = [PassageKind.PARAGRAPH if line.endswith(".") else PassageKind.HEADING for line in lines]
    passages = [PassageOutline(n, kind, span) for n, (kind, span) in enumerate(zip(kinds, spans, strict=True))]
    add_passages(lesson.revision, passages=passages, cleaner=CLEANER)
    _cut(lesson, spans, [n for n, kind in enumerate(kinds) if kind == PassageKind.HEADING], text)
    _ask(course, lesson, text)
    term = "sleeping tax"
    if term in text:
        start = text.index(term)
        add_mentions(lesson.revision, places=[(make_concept(course, term), Span(start, start + len(term)))])
    return course


def _cut(lesson: Lesson, spans: Sequence[Span], headings: Sequence[int], text: str) -> None:
    bounds = [*headings, len(spans)]
    for position, (first, end) in enumerate(itertools.pairwise(bounds), 1):
        title = spans[first].quote(text)
        part = lesson if position == 1 else Lesson(course=lesson.course, revision=lesson.revision)
        part.cleaner, part.position, part.title, part.slug = CLEANER, position, title, f"part-{position}"
        part.start, part.end = spans[first].start, spans[end - 1].end
        part.save()


def _ask(course: Course, lesson: Lesson, text: str) -> None:
    news = []
    for sentence in sentences_in(text):
        quote = sentence.quote(text).rstrip()
        if quote.endswith("."):
            span = Span(sentence.start, sentence.start + len(quote))
            news.append(NewQuestion("single_choice", single_choice(f"What of “{quote[:30]}”?"), None, [span]))
    for version in add_questions(course, questions=news, revision=lesson.revision, at=NOW):
        accept(version, by=None, at=NOW)
    publish_accepted(course, at=NOW)


def propose(course: Course, text: str, **fields: Any) -> TextChange:
    """The text was proposed, and its job is done."""
    change = propose_text(course, Source(text), actor=None, at=NOW, hint=False, **fields)
    for job in Job.objects.filter(kind="plan_text_change", state="queued"):
        run_job(job.uuid)
    return TextChange.objects.select_related("course", "old", "new").get(pk=change.pk)


def revise(course: Course, text: str) -> TextChange:
    """The course shows the text."""
    return apply_text_change(propose(course, text), cleaner=CLEANER, actor=None, at=NOW)


def asking(quote: str) -> QuestionVersion:
    """The question that this sentence proves."""
    anchors = Anchor.objects.filter(quote=quote, question__isnull=False).order_by("pk")
    return QuestionVersion.objects.get(uuid=str(anchors[0].question))


def lie(course: Course) -> list[tuple[str, str, str]]:
    """Slug, title and text of each part."""
    lessons = Lesson.objects.filter(course=course).select_related("revision").order_by("position")
    return [(each.slug, each.title, each.revision.text[each.start : each.end]) for each in lessons]


def row(course: Course, question: QuestionVersion) -> tuple[str, str]:
    """How the question's evidence stands in the text that is shown, and in which words."""
    shown = Lesson.objects.filter(course=course)[0].revision
    anchor = Anchor.objects.get(question=question.uuid, revision=shown)
    return anchor.status, anchor.quote
