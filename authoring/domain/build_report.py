"""What a build found, as plain JSON for scripts. Offsets are half-open, in characters of its `text`."""

from __future__ import annotations

from typing import Any

from authoring.domain.build import Built
from course.reading.outline import Outline, PassageKind, Span


def build_report(built: Built) -> dict[str, Any]:
    """What `import_article --json` prints: the course, its lessons, what was dropped and why, concepts, drafts."""
    read, course = built.outline, built.course
    return {
        "course": str(course.uuid),
        "slug": course.slug,
        "state": course.state,
        "text": read.text,
        "lessons": [
            {"position": each.position, "title": each.title, "paragraphs": len(each.passages), "words": each.words}
            for each in read.lessons
        ],
        "dropped": _dropped(read),
        "pull_quotes": _pull_quotes(read),
        "concepts": _concepts(read),
        "drafts": _drafts(built),
        "undrafted": [{"concept": each.concept, "reason": each.reason} for each in built.drafts.undrafted],
        "warnings": [{"code": warning.code, "message": warning.message} for warning in read.warnings],
    }


def _place(read: Outline, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.quote(read.text)}


def _dropped(read: Outline) -> list[dict[str, Any]]:
    return [
        {
            "text": passage.span.quote(read.text),
            "reason": passage.reason,
            "start": passage.span.start,
            "end": passage.span.end,
        }
        for passage in read.passages
        if passage.kind == PassageKind.BOILERPLATE
    ]


def _pull_quotes(read: Outline) -> list[dict[str, Any]]:
    return [
        {
            "text": passage.span.quote(read.text),
            "duplicates": passage.duplicates and {"start": passage.duplicates.start, "end": passage.duplicates.end},
        }
        for passage in read.passages
        if passage.kind == PassageKind.PULL_QUOTE
    ]


def _concepts(read: Outline) -> list[dict[str, Any]]:
    return [
        {
            "term": concept.term,
            "kind": concept.kind,
            "rank": concept.rank,
            "reasons": list(concept.reasons),
            "mentions": [_place(read, span) for span in concept.mentions],
        }
        for concept in read.concepts
    ]


def _drafts(built: Built) -> list[dict[str, Any]]:
    return [
        {
            "kind": drafted.kind,
            "stem": drafted.content.get("stem", ""),
            "concept": drafted.concept,
            "evidence": _place(built.outline, drafted.evidence),
            "content": dict(drafted.content),
        }
        for drafted in built.drafts.questions
    ]
