"""Pull quotes: lines that only repeat what a longer paragraph says, word for word or a little reworded."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

from course.reading.lines import Line
from course.reading.outline import PassageKind, Span

_WORD = re.compile(r"[^\W_]+")
MIN_WORDS, MAX_WORDS = 6, 60
_ENOUGH, _ENOUGH_OF_MANY, _MANY = 0.8, 0.75, 10
_HEADING_WORDS = 9
_MAX_CANDIDATES = 400
_SETTLED = {PassageKind.HEADING, PassageKind.LIST_ITEM, PassageKind.TABLE, PassageKind.FIGURE}


class _Body:
    """A longer line's words, and where they stand in the text."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.words = [word.casefold() for word in _WORD.findall(line.text)]

    def span(self, first: int, last: int) -> Span:
        """From the beginning of the first word to the end of the last one."""
        found = list(_WORD.finditer(self.line.text))
        start = self.line.span.start
        return Span(start + found[first].start(), start + found[last].end())


def pull_quotes(lines: Iterable[Line]) -> dict[int, Span]:
    """By line number, where in the article the words of each pull quote stand.

    A pull quote has 6 to 60 words and is found in a longer line: at least three quarters of its words, in
    order, in one stretch; of six words all. A short line that ends like no sentence may be a heading and is left alone.
    Bounded: a line is compared with the three lines that share most of its words.
    """
    bodies = [_Body(line) for line in lines if line.words >= MIN_WORDS]
    index: defaultdict[str, list[int]] = defaultdict(list)
    for position, body in enumerate(bodies):
        for word in set(body.words):
            index[word].append(position)
    found: dict[int, Span] = {}
    candidates = [body for body in bodies if _may_repeat(body.line)]
    for candidate in candidates[:_MAX_CANDIDATES]:
        span = _duplicate(candidate, bodies, index, skip=found)
        if span is not None:
            found[candidate.line.number] = span
    return found


def _may_repeat(line: Line) -> bool:
    if line.words <= _HEADING_WORDS and (line.is_question or not line.is_terminated):
        return False
    return MIN_WORDS <= line.words <= MAX_WORDS and line.kind not in _SETTLED and not line.bullet


def _duplicate(
    candidate: _Body, bodies: Sequence[_Body], index: dict[str, list[int]], *, skip: dict[int, Span]
) -> Span | None:
    shared: Counter[int] = Counter()
    limit = max(20, len(bodies) // 4)
    for word in set(candidate.words):
        if len(index[word]) <= limit:
            shared.update(index[word])
    needed = len(candidate.words) + 2
    best = [bodies[at] for at, _ in shared.most_common(6) if len(bodies[at].words) >= needed]
    for body in [body for body in best if body.line.number not in skip][:3]:
        span = _stretch(candidate.words, body)
        if span is not None:
            return span
    return None


def _stretch(words: list[str], body: _Body) -> Span | None:
    """The part of the body line that says the words, or None."""
    length = len(words)
    centre = _densest(set(words), body.words, length + length // 3)
    first = max(0, centre - 2)
    window = body.words[first : centre + length + length // 3 + 2]
    blocks = [block for block in LCSseq.opcodes(words, window) if block.tag == "equal"]
    matched = sum(block.src_end - block.src_start for block in blocks)
    enough = _ENOUGH_OF_MANY if length >= _MANY else _ENOUGH if length > MIN_WORDS else 1
    if matched < enough * length or matched < MIN_WORDS - 1:
        return None
    return body.span(first + blocks[0].dest_start, first + blocks[-1].dest_end - 1)


def _densest(wanted: set[str], words: Sequence[str], size: int) -> int:
    """Where the window of `size` words begins that has most of the wanted words."""
    hits = [word in wanted for word in words]
    count = best = sum(hits[:size])
    at = 0
    for start in range(1, max(1, len(words) - size + 1)):
        count += hits[start + size - 1] - hits[start - 1]
        if count > best:
            best, at = count, start
    return at
