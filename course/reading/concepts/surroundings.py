"""What stands around a candidate: articles, cues, explanations, and signs that it is cut short."""

from __future__ import annotations

from collections.abc import Iterator

from course.reading.concepts.candidates import Candidate, Range
from course.reading.concepts.edges import is_owner, is_torn
from course.reading.concepts.setting import Setting, is_capital_at
from course.reading.concepts.tokens import QUOTES

_LINKS = frozenset({"of", "on"})
_MOST_PLACES = 12
_EVERYWHERE = frozenset({"not_left", "not_right", "verbal", "goes_on", "cut_name", "torn"})
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
    notes = [_around(each, given) for each in candidate.found[:_MOST_PLACES]]
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


def _around(found: Range, given: Setting) -> set[str]:
    first, last = found
    if first not in given.before:
        given.before[first] = frozenset(_beginning_at(first, given))
    if last not in given.after:
        given.after[last] = frozenset(_ending_before(last, given))
    torn = {"torn"} if is_torn(found, given) else set()
    return {*given.before[first], *given.after[last], *_named(found, given), *torn}


def _beginning_at(first: int, given: Setting) -> Iterator[str]:
    reading = given.reading
    yield from _on_the_left(first, given)
    if reading.is_capital[first] and is_capital_at(reading, first - 1):
        yield "cut_name"
    if _is_verbal(first, given):
        yield "verbal"
    if first in given.headings:
        yield "heading"
    if first in given.kinds.framing:
        yield "framing"


def _ending_before(last: int, given: Setting) -> Iterator[str]:
    yield from _on_the_right(last, given)
    yield from _explained(last, given)
    if given.reading.is_capital[last - 1] and _name_goes_on(last, given):
        yield "cut_name"


def _on_the_left(first: int, given: Setting) -> Iterator[str]:
    reading = given.reading
    before = first - 1
    while before >= 0 and reading.words[before] in QUOTES:
        before -= 1
    while before > 0 and reading.lows[before] in given.lexicon.generic_adjectives:
        before -= 1
    if before >= 0 and reading.lows[before] in ("a", "an"):
        yield "indefinite"
    if before == first - 1 and before >= 0 and _continues_left(first, given):
        yield "not_left"


def _on_the_right(last: int, given: Setting) -> Iterator[str]:
    reading, kinds = given.reading, given.kinds
    continues = kinds.is_head[last] or (kinds.is_modifier[last] and not kinds.is_adjective[last])
    if continues or kinds.is_possessive[last] or is_owner(last, given):
        yield "not_right"
    elif not reading.is_word[last]:
        yield "clause_end"
    elif reading.lows[last] in _LINKS and not kinds.is_adjective[last - 1]:
        yield "goes_on"


def _explained(last: int, given: Setting) -> Iterator[str]:
    reading, lexicon = given.reading, given.lexicon
    end = reading.ends[last - 1]
    limit = min(reading.ends[reading.sentence_at(last - 1).last - 1], end + FARTHEST)
    if lexicon.defining_after.match(reading.text, end, limit):
        yield "defined"
    elif lexicon.apposing_after.match(reading.text, end, limit):
        yield "apposed"
    if lexicon.naming_after.match(reading.text, end, limit):
        yield "naming"
        yield "naming_exact"


def _name_goes_on(last: int, given: Setting) -> bool:
    """Whether a name that ends before this token is only the beginning of one: "Valley Board" of Elm."""
    reading = given.reading
    of_name = last < len(reading.words) and reading.lows[last] == "of" and is_capital_at(reading, last + 1)
    return of_name or is_capital_at(reading, last)


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


def _named(found: Range, given: Setting) -> Iterator[str]:
    first, last = found
    chunk = given.kinds.naming.get(first)
    if chunk and last >= chunk[1]:
        yield "naming"
        if first == chunk[0]:
            yield "naming_exact"
