"""Every stretch of the article that might be a key concept, grouped by what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from course.reading.concepts.grammar import Kinds
from course.reading.concepts.lexicon import Lexicon
from course.reading.concepts.tokens import QUOTES, Reading, Sentence

Key = tuple[str, ...]
Range = tuple[int, int]

LINKS = frozenset({"of", "on", "with", "for", "in", "without", "under", "at", "to"})
_NAME_LINKS = frozenset({"of", "for", "and"})
_ARTICLES = frozenset({"the", "a", "an"})
_CLAUSE_TAGS = frozenset({"PRP", "MD", "VBZ", "VBP", "VBD", "WP", "WRB"})
_MAX_WORDS = 4
_MAX_QUOTED = 4


@dataclass(slots=True)
class Candidate:
    """One possible concept: `found` are token ranges where the grammar holds, `mentions` all that say it."""

    key: Key
    found: list[Range] = field(default_factory=list)
    mentions: list[Range] = field(default_factory=list)
    is_quoted: bool = False
    linked_by: str = ""


def candidates(reading: Reading, *, kinds: Kinds, lexicon: Lexicon) -> list[Candidate]:
    """All candidates in order of first appearance; no two have the same key."""
    grouped: dict[Key, Candidate] = {}
    for sentence in reading.sentences:
        for first, last, link, is_quoted in _ranges(reading, sentence, kinds, lexicon):
            key = tuple(reading.stems[first:last])
            candidate = grouped.setdefault(key, Candidate(key=key))
            if (first, last) not in candidate.found[-3:]:
                candidate.found.append((first, last))
            candidate.is_quoted = candidate.is_quoted or is_quoted
            candidate.linked_by = candidate.linked_by or link
    add_mentions(reading, grouped)
    return list(grouped.values())


def add_mentions(reading: Reading, grouped: dict[Key, Candidate]) -> None:
    """Gives every candidate all the token ranges whose stems are its key, in one pass over the text."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in grouped:
        lengths[key[0]].add(len(key))
    stems = reading.stems
    for sentence in reading.sentences:
        for i in range(sentence.first, sentence.last):
            for length in lengths.get(stems[i], ()):
                candidate = grouped.get(tuple(stems[i : i + length])) if i + length <= sentence.last else None
                if candidate is not None and (not candidate.mentions or candidate.mentions[-1][1] <= i):
                    candidate.mentions.append((i, i + length))


def _ranges(
    reading: Reading, sentence: Sentence, kinds: Kinds, lexicon: Lexicon
) -> Iterator[tuple[int, int, str, bool]]:
    for i in range(sentence.first, sentence.last):
        if kinds.is_head[i]:
            for first in _left_edges(kinds, i, sentence.first):
                yield first, i + 1, "", False
    for first, last, link in _linked(reading, kinds, sentence):
        yield first, last, link, False
    for first, last in name_runs(reading, sentence):
        yield first, last, "", False
    for first, last in quoted(reading, sentence):
        if _is_phrase(reading, first, last, lexicon):
            yield first, last, "", True
    for first, last in kinds.named:
        if sentence.first <= first < sentence.last:
            yield first, last, "", False


def _is_phrase(reading: Reading, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether quoted words can be a term: no little word at either end and no pronoun or finite verb among them."""
    if reading.lows[first] in lexicon.stop or reading.lows[last - 1] in lexicon.stop:
        return False
    return not any(reading.tags[i] in _CLAUSE_TAGS for i in range(first, last))


def _left_edges(kinds: Kinds, head: int, limit: int) -> Iterator[int]:
    yield head
    words, i = 1, head - 1
    while (
        i >= limit
        and i + 1 not in kinds.openings
        and words < _MAX_WORDS
        and (kinds.is_modifier[i] or kinds.is_possessive[i])
    ):
        if not kinds.is_possessive[i]:
            words += 1
            if kinds.is_adjective[i] or kinds.is_head[i] or i + 1 < head:
                yield i
        i -= 1


def _linked(reading: Reading, kinds: Kinds, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for i in range(sentence.first + 1, sentence.last - 1):
        if reading.lows[i] not in LINKS or not kinds.is_head[i - 1]:
            continue
        right = _right_edge(reading, kinds, i + 1, sentence.last)
        if right:
            yield i - 1, right, reading.lows[i]
            if i - 2 >= sentence.first and kinds.is_modifier[i - 2]:
                yield i - 2, right, reading.lows[i]


def _right_edge(reading: Reading, kinds: Kinds, first: int, limit: int) -> int:
    i = first + (reading.lows[first] in _ARTICLES)
    words = 0
    while i < limit and words < 2 and (kinds.is_modifier[i] or kinds.is_head[i]):
        i += 1
        words += 1
    return i if words and kinds.is_head[i - 1] else 0


def name_runs(reading: Reading, sentence: Sentence) -> Iterator[Range]:
    """Runs of capitalised words, "of", "for", "and" inside them included when two names meet there."""
    i = sentence.first
    while i < sentence.last:
        if not reading.is_capital[i]:
            i += 1
            continue
        first = i
        while i < sentence.last and reading.is_capital[i]:
            i += 1
        last = i
        if i + 1 < sentence.last and reading.lows[i] in _NAME_LINKS:
            after = i + 1 + (reading.lows[i + 1] == "the")
            while after < sentence.last and reading.is_capital[after]:
                after += 1
                if reading.lows[i] == "of":
                    last = after
        yield first, last
        i = max(last, i)


def quoted(reading: Reading, sentence: Sentence) -> Iterator[Range]:
    """What stands between quotation marks, when it is one to four words without punctuation."""
    for i in range(sentence.first, sentence.last):
        if reading.words[i] not in QUOTES:
            continue
        last = i + 1
        while last < sentence.last and last - i <= _MAX_QUOTED and reading.is_word[last]:
            last += 1
        if 1 < last - i <= _MAX_QUOTED + 1 and last < sentence.last:
            closing = last + (reading.words[last] in ",." and last + 1 < sentence.last)
            if reading.words[closing] in QUOTES and _faces(reading, i):
                yield i + 1 + (reading.lows[i + 1] in _ARTICLES and last - i > 2), last


def _faces(reading: Reading, i: int) -> bool:
    """Whether the quotation mark opens: the next word touches it, or French usage puts a space there."""
    return reading.words[i] == "«" or reading.starts[i + 1] == reading.ends[i]
