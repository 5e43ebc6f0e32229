"""What stands around a candidate: articles, cues, explanations, and signs that it is cut short."""

from __future__ import annotations

from collections.abc import Iterator

from course.reading.concepts.candidates import Candidate, Range
from course.reading.concepts.setting import Setting, is_capital_at
from course.reading.concepts.tokens import QUOTES

_LINKS = frozenset({"of", "on"})
_MOST_PLACES = 12
_EVERYWHERE = frozenset({"not_left", "not_right", "verbal", "goes_on", "cut_name"})
_NOT_OF_NAMES = frozenset({"naming", "naming_exact", "framing", "defined", "apposed", "indefinite"})
_HAVING = frozenset({"has", "have", "had", "having"})
"""A participle behind one of these is the sentence's verb and modifies nothing: "has used boat lending"."""
_AUXILIARIES = frozenset(
    ["have", "has", "had", "having", "be", "been", "being", "is", "are", "was", "were", "not", "never", "to"]
)

FARTHEST = 300
"""Characters after an expression within which its explanation begins; a run of spaces may be as long as a text."""


def surroundings(candidate: Candidate, given: Setting, *, name: bool) -> Iterator[str]:
    """The names of the features that hold around a candidate; a cut must hold at every place, anything else at one.

    Names get no cues of definition: ", a graduate student" after a person defines nothing.
    """
    notes = [set(_around(each, given)) for each in candidate.found[:_MOST_PLACES]]
    anywhere = set().union(*notes)
    if name:
        anywhere -= _NOT_OF_NAMES
    everywhere = notes[0].intersection(*notes[1:])
    yield from sorted(anywhere - _EVERYWHERE)
    yield from sorted(everywhere & _EVERYWHERE)
    if len(candidate.key) == 1:
        yield from sorted(f"single_{note}" for note in anywhere & {"defined", "naming_exact", "framing"})
    if candidate.is_quoted:
        yield "quoted"


def _around(found: Range, given: Setting) -> Iterator[str]:
    yield from _on_the_left(found, given)
    yield from _on_the_right(found, given)
    yield from _cued(found, given)
    yield from _explained(found, given)
    if _is_cut_name(found, given):
        yield "cut_name"
    if _is_verbal(found[0], given):
        yield "verbal"
    if found[0] in given.headings:
        yield "heading"


def _on_the_left(found: Range, given: Setting) -> Iterator[str]:
    reading = given.reading
    before = found[0] - 1
    while before >= 0 and reading.words[before] in QUOTES:
        before -= 1
    while before > 0 and reading.lows[before] in given.lexicon.generic_adjectives:
        before -= 1
    if before >= 0 and reading.lows[before] in ("a", "an"):
        yield "indefinite"
    if before == found[0] - 1 and before >= 0 and _continues_left(found[0], given):
        yield "not_left"


def _on_the_right(found: Range, given: Setting) -> Iterator[str]:
    reading, kinds, last = given.reading, given.kinds, found[1]
    continues = kinds.is_head[last] or (kinds.is_modifier[last] and not kinds.is_adjective[last])
    if not (reading.is_word[last] or kinds.is_possessive[last]):
        yield "clause_end"
    elif continues or kinds.is_possessive[last]:
        yield "not_right"
    elif reading.lows[last] in _LINKS and not kinds.is_adjective[last - 1]:
        yield "goes_on"


def _explained(found: Range, given: Setting) -> Iterator[str]:
    reading, lexicon = given.reading, given.lexicon
    end = reading.ends[found[1] - 1]
    limit = min(reading.ends[reading.sentence_at(found[0]).last - 1], end + FARTHEST)
    if lexicon.defining_after.match(reading.text, end, limit):
        yield "defined"
    elif lexicon.apposing_after.match(reading.text, end, limit):
        yield "apposed"
    if lexicon.naming_after.match(reading.text, end, limit):
        yield "naming"
        yield "naming_exact"


def _is_cut_name(found: Range, given: Setting) -> bool:
    """Whether the name goes on to the left or the right of this stretch: "Valley Board" in "Upper Valley Board"."""
    reading = given.reading
    first, last = found
    left = reading.is_capital[first] and is_capital_at(reading, first - 1)
    right = reading.is_capital[last - 1] and is_capital_at(reading, last)
    of_name = last < len(reading.words) and reading.lows[last] == "of" and is_capital_at(reading, last + 1)
    return left or right or (of_name and reading.is_capital[last - 1])


def _continues_left(first: int, given: Setting) -> bool:
    kinds, reading = given.kinds, given.reading
    if kinds.is_possessive[first - 1]:
        return True
    is_cue = kinds.naming.get(first, (-1, -1))[0] == first
    if is_cue or not kinds.is_modifier[first - 1] or (first > 1 and reading.lows[first - 2] in _HAVING):
        return False
    noun_then_adjective = kinds.is_adjective[first] and not kinds.is_adjective[first - 1]
    return not noun_then_adjective


def _is_verbal(first: int, given: Setting) -> bool:
    """Whether the first word is rather the sentence's verb: "had expected grief", "the nurse counted beds"."""
    reading = given.reading
    if not reading.tags[first].startswith("VB") or "-" in reading.lows[first] or first == 0:
        return False
    if reading.tags[first] == "VBD" or is_capital_at(reading, first + 1):
        return True
    before = first - 1
    if not reading.is_word[before]:
        return False
    return reading.lows[before] in _AUXILIARIES or reading.tags[before] == "PRP" or given.kinds.is_head[before]


def _cued(found: Range, given: Setting) -> Iterator[str]:
    first, last = found
    chunk = given.kinds.naming.get(first)
    if chunk and last >= chunk[1]:
        yield "naming"
        if first == chunk[0]:
            yield "naming_exact"
    if first in given.kinds.framing:
        yield "framing"
