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

_LINKS = frozenset({"of", "on"})
_OBJECT_OPENINGS = frozenset(["a", "an", "the", "its", "their", "his", "her", "our", "my", "your"])
_WORN = 5
_VERBS = frozenset({"VBD", "VBZ", "VBP", "VB", "MD", "RB", "RBR"})
_EVERYWHERE = frozenset({"not_left", "not_right", "verbal", "goes_on", "cut_name"})
_NOT_OF_NAMES = frozenset({"naming", "naming_exact", "framing", "defined", "indefinite"})
_AUXILIARIES = frozenset(
    ["have", "has", "had", "having", "be", "been", "being", "is", "are", "was", "were", "not", "never", "to"]
)


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
        if "common_name" in found:
            found.update(dict.fromkeys(_imagery(candidate, content, given), 1.0))
    else:
        for feature in (*_coinage(candidate, content, given), *_imagery(candidate, content, given)):
            found[feature] = 1.0
    stems = {given.reading.stems[i] for i in content}
    times = len(candidate.mentions) or 1
    if len(stems) > 1 and any(given.reading.counts[word] >= max(_WORN, 2 * times) for word in stems):
        found["worn"] = 1.0
    if candidate.linked_by and "goes_on" in found:
        found["cut_phrase"] = 1.0
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
        anywhere -= _NOT_OF_NAMES
    everywhere = notes[0].intersection(*notes[1:])
    yield from sorted(anywhere - _EVERYWHERE)
    yield from sorted(everywhere & _EVERYWHERE)
    if len(candidate.key) == 1:
        yield from sorted(f"single_{note}" for note in anywhere & {"defined", "naming_exact", "framing"})
    if candidate.is_quoted:
        yield "quoted"


def _around(found: Range, given: Setting) -> Iterator[str]:
    first, last = found
    reading, kinds, lexicon = given.reading, given.kinds, given.lexicon
    before = first - 1
    while before >= 0 and reading.words[before] in QUOTES:
        before -= 1
    while before > 0 and reading.lows[before] in lexicon.generic_adjectives:
        before -= 1
    if before >= 0 and reading.lows[before] in ("a", "an"):
        yield "indefinite"
    if before == first - 1 and before >= 0 and _continues_left(first, given):
        yield "not_left"
    if _is_cut_name(found, given):
        yield "cut_name"
    if last >= len(reading.words) or not (reading.is_word[last] or kinds.is_possessive[last]):
        yield "clause_end"
    elif kinds.is_head[last] or (kinds.is_modifier[last] and not kinds.is_adjective[last]) or kinds.is_possessive[last]:
        yield "not_right"
    elif reading.lows[last] in _LINKS and last + 1 < len(reading.words) and not kinds.is_adjective[last - 1]:
        yield "goes_on"
    if _is_verbal(first, given):
        yield "verbal"
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


def _is_cut_name(found: Range, given: Setting) -> bool:
    """Whether the name goes on to the left or the right of this stretch: "Basin Council" in "Arun Basin Council"."""
    reading = given.reading
    first, last = found
    left = reading.is_capital[first] and _capital(reading, first - 1)
    right = reading.is_capital[last - 1] and _capital(reading, last)
    of_name = last < len(reading.words) and reading.lows[last] == "of" and _capital(reading, last + 1)
    return left or right or (of_name and reading.is_capital[last - 1])


def _continues_left(first: int, given: Setting) -> bool:
    kinds = given.kinds
    if kinds.is_possessive[first - 1]:
        return True
    if not kinds.is_modifier[first - 1]:
        return False
    noun_then_adjective = kinds.is_adjective[first] and not kinds.is_adjective[first - 1]
    return not noun_then_adjective


def _is_verbal(first: int, given: Setting) -> bool:
    """Whether the first word is rather the sentence's verb: "had expected grief", "the nurse counted beds"."""
    reading = given.reading
    if not reading.tags[first].startswith("VB") or "-" in reading.lows[first] or first == 0:
        return False
    if reading.tags[first] == "VBD" or _capital(reading, first + 1):
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


def _demotions(candidate: Candidate, content: list[int], given: Setting) -> Iterator[str]:
    reading, lexicon, kinds = given.reading, given.lexicon, given.kinds
    first, last = candidate.found[0]
    lows = [reading.lows[i] for i in content]
    head = head_of(candidate, content, given)
    name = is_name(candidate, given)
    is_imagined = any(low in lexicon.image_adjectives and low not in lexicon.evaluations for low in lows[:-1])
    if reading.stems[head] in lexicon.generic and not is_imagined and not name:
        yield "generic"
    if len(lows) > 1 and lows[0] in lexicon.generic_adjectives:
        yield "generic_adjective"
    if len(lows) > 1 and lows[0] in lexicon.evaluations:
        yield "evaluation"
    if any(low in lexicon.numbers or low[0].isdigit() for low in lows) and not name:
        yield "number"
    if any(reading.stems[i] in lexicon.times for i in content if not is_imagined) and not name:
        yield "time"
    if any(len(low) == 1 for low in lows):
        yield "fragment"
    if lows[0] in lexicon.leading_fragments or (reading.tags[first] in _VERBS and not kinds.is_head[first]):
        yield "fragment"
    if _verb_like(content, head, given):
        yield "verb_like"
    if kinds.is_adjective[last - 1] and not kinds.is_head[last - 1]:
        yield "trailing_adjective"
    if not kinds.is_head[last - 1] and not kinds.is_adjective[last - 1] and not candidate.is_quoted:
        yield "fragment"


def _verb_like(content: list[int], head: int, given: Setting) -> bool:
    """Whether the head is more likely a verb after its subject: "rain refills", "documents call"."""
    reading, lexicon = given.reading, given.tagger.lexicon
    before = head - 1
    if len(content) < 2 or before not in content or given.kinds.is_adjective[before]:
        return False
    if head + 1 < len(reading.lows) and reading.lows[head + 1] in _OBJECT_OPENINGS:
        return True
    if reading.tags[before] in ("NNS", "NNPS") and not reading.is_capital[before] and "-" not in reading.lows[before]:
        return True
    return reading.tags[head] in ("NNS", "NN") and lexicon.get(reading.stems[head], "NN").startswith("VB")


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
    if len(stems) > 1 and all(_is_common(i, given) for i in range(first, last)):
        yield "common_name"
        return
    has_article = any(reading.lows[a - 1] == "the" for a, _ in candidate.found if a)
    if len(stems) in (2, 3) and stems[-1] not in lexicon.places and not has_article and not candidate.linked_by:
        yield "person"
        if stems[-1] in given.surnames:
            yield "surname"
    if first and reading.lows[first - 1].rstrip(".") in lexicon.person_titles:
        yield "surname"


def _is_common(i: int, given: Setting) -> bool:
    """Whether a capitalised word is a common noun or adjective when written small."""
    return given.tagger.lexicon.get(given.reading.lows[i], "").startswith(("NN", "JJ", "VB", "CD"))


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
