"""Two wordings of a text side by side: which stretches of the old one stand in the new one, in the same order. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from course.reading.outline import Span

_SENTENCE = re.compile(r".+?(?:[.!?…][\"'”’»)\]]*\s+|[。！？]|\n\s*|\Z)", re.DOTALL)
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_WORD = re.compile(r"\w+")
_LARGEST_TABLE = 10_000
"""Pairs of tokens that are compared one by one; larger stretches without a landmark count as rewritten."""
_DEEPEST = 30
"""How often a stretch is cut at landmarks and looked at again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """`length` characters that stand unchanged: from `old` on in the old text, from `new` on in the new one."""

    old: int
    new: int
    length: int


@dataclass(frozen=True)
class Comparison:
    """Both texts and what they share; `kept` rises in both, and each stretch is as long as it can be."""

    old: str
    new: str
    kept: tuple[Kept, ...]

    @cached_property
    def _olds(self) -> list[int]:
        return [stretch.old for stretch in self.kept]

    @cached_property
    def _news(self) -> list[int]:
        return [stretch.new for stretch in self.kept]

    @cached_property
    def _ends(self) -> list[int]:
        return [stretch.old + stretch.length for stretch in self.kept]

    def image(self, span: Span) -> Span | None:
        """Where the span of the old text stands in the new one, unbroken; None when anything in it changed."""
        index = bisect_right(self._olds, span.start) - 1
        if index < 0:
            return None
        stretch = self.kept[index]
        if span.end > stretch.old + stretch.length:
            return None
        shift = stretch.new - stretch.old
        return Span(span.start + shift, span.end + shift)

    def room(self, span: Span) -> Span:
        """The part of the new text between what stood before the span and what stood after it; perhaps empty."""
        before = bisect_left(self._olds, span.start) - 1
        after = bisect_right(self._ends, span.end)
        start, end = 0, len(self.new)
        if before >= 0:
            stretch = self.kept[before]
            start = stretch.new + min(span.start - stretch.old, stretch.length)
        if after < len(self.kept):
            stretch = self.kept[after]
            end = stretch.new + max(span.end - stretch.old, 0)
        return Span(start, max(start, end))

    def share_kept(self, span: Span) -> float:
        """How much of a span of the new text stood in the old one, 0..1."""
        index = max(0, bisect_right(self._news, span.start) - 1)
        covered = 0
        for stretch in self.kept[index:]:
            if stretch.new >= span.end:
                break
            covered += max(0, min(span.end, stretch.new + stretch.length) - max(span.start, stretch.new))
        return covered / (span.end - span.start)

    def reversed(self) -> Comparison:
        """The same seen from the new text."""
        return Comparison(self.new, self.old, tuple(Kept(each.new, each.old, each.length) for each in self.kept))


def compare(old: str, new: str) -> Comparison:
    """What the texts share, found at sentences first and within rewritten ones at words.

    Landmarks are what stands exactly once in both: the method of patience diff (Bram Cohen), in n log n steps for
    texts that have any. Where none is left only small stretches are compared pair by pair.
    """
    stretches = [piece for gap in _sentences_matched(old, new) for piece in gap]
    return Comparison(old, new, tuple(_joined(stretches)))


def sentences_in(text: str) -> list[Span]:
    """The text cut behind each sentence or line, with the white space that follows; joined, they are the text."""
    return [Span(found.start(), found.end()) for found in _SENTENCE.finditer(text)]


def words_in(text: str) -> Counter[str]:
    """The words of a text, in lower case, each with how often it stands there."""
    return Counter(word.lower() for word in _WORD.findall(text))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How alike two bags of words are, 0..1: twice what they share of all they have (Dice, Ecology 26, 1945)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _sentences_matched(old: str, new: str) -> Iterator[list[Kept]]:
    ours, theirs = sentences_in(old), sentences_in(new)
    pairs = _matched([span.quote(old) for span in ours], [span.quote(new) for span in theirs])
    reached = (0, 0)
    for i, j in [*pairs, (len(ours), len(theirs))]:
        end = ours[i].start if i < len(ours) else len(old), theirs[j].start if j < len(theirs) else len(new)
        yield _words_matched(old, new, reached, end)
        if i < len(ours):
            yield [Kept(ours[i].start, theirs[j].start, ours[i].end - ours[i].start)]
            reached = ours[i].end, theirs[j].end


