"""What speaks for and against a candidate, as named numbers; the weights stand in a data file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from course.reading.concepts.candidates import Candidate, Range
from course.reading.concepts.grammar import Kinds
from course.reading.concepts.lexicon import Lexicon
from course.reading.concepts.tagger import Tagger
from course.reading.concepts.tokens import QUOTES, Reading

Features = dict[str, float]

_VERBS = frozenset({"VBD", "VBZ", "VBP", "VB", "MD", "RB", "RBR"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What all features of one article are read from."""

    reading: Reading
    kinds: Kinds
    lexicon: Lexicon
    tagger: Tagger
    headings: frozenset[int]
    title_stems: frozenset[str]
    surnames: frozenset[str]


def setting(reading: Reading, *, kinds: Kinds, lexicon: Lexicon, tagger: Tagger, title: str) -> Setting:
    """The setting of a reading; the title feeds one weak feature only."""
    headings = {
        i for sentence in reading.sentences if sentence.is_heading for i in range(sentence.first, sentence.last)
    }
    lone: set[str] = set()
    for i, is_capital in enumerate(reading.is_capital):
        if is_capital and not _capital(reading, i - 1) and not _capital(reading, i + 1):
            lone.add(reading.stems[i])
    return Setting(
        reading=reading,
        kinds=kinds,
        lexicon=lexicon,
        tagger=tagger,
        headings=frozenset(headings),
        title_stems=frozenset(word.strip(".,:;!?\"'“”‘’").lower() for word in title.split()),
        surnames=frozenset(lone),
    )


def _capital(reading: Reading, i: int) -> bool:
    return 0 <= i < len(reading.words) and reading.is_capital[i]


def features(candidate: Candidate, given: Setting) -> Features:
    """The features of a candidate that are not zero."""
    found: Features = {}
    words = [i for i in range(*candidate.found[0]) if given.reading.is_word[i]]
    content = [i for i in words if given.reading.lows[i] not in given.lexicon.stop]
    if not content:
        return {"fragment": 1.0}
    name = is_name(candidate, given)
    for feature in _shape(candidate, content, given):
        found[feature] = 1.0
    for feature in _surroundings(candidate, given, name):
        found[feature] = 1.0
    for feature in _demotions(candidate, content, given):
        found[feature] = 1.0
    if name:
        for feature in _naming(candidate, given):
            found[feature] = 1.0
    else:
        for feature in (*_coinage(candidate, content, given), *_imagery(candidate, content, given)):
            found[feature] = 1.0
    stems = {given.reading.stems[i] for i in content}
    times = len(candidate.mentions) or 1
    found["hapax"] = sum(given.reading.counts[word] <= times for word in stems) / len(stems)
    if times > 1 and len(content) > 1:
        found["recurring"] = math.log2(min(times, 8))
    return found


def is_name(candidate: Candidate, given: Setting) -> bool:
    """Whether every word of it that carries meaning is written as a name wherever it is found."""
    return all(_is_name_range(each, given) for each in candidate.found)


def _is_name_range(found: Range, given: Setting) -> bool:
    reading = given.reading
    words = [i for i in range(*found) if reading.is_word[i] and reading.lows[i] not in given.lexicon.stop]
    return bool(words) and all(reading.is_capital[i] for i in words)


def _shape(candidate: Candidate, content: list[int], given: Setting) -> Iterator[str]:
    reading, kinds = given.reading, given.kinds
    size = len(content)
    hyphenated = any("-" in reading.lows[i] for i in content)
    if size == 1 and not hyphenated:
        yield "single"
    elif size > 1:
        yield f"n{min(size, 4)}"
    if candidate.linked_by and candidate.linked_by != "of":
        yield "prep"
    if size == 2 and not candidate.linked_by:
        yield "jn" if kinds.is_adjective[content[0]] else "nn"
    if hyphenated:
        yield "hyphen"
    if size > 2 and not candidate.linked_by and any(kinds.is_adjective[i] for i in content[1:-1]):
        yield "mixed"


def _surroundings(candidate: Candidate, given: Setting, name: bool) -> Iterator[str]:
    notes = [set(_around(each, given)) for each in candidate.found[:12]]
    anywhere = set().union(*notes)
    if name:
        anywhere -= {"naming", "naming_exact", "framing", "defined", "indefinite"}
    everywhere = notes[0].intersection(*notes[1:])
    yield from sorted(anywhere - {"not_left", "not_right"})
    yield from sorted(everywhere & {"not_left", "not_right"})
    if candidate.is_quoted:
        yield "quoted"


def _around(found: Range, given: Setting) -> Iterator[str]:
    first, last = found
    reading, kinds, lexicon = given.reading, given.kinds, given.lexicon
    before = first - 1
    while before >= 0 and reading.words[before] in QUOTES:
        before -= 1
    if before >= 0 and reading.lows[before] in ("a", "an"):
        yield "indefinite"
    if before == first - 1 and before >= 0 and _continues_left(first, given):
        yield "not_left"
    if last >= len(reading.words) or not (reading.is_word[last] or kinds.is_possessive[last]):
        yield "clause_end"
    elif kinds.is_head[last] or (kinds.is_modifier[last] and not kinds.is_adjective[last]) or kinds.is_possessive[last]:
        yield "not_right"
    if first in given.headings:
        yield "heading"
    yield from _cued(found, given)
    end = reading.ends[last - 1]
    if lexicon.defining_after.match(reading.text, end):
        yield "defined"
    elif lexicon.apposing_after.match(reading.text, end):
        yield "apposed"
    if lexicon.naming_after.match(reading.text, end):
        yield "naming"
        yield "naming_exact"


