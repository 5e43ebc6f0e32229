"""What speaks for and against a candidate, as named numbers; the weights stand in a data file."""

from __future__ import annotations

import math
from collections.abc import Iterator

from course.reading.concepts.candidates import Candidate
from course.reading.concepts.grammar import OBJECT_OPENINGS
from course.reading.concepts.lexicon import Lexicon
from course.reading.concepts.setting import Setting, is_common, is_name
from course.reading.concepts.surroundings import surroundings

Features = dict[str, float]

_OBJECTS = OBJECT_OPENINGS | frozenset(
    ["it", "them", "him", "me", "us", "what", "itself", "themselves", "himself", "herself", "everything"]
)
"""What may follow a verb that is no noun."""
_VERBS = frozenset({"VBD", "VBZ", "VBP", "VB", "MD", "RB", "RBR"})
_GRADED = frozenset({"JJR", "JJS"})
_WORN = 5


def features(candidate: Candidate, given: Setting) -> Features:
    """The features of a candidate that are not zero; most are 0 or 1."""
    content = [i for i in range(*candidate.found[0]) if given.is_content[i]]
    if not content:
        return {"fragment": 1.0}
    name = is_name(candidate, given)
    found: Features = dict.fromkeys(_shape(candidate, content, given), 1.0)
    found.update(dict.fromkeys(surroundings(candidate, given, name=name), 1.0))
    found.update(dict.fromkeys(_demotions(candidate, content, given, name=name), 1.0))
    found.update(dict.fromkeys(_by_meaning(candidate, content, given, name=name), 1.0))
    if candidate.linked_by and "goes_on" in found:
        found["cut_phrase"] = 1.0
    return found | _counts(candidate, content, given)


def _by_meaning(candidate: Candidate, content: list[int], given: Setting, *, name: bool) -> list[str]:
    """Names are judged as names; only one made of common words ("the Long March") may also be an image."""
    if not name:
        return [*_coinage(candidate, content, given), *_imagery(candidate, content, given)]
    naming = list(_naming(candidate, given))
    return naming + list(_imagery(candidate, content, given)) if "common_name" in naming else naming


def _counts(candidate: Candidate, content: list[int], given: Setting) -> Features:
    counts = given.reading.counts
    stems = {given.reading.stems[i] for i in content}
    times = len(candidate.mentions) or 1
    found: Features = {"hapax": sum(counts[word] <= times for word in stems) / len(stems)}
    if len(stems) > 1 and any(counts[word] >= max(_WORN, 2 * times) for word in stems):
        found["worn"] = 1.0
    if len(stems) > 1 and stems <= given.title_stems:
        found["title"] = 1.0
    if times > 1 and len(content) > 1:
        found["recurring"] = math.log2(min(times, 8))
    return found


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
        yield "jn" if _describes(content[0], given) else "nn"
    if hyphenated:
        yield "hyphen"
    if size > 2 and not candidate.linked_by and any(kinds.is_adjective[i] for i in content[1:-1]):
        yield "mixed"


def _describes(i: int, given: Setting) -> bool:
    """Whether the word is an adjective, also one with a capital before a plain noun: "the American market"."""
    reading = given.reading
    is_proper = reading.is_capital[i] and reading.tags[i] == "JJ" and not reading.is_capital[i + 1]
    return is_proper or given.kinds.is_adjective[i]


def _demotions(candidate: Candidate, content: list[int], given: Setting, *, name: bool) -> Iterator[str]:
    head = head_of(candidate, content, given)
    yield from _fragments(candidate, content, given)
    if _verb_like(content, head, given):
        yield "verb_like"
    if _is_described_person(content, given):
        yield "person"
    if name:
        return
    reading, lexicon = given.reading, given.lexicon
    lows = [reading.lows[i] for i in content]
    if reading.stems[head] in lexicon.generic and not _is_imagined(lows, lexicon):
        yield "generic"
    if any(lexicon.numbers.issuperset(low.split("-")) or low[0].isdigit() for low in lows):
        yield "number"
    if not lexicon.times.isdisjoint([reading.stems[i] for i in content]) and not _is_imagined(lows, lexicon):
        yield "time"
    if len(lows) > 1 and lows[0] in lexicon.generic_adjectives:
        yield "generic_adjective"
    elif len(lows) > 1 and reading.tags[content[0]] in _GRADED and not reading.is_capital[content[0]]:
        yield "graded"
    if len(lows) > 1 and lows[0] in lexicon.evaluations:
        yield "evaluation"