def _words_matched(old: str, new: str, start: tuple[int, int], end: tuple[int, int]) -> list[Kept]:
    """What two rewritten stretches share; single words amid changes are chance, not what was kept."""
    ours, theirs = old[start[0] : end[0]], new[start[1] : end[1]]
    if not ours or not theirs:
        return []
    own, other = list(_TOKEN.finditer(ours)), list(_TOKEN.finditer(theirs))
    pairs = _matched([token[0] for token in own], [token[0] for token in other])
    pieces = [Kept(own[i].start(), other[j].start(), len(own[i][0])) for i, j in pairs]
    return [
        Kept(each.old + start[0], each.new + start[1], each.length)
        for each in _joined(pieces)
        if _is_edge(each, len(ours), len(theirs)) or len(_WORD.findall(ours, each.old, each.old + each.length)) > 1
    ]


def _is_edge(piece: Kept, ours: int, theirs: int) -> bool:
    at_start = piece.old == 0 and piece.new == 0
    return at_start or (piece.old + piece.length == ours and piece.new + piece.length == theirs)


def _joined(pieces: Sequence[Kept]) -> list[Kept]:
    joined: list[Kept] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.old + last.length == piece.old and last.new + last.length == piece.new:
            joined[-1] = Kept(last.old, last.new, last.length + piece.length)
        else:
            joined.append(piece)
    return joined


Bounds = tuple[int, int, int, int]
"""Where a part of each sequence begins and ends: old from, old to, new from, new to."""


def _matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places, rising in both, that hold the same."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[Bounds, int]] = [((0, len(old), 0, len(new)), 0)]
    while waiting:
        bounds, depth = waiting.pop()
        a, b, c, d = _trimmed(old, new, bounds, pairs)
        if a == b or c == d:
            continue
        marks = _landmarks(old, new, (a, b, c, d)) if depth < _DEEPEST else []
        if marks:
            pairs += marks
            cuts = [(a - 1, c - 1), *marks, (b, d)]
            waiting += [((i + 1, k, j + 1, m), depth + 1) for (i, j), (k, m) in pairwise(cuts)]
        elif (b - a) * (d - c) <= _LARGEST_TABLE:
            pairs += _one_by_one(old[a:b], new[c:d], a, c)
    return sorted(pairs)


def _trimmed(old: Sequence[str], new: Sequence[str], bounds: Bounds, pairs: list[tuple[int, int]]) -> Bounds:
    """The bounds without what both parts begin and end with; that goes to the pairs."""
    a, b, c, d = bounds
    while a < b and c < d and old[a] == new[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    return a, b, c, d


def _landmarks(old: Sequence[str], new: Sequence[str], bounds: Bounds) -> list[tuple[int, int]]:
    """The longest rising run of pairs of what stands exactly once in both parts."""
    a, b, c, d = bounds
    ours, theirs = Counter(old[a:b]), Counter(new[c:d])
    places = {new[j]: j for j in range(c, d)}
    once = [(i, places[old[i]]) for i in range(a, b) if ours[old[i]] == 1 == theirs[old[i]]]
    return _longest_rise(once)


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [index]
        before.append(last[length - 1] if length else -1)
    rise = []
    index = last[-1] if last else -1
    while index >= 0:
        rise.append(pairs[index])
        index = before[index]
    return rise[::-1]


def _one_by_one(old: Sequence[str], new: Sequence[str], a: int, c: int) -> list[tuple[int, int]]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(a + block.a + n, c + block.b + n) for block in blocks for n in range(block.size)]
