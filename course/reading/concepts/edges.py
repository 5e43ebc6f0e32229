"""Where words stand side by side and belong to different phrases, so that they are no term together."""

from __future__ import annotations

from course.reading.concepts.candidates import LINKS, Range
from course.reading.concepts.grammar import DETERMINERS
from course.reading.concepts.setting import Setting, is_capital_at, is_common

_OPENERS = frozenset(
    ["with", "in", "at", "for", "on", "by", "from", "under", "after", "before", "during", "without", "since", "until"]
)
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_FINITE_OF_MANY = frozenset({"VBP", "MD"})
"""What many do; "at the harbour gates stood" is no such verb, and its subject comes later."""
_FEWEST = 2
"""Words, at least, of what can be torn."""
_PAST = frozenset({"VBN", "VBD"})
_APOSTROPHES = frozenset("'’")
_QUOTES = frozenset("'‘’")


def is_torn(found: Range, given: Setting) -> bool:
    """Whether the place holds the end of one phrase and the beginning of another."""
    first, last = found
    size = last - first
    if size < _FEWEST:
        return False
    return (
        _ends_in_a_verb(first, last, given)
        or _joins_a_subject(first, last, given)
        or _opens_with_an_adverb(first, given)
        or (size > _FEWEST and _holds_a_verb(first, last, given))
        or (size > _FEWEST + 1 and _tells_of_a_person(first, last, given))
    )


def is_owner(last: int, given: Setting) -> bool:
    """Whether what ends before this token owns what follows, as several do: "the tenants' association"."""
    reading = given.reading
    is_many = reading.words[last] in _APOSTROPHES and reading.lows[last - 1].endswith("s")
    if not is_many or reading.starts[last] != reading.ends[last - 1]:
        return False
    opening = range(reading.sentence_at(last).first, last)
    is_quoted = any(reading.words[i] in _QUOTES and reading.ends[i] == reading.starts[i + 1] for i in opening)
    return not is_quoted and reading.is_word[last + 1] and reading.starts[last + 1] > reading.ends[last]


def _ends_in_a_verb(first: int, last: int, given: Setting) -> bool:
    """Whether the end says what someone does: "half of Porto living on", "calls the habit waiting on"."""
    reading = given.reading
    low, before = reading.lows[last - 1], reading.lows[first - 1] if first else ""
    if not low.endswith("ing") or "-" in low or reading.is_capital[last - 1]:
        return False
    if reading.is_capital[last - 2]:
        return before not in DETERMINERS and reading.lows[last] in LINKS | DETERMINERS
    is_named = first in given.kinds.naming and before == "the" and reading.tags[last - 1] == "VBG"
    return is_named and last - first == _FEWEST and reading.lows[last] in LINKS


def _holds_a_verb(first: int, last: int, given: Setting) -> bool:
    """Whether a verb stands between its subject and its object: "shops raised prices"."""
    reading, kinds = given.reading, given.kinds
    return any(
        reading.tags[i] in _PAST
        and "-" not in reading.lows[i]
        and not kinds.is_head[i]
        and kinds.is_head[i - 1]
        and not kinds.is_adjective[i - 1]
        for i in range(first + 1, last - 1)
    )


def _opens_with_an_adverb(first: int, given: Setting) -> bool:
    """Whether the first word says how far the noun behind it counts: "eats mostly beetles"."""
    low, kinds = given.reading.lows[first], given.kinds
    is_adverb = low.endswith("ly") and given.tagger.lexicon.get(low) == "RB" and not given.reading.is_capital[first]
    return is_adverb and kinds.is_head[first + 1] and not kinds.is_adjective[first + 1]


def _joins_a_subject(first: int, last: int, given: Setting) -> bool:
    """Whether an opening phrase ends inside and the subject follows: "With that sum Porto could", "For this reason"."""
    reading, kinds = given.reading, given.kinds
    if reading.tags[last] not in _FINITE:
        return False
    subject = last - 1
    while subject - 1 > first and reading.is_capital[subject] and reading.is_capital[subject - 1]:
        subject -= 1
    noun = subject - 1
    if reading.is_capital[noun] or not kinds.is_head[noun] or kinds.is_adjective[noun]:
        return False
    is_name = reading.is_capital[subject]
    is_many = reading.tags[subject] == "NNS" and reading.tags[noun] != "NNS"
    acts = is_name or (is_many and reading.tags[last] in _FINITE_OF_MANY)
    return acts and _is_behind_an_opener(first, given)


def _is_behind_an_opener(first: int, given: Setting) -> bool:
    """Whether the phrase that begins or goes on at this token follows a preposition that opens a clause."""
    reading, start = given.reading, given.reading.sentence_at(first).first
    at = first - 1
    while at > start and (reading.lows[at] in DETERMINERS or given.kinds.is_modifier[at]):
        at -= 1
    return at >= start and reading.lows[at] in _OPENERS and (at == start or not reading.is_word[at - 1])


def _tells_of_a_person(first: int, last: int, given: Setting) -> bool:
    """Whether a link leads from a name of two words to common ones; names of bodies and of common words may go on."""
    reading = given.reading
    for i in range(first + 2, last - 1):
        if reading.lows[i] in LINKS and reading.is_capital[i - 1] and reading.is_capital[i - 2]:
            is_body = not given.lexicon.organisations.isdisjoint(reading.stems[i - 2 : i])
            is_made_of_words = all(is_common(word, given) for word in (i - 2, i - 1))
            return not (is_body or is_made_of_words or any(is_capital_at(reading, j) for j in range(i + 1, last)))
    return False
