"""What was decided about one wording of an article, carried over to another: kinds of passages and lessons. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from course.reading.compare import Comparison
from course.reading.outline import PassageOutline, Span


def read_as_before(
    comparison: Comparison, before: Sequence[PassageOutline], after: Sequence[PassageOutline]
) -> tuple[PassageOutline, ...]:
    """The new passages; those that are kept whole are what they were taken for before, whatever stands around now."""
    known = {image: passage for passage in before if (image := comparison.image(passage.span))}
    return tuple(_as_known(passage, known) for passage in after)


def _as_known(passage: PassageOutline, known: Mapping[Span, PassageOutline]) -> PassageOutline:
    same = known.get(passage.span)
    if same is None:
        return passage
    return replace(passage, kind=same.kind, level=same.level, reason=same.reason)


@dataclass(frozen=True, slots=True)
class Part:
    """A passage that is read, as far as lessons are concerned."""

    span: Span
    is_heading: bool


def carried_lessons(
    comparison: Comparison, lessons: Sequence[Span], parts: Sequence[Part]
) -> list[tuple[Span, tuple[Part, ...]] | None]:
    """For each old lesson its span in the new text and what is read in it; None for one of which nothing is left.

    `lessons` do not overlap; `parts` are what is read of the new text, in order. A passage belongs where most of its
    words were; a new one to the lesson before it, a new heading to what follows it.
    """
    owners = _owners(comparison, lessons, parts)
    own: list[list[Part]] = [[] for _ in lessons]
    for part, owner in zip(parts, owners, strict=True):
        if owner is not None:
            own[owner].append(part)
    return [(Span(each[0].span.start, each[-1].span.end), tuple(each)) if each else None for each in own]


def _owners(comparison: Comparison, lessons: Sequence[Span], parts: Sequence[Part]) -> list[int | None]:
    held = _held(comparison, lessons)
    owners = [_most(held, part.span) for part in parts]
    last = next((owner for owner in owners if owner is not None), None)
    for place, part in enumerate(parts):
        if owners[place] is None and not part.is_heading:
            owners[place] = last
        last = last if owners[place] is None else owners[place]
    following = last
    for place in reversed(range(len(parts))):
        owners[place] = following if owners[place] is None else owners[place]
        following = owners[place]
    return owners


Held = tuple[int, int, int]
"""A stretch of the new text and the lesson that it was kept from: start, end, lesson."""


def _held(comparison: Comparison, lessons: Sequence[Span]) -> list[Held]:
    order = sorted(range(len(lessons)), key=lambda lesson: lessons[lesson])
    starts = [lessons[lesson].start for lesson in order]
    held = []
    for stretch in comparison.kept:
        first = max(0, bisect_left(starts, stretch.old) - 1)
        for lesson in order[first:]:
            start = max(stretch.old, lessons[lesson].start)
            end = min(stretch.old + stretch.length, lessons[lesson].end)
            if lessons[lesson].start >= stretch.old + stretch.length:
                break
            if start < end:
                held.append((stretch.new + start - stretch.old, stretch.new + end - stretch.old, lesson))
    return held


def _most(held: Sequence[Held], span: Span) -> int | None:
    """The lesson that most of the span comes from; None when nothing of it was in any."""
    shares: dict[int, int] = {}
    first = max(0, bisect_left(held, (span.start, 0, 0)) - 1)
    for start, end, lesson in held[first:]:
        if start >= span.end:
            break
        if end > span.start:
            shares[lesson] = shares.get(lesson, 0) + min(end, span.end) - max(start, span.start)
    return max(shares, key=lambda lesson: shares[lesson]) if shares else None
