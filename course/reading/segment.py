"""Lessons: an article cut at its headings, or evenly where it has none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from course.reading.lines import count_words
from course.reading.outline import LessonOutline, PassageKind, PassageOutline, ReadingWarning

PART_WORDS = 320
MANY_LESSONS = 40
_NOT_READ = {PassageKind.HEADING, PassageKind.BOILERPLATE, PassageKind.PULL_QUOTE}


@dataclass
class _Draft:
    title: str
    heading: int | None = None
    passages: list[int] = field(default_factory=list)
    words: int = 0


def is_read(passage: PassageOutline) -> bool:
    """Whether a learner reads this passage as part of the article's running text."""
    return passage.kind not in _NOT_READ and passage.reason == ""


def segment(
    text: str, passages: Sequence[PassageOutline], *, title: str
) -> tuple[tuple[LessonOutline, ...], tuple[ReadingWarning, ...]]:
    """The lessons in reading order and what the author should know about the cuts.

    One lesson for each heading, a lead before the first one titled by the article's title or "Introduction". Without
    headings: even parts of about 250 to 350 words, cut between paragraphs (warning `no_headings`), or one lesson for a
    text of one paragraph (`single_paragraph`).
    """
    lead = title or "Introduction"
    headings = [p for p in passages if p.kind is PassageKind.HEADING and p.reason == ""]
    warnings: list[ReadingWarning] = []
    if headings:
        cuts = _cutting(headings)
        drafts = _at_headings(text, passages, cuts, lead=lead)
        warnings += _about_headings(headings, cuts, drafts)
    else:
        drafts, warning = _evenly(text, [p for p in passages if is_read(p)], lead=lead)
        warnings.append(warning)
    return _numbered(drafts), tuple(warnings)


def _numbered(drafts: Sequence[_Draft]) -> tuple[LessonOutline, ...]:
    return tuple(
        LessonOutline(position, draft.title, draft.heading, tuple(draft.passages), draft.words)
        for position, draft in enumerate(drafts, start=1)
    )


def _cutting(headings: Sequence[PassageOutline]) -> set[int]:
    """Positions of the headings that open a lesson: all of them, or the top levels where all would be too many."""
    levels = sorted({heading.level for heading in headings})
    chosen = {heading.position for heading in headings}
    while len(chosen) > MANY_LESSONS and len(levels) > 1:
        levels.pop()
        chosen = {heading.position for heading in headings if heading.level <= levels[-1]}
    return chosen


def _at_headings(text: str, passages: Sequence[PassageOutline], cuts: set[int], *, lead: str) -> list[_Draft]:
    drafts = [_Draft(lead)]
    for passage in passages:
        if passage.position in cuts:
            drafts.append(_Draft(passage.span.quote(text), heading=passage.position))
        elif is_read(passage):
            drafts[-1].passages.append(passage.position)
            drafts[-1].words += count_words(passage.span.quote(text))
    return drafts if drafts[0].passages else drafts[1:]


def _about_headings(
    headings: Sequence[PassageOutline], cuts: set[int], drafts: Sequence[_Draft]
) -> list[ReadingWarning]:
    warnings: list[ReadingWarning] = []
    inside, empty = len(headings) - len(cuts), sum(not draft.passages for draft in drafts)
    if inside:
        message = f"{inside} sub-headings stay inside their lessons, because a lesson for each would be too many."
        warnings.append(ReadingWarning("sub_headings_inside", message))
    if len(drafts) > MANY_LESSONS:
        message = f"This article has {len(drafts)} headings and so many lessons; join those that belong together."
        warnings.append(ReadingWarning("many_lessons", message))
    if empty:
        message = f"{empty} headings have no text of their own; join such a lesson with the one after it."
        warnings.append(ReadingWarning("empty_lessons", message))
    return warnings


def _evenly(text: str, read: Sequence[PassageOutline], *, lead: str) -> tuple[list[_Draft], ReadingWarning]:
    words = [count_words(passage.span.quote(text)) for passage in read]
    if len(read) <= 1:
        message = "This text is a single paragraph, so it is one lesson; add headings or paragraphs to have more."
        return [_filled(lead, read, words)], ReadingWarning("single_paragraph", message)
    parts = max(1, min(len(read), round(sum(words) / PART_WORDS)))
    message = "This text has no headings, so it was cut into parts of similar length; move the cuts or add headings."
    groups = _groups(words, parts)
    drafts = [
        _filled(lead if number == 1 else f"Part {number}", read[start:stop], words[start:stop])
        for number, (start, stop) in enumerate(groups, start=1)
    ]
    return drafts, ReadingWarning("no_headings", message)


def _filled(title: str, read: Sequence[PassageOutline], words: Sequence[int]) -> _Draft:
    return _Draft(title, passages=[passage.position for passage in read], words=sum(words))


def _groups(words: Sequence[int], parts: int) -> list[tuple[int, int]]:
    """Half-open ranges of paragraphs: each cut is the paragraph border nearest to an even share of the words."""
    sums = list(accumulate(words))
    borders = [0]
    for part in range(1, parts):
        ideal = sums[-1] * part / parts
        at = bisect_left(sums, ideal)
        nearer = at > 0 and ideal - sums[at - 1] <= sums[at] - ideal
        borders.append(max(borders[-1], at if nearer else at + 1))
    borders.append(len(words))
    return [(a, b) for a, b in pairwise(borders) if a < b]