def _continues_left(first: int, given: Setting) -> bool:
    kinds = given.kinds
    if kinds.is_possessive[first - 1]:
        return True
    if not kinds.is_modifier[first - 1]:
        return False
    noun_then_adjective = kinds.is_adjective[first] and not kinds.is_adjective[first - 1]
    return not noun_then_adjective


def _cued(found: Range, given: Setting) -> Iterator[str]:
    first, last = found
    chunk = given.kinds.naming.get(first)
    if chunk and last >= chunk[1]:
        yield "naming"
        if first == chunk[0]:
            yield "naming_exact"
    if first in given.kinds.framing:
        yield "framing"


def _demotions(candidate: Candidate, content: list[int], given: Setting) -> Iterator[str]:
    reading, lexicon, kinds = given.reading, given.lexicon, given.kinds
    first, last = candidate.found[0]
    lows = [reading.lows[i] for i in content]
    head = head_of(candidate, content, given)
    if reading.stems[head] in lexicon.generic:
        yield "generic"
    if len(lows) > 1 and lows[0] in lexicon.generic_adjectives:
        yield "generic_adjective"
    if len(lows) > 1 and lows[0] in lexicon.evaluations:
        yield "evaluation"
    if any(low in lexicon.numbers or low[0].isdigit() for low in lows) and not is_name(candidate, given):
        yield "number"
    if any(reading.stems[i] in lexicon.times for i in content) and not is_name(candidate, given):
        yield "time"
    if lows[0] in lexicon.leading_fragments or reading.tags[first] in _VERBS and not kinds.is_head[first]:
        yield "fragment"
    if kinds.is_adjective[last - 1] and not kinds.is_head[last - 1]:
        yield "trailing_adjective"
    if not kinds.is_head[last - 1] and not kinds.is_adjective[last - 1] and not candidate.is_quoted:
        yield "fragment"


def head_of(candidate: Candidate, content: list[int], given: Setting) -> int:
    """The token that the phrase is about: the last one, or the one before "of", "on", "with"."""
    if candidate.linked_by:
        for i in content:
            if given.reading.lows[min(i + 1, len(given.reading.lows) - 1)] == candidate.linked_by:
                return i
    return content[-1]


def _naming(candidate: Candidate, given: Setting) -> Iterator[str]:
    reading, lexicon = given.reading, given.lexicon
    first, last = candidate.found[0]
    yield "all_name"
    stems = [reading.stems[i] for i in range(first, last)]
    if any(word in lexicon.organisations for word in stems):
        if len(stems) > 1:
            yield "organisation"
        return
    has_article = any(reading.lows[a - 1] == "the" for a, _ in candidate.found if a)
    if len(stems) in (2, 3) and not has_article and not candidate.linked_by:
        yield "person"
        if stems[-1] in given.surnames:
            yield "surname"
    if first and reading.lows[first - 1].rstrip(".") in lexicon.person_titles:
        yield "surname"


def _coinage(candidate: Candidate, content: list[int], given: Setting) -> Iterator[str]:
    reading, lexicon, tagger = given.reading, given.lexicon, given.tagger
    for i in content:
        low = reading.lows[i]
        if "-" in low and low not in tagger.lexicon and not low[0].isdigit():
            parts = low.split("-")
            if parts[0] not in lexicon.plain_hyphens and parts[-1] not in lexicon.plain_hyphens:
                yield "coined"
            if parts[-1] in lexicon.coined_endings:
                yield "coined_ending"
    head = head_of(candidate, content, given)
    low = reading.stems[head]
    if low.isalpha() and any(low.endswith(end) and len(low) > len(end) + 2 for end in lexicon.agent_endings):
        yield "agent"
    if (
        not reading.is_capital[head]
        and low.isalpha()
        and not tagger.knows(low)
        and not tagger.knows(reading.lows[head])
    ):
        yield "rare_head"


def _imagery(candidate: Candidate, content: list[int], given: Setting) -> Iterator[str]:
    reading, lexicon = given.reading, given.lexicon
    if len(content) < 2:
        return
    head = head_of(candidate, content, given)
    others = [i for i in content if i != head]
    is_image = reading.stems[head] in lexicon.images
    has_image = any(reading.stems[i] in lexicon.images for i in others)
    has_adjective = any(reading.lows[i] in lexicon.image_adjectives for i in others)
    if is_image:
        yield "image_head"
        if reading.counts[reading.stems[head]] <= max(len(candidate.mentions), 1):
            yield "image_new"
    if has_image:
        yield "image_modifier"
    if is_image and has_image:
        yield "image_both"
    if has_adjective:
        yield "image_adjective"
    if is_image and has_adjective:
        yield "physical_pair"
