"""A ranked candidate as the instructor sees it: its term, kind, mentions, definition and reasons."""

from __future__ import annotations

from collections import Counter

from course.reading.concepts.candidates import Range
from course.reading.concepts.lexicon import Lexicon
from course.reading.concepts.ranking import Ranked
from course.reading.concepts.reasons import reasons
from course.reading.concepts.tokens import QUOTES, Reading
from course.reading.outline import ConceptKind, ConceptOutline, Span

_FIGURATIVE = frozenset(
    {"image_head", "image_modifier", "image_adjective", "coined", "coined_ending", "quoted", "agent"}
)


def described(ranked: Ranked, *, reading: Reading, lexicon: Lexicon, rank: int) -> ConceptOutline:
    """The outline of one ranked candidate; every mention says the term, up to capitals and plural."""
    ranges = [_trimmed(each, reading) for each in ranked.candidate.mentions]
    return ConceptOutline(
        term=_term(ranges, reading, ranked.is_name),
        kind=_kind(ranked),
        rank=rank,
        mentions=tuple(_span(each, reading) for each in ranges),
        reasons=reasons(ranked.features, weights=lexicon.weights),
        definition=None if ranked.is_name else _definition(ranges, reading, lexicon),
    )


def _trimmed(found: Range, reading: Reading) -> Range:
    first, last = found
    if reading.lows[first] in ("a", "an", "the") and last - first > 1:
        first += 1
    return first, last


def _span(found: Range, reading: Reading) -> Span:
    return Span(reading.starts[found[0]], reading.ends[found[1] - 1])


def _term(ranges: list[Range], reading: Reading, name: bool) -> str:
    """The form found most often among the least capitalised; a capital that only opens a sentence is put down."""
    surfaces = [_surface(each, reading, name) for each in ranges]
    counts = Counter(surfaces)
    return min(counts, key=lambda each: (sum(c.isupper() for c in each), -counts[each], surfaces.index(each)))


def _surface(found: Range, reading: Reading, name: bool) -> str:
    surface = " ".join(reading.surface(*found).split())
    if name:
        return surface
    if surface.isupper() and len(surface) > 5:
        return surface.lower()
    first = found[0]
    word = reading.words[first]
    if word[0].isupper() and not reading.is_capital[first] and word[1:].islower():
        return surface[0].lower() + surface[1:]
    return surface


def _kind(ranked: Ranked) -> ConceptKind:
    if ranked.is_name:
        return ConceptKind.NAME
    if _FIGURATIVE & ranked.features.keys():
        return ConceptKind.EXPRESSION
    plain_topic = {"recurring", "single", "defined", "rare_head"} & ranked.features.keys()
    return ConceptKind.TOPIC if plain_topic else ConceptKind.EXPRESSION


def _definition(ranges: list[Range], reading: Reading, lexicon: Lexicon) -> Span | None:
    """The first sentence that explains the term: "..., meaning ...", "... is called ...", "... is a ..."."""
    for first, last in ranges:
        sentence = reading.sentence_at(first)
        if sentence.is_heading:
            continue
        if lexicon.defining_after.match(reading.text, reading.ends[last - 1], reading.ends[sentence.last - 1]):
            return _sentence_span(sentence.first, sentence.last, reading)
    return None


def _sentence_span(first: int, last: int, reading: Reading) -> Span:
    while first < last - 1 and reading.words[first] in "-–—•*" and reading.words[first] not in QUOTES:
        first += 1
    return Span(reading.starts[first], reading.ends[last - 1])