def _is_described_person(content: list[int], given: Setting) -> bool:
    """Whether a title stands before a name, or one noun before two names that are no common words and no body's."""
    reading, lexicon = given.reading, given.lexicon
    first, *others = content
    if not others or not reading.is_capital[others[-1]]:
        return False
    if reading.lows[first] in lexicon.person_titles:
        return True
    stems = {reading.stems[i] for i in others}
    is_strange = all(reading.is_capital[i] and not is_common(i, given) for i in others)
    is_body = not stems.isdisjoint(lexicon.organisations | lexicon.places)
    return len(others) > 1 and not reading.is_capital[first] and is_strange and not is_body


def _is_imagined(lows: list[str], lexicon: Lexicon) -> bool:
    return any(
        low in lexicon.image_adjectives and low not in lexicon.evaluations and low not in lexicon.generic_adjectives
        for low in lows[:-1]
    )


def _fragments(candidate: Candidate, content: list[int], given: Setting) -> Iterator[str]:
    reading, kinds = given.reading, given.kinds
    first, last = candidate.found[0]
    lows = [reading.lows[i] for i in content]
    opens_badly = lows[0] in given.lexicon.leading_fragments
    acts = reading.tags[first] in _VERBS and not kinds.is_head[first]
    ends_badly = not (kinds.is_head[last - 1] or kinds.is_adjective[last - 1] or candidate.is_quoted)
    if opens_badly or acts or ends_badly or any(len(low) == 1 for low in lows):
        yield "fragment"
    if kinds.is_adjective[last - 1] and not kinds.is_head[last - 1]:
        yield "trailing_adjective"


def _verb_like(content: list[int], head: int, given: Setting) -> bool:
    """Whether the head is more likely a verb after its subject: "rain refills", "documents call"."""
    reading, lexicon = given.reading, given.tagger.lexicon
    before = head - 1
    if len(content) < 2 or before not in content or given.kinds.is_adjective[before]:
        return False
    if head + 1 < len(reading.lows) and reading.lows[head + 1] in _OBJECTS:
        return True
    if lexicon.get(reading.lows[head]) == "VBZ":
        return True
    if reading.tags[before] in ("NNS", "NNPS") and not reading.is_capital[before] and "-" not in reading.lows[before]:
        return True
    if reading.tags[head] == "VBG" and before and reading.tags[before - 1].startswith(("VB", "IN")):
        return False
    return reading.tags[head] in ("NNS", "NN", "VBG") and lexicon.get(reading.stems[head], "NN").startswith("VB")


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
    if len(stems) > 1 and all(is_common(i, given) for i in range(first, last)):
        yield "common_name"
        return
    has_article = any(reading.lows[a - 1] == "the" for a, _ in candidate.found if a)
    if len(stems) in (2, 3) and stems[-1] not in lexicon.places and not has_article and not candidate.linked_by:
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
    if _is_agent(low, lexicon.agent_endings) and (low.endswith("er") or not tagger.knows(low)):
        yield "agent"
    if (
        not reading.is_capital[head]
        and low.isalpha()
        and not tagger.knows(low)
        and not tagger.knows(reading.lows[head])
    ):
        yield "rare_head"


def _is_agent(low: str, endings: tuple[str, ...]) -> bool:
    # Nearly every word has none of the endings.
    return (
        low.endswith(endings)
        and low.isalpha()
        and any(low.endswith(end) and len(low) > len(end) + 2 for end in endings)
    )


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
