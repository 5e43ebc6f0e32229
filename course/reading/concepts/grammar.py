"""What each token may be in a noun phrase, and what the sentence's cues say about it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from course.reading.concepts.lexicon import Lexicon
from course.reading.concepts.tagger import Tagger
from course.reading.concepts.tokens import QUOTES, Reading, Sentence

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_ADJECTIVES = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "CD"})
DETERMINERS = frozenset(
    ["a", "an", "the", "its", "their", "his", "her", "our", "my", "your", "this", "that", "these", "those"]
)
OBJECT_OPENINGS = frozenset(["a", "an", "the", "its", "their", "his", "her", "our", "my", "your"])
_REPAIRED = frozenset({"VB", "VBP", "VBZ", "JJ", "RB", "IN", "VBG"})
_AFTER_SUBJECTS = frozenset({"VBZ", "VBP", "RB", "JJ", "IN"})
"""Tags that a word behind "the" and a noun may well deserve: "the heating fails", "the danger twice"."""
_PREPOSITIONS = frozenset({"of", "for", "in", "with", "by", "from", "without", "under", "against", "into"})
_VERBS_AND_LINKS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBN", "IN", "TO"})
_BASE_FORMS = frozenset({"VB", "VBP"})
"""No verb in these forms stands right behind a preposition: "the run for cover." ends in a noun."""
_NOMINATIVES = frozenset(
    [
        "he",
        "she",
        "we",
        "they",
        "i",
        "who",
        "nobody",
        "everybody",
        "everyone",
        "somebody",
        "someone",
        "anybody",
        "anyone",
    ]
)
_EXAMPLES = frozenset({"example", "instance"})
_BEFORE_TIMES = frozenset({"in", "since", "until"})
_MONTHS_LIKE_WORDS = frozenset({"march", "may"})
_MAX_NAMED = 4


@dataclass(slots=True)
class Kinds:
    """Per token: may it end a phrase, or stand inside one, or end a possessive; and what the cues point at."""

    is_head: list[bool]
    is_modifier: list[bool]
    is_adjective: list[bool]
    is_possessive: list[bool]
    naming: dict[int, tuple[int, int]] = field(default_factory=dict)
    framing: set[int] = field(default_factory=set)
    named: list[tuple[int, int]] = field(default_factory=list)
    openings: set[int] = field(default_factory=set)


def kinds_of(reading: Reading, *, lexicon: Lexicon, tagger: Tagger) -> Kinds:
    """The kinds of all tokens of a reading; linear in its length."""
    size = len(reading.words)
    kinds = Kinds([False] * size, [False] * size, [False] * size, [False] * size)
    for sentence in reading.sentences:
        for i in range(sentence.first, sentence.last):
            _classify(reading, kinds, i, lexicon, tagger)
        for i in range(sentence.first, sentence.last):
            _repair(reading, kinds, sentence, i, lexicon)
        _follow_cues(reading, kinds, sentence, lexicon)
    return kinds


def _classify(reading: Reading, kinds: Kinds, i: int, lexicon: Lexicon, tagger: Tagger) -> None:
    low, tag = reading.lows[i], reading.tags[i]
    kinds.is_possessive[i] = low == "'s" and tag == "POS"
    if not reading.is_word[i] or (low in lexicon.stop and not reading.is_capital[i]):
        return
    if _only_ties(reading, i, lexicon):
        return
    if "-" in low or reading.is_capital[i]:
        kinds.is_head[i] = kinds.is_modifier[i] = True
        kinds.is_adjective[i] = "-" in low and tag in _ADJECTIVES
        return
    is_rare = low not in tagger.lexicon and reading.words[i] not in tagger.lexicon
    is_unknown_noun = is_rare and low.isalpha() and not low.endswith(("ed", "ly"))
    kinds.is_adjective[i] = tag in _ADJECTIVES
    kinds.is_head[i] = tag in _NOUNS or (is_unknown_noun and tag not in ("JJ", "JJR", "JJS", "VBN"))
    if kinds.is_head[i] and i > 0 and reading.lows[i - 1] in _NOMINATIVES:
        kinds.is_head[i] = False
    if kinds.is_head[i] and tagger.lexicon.get(low, "").startswith("VB"):
        kinds.is_head[i] = not _acts(reading, i)
    kinds.is_modifier[i] = kinds.is_head[i] or kinds.is_adjective[i]


def _only_ties(reading: Reading, i: int, lexicon: Lexicon) -> bool:
    """Whether the word and the one before it only tie the sentence together: "for example", or "in March"."""
    before = reading.lows[i - 1] if i else ""
    if before == "for" and reading.lows[i] in _EXAMPLES:
        return True
    is_time = reading.stems[i] in lexicon.times or reading.lows[i] in _MONTHS_LIKE_WORDS
    return before in _BEFORE_TIMES and is_time and reading.is_capital[i]


def _acts(reading: Reading, i: int) -> bool:
    """Whether a word that is mostly a verb is one here: after "to", or before an object."""
    after = reading.lows[i + 1] if i + 1 < len(reading.lows) else ""
    return after in OBJECT_OPENINGS or (i > 0 and reading.lows[i - 1] == "to")


def _repair(reading: Reading, kinds: Kinds, sentence: Sentence, i: int, lexicon: Lexicon) -> None:
    """Mends tags: an -ly word before an adjective belongs to the phrase; "the X Y." ends in a noun, however tagged."""
    after = i + 1
    at_end = after >= sentence.last or not reading.is_word[after] or reading.lows[after] in lexicon.stop
    low = reading.lows[i]
    if low.endswith("ly") and reading.tags[i] == "RB" and not at_end and kinds.is_adjective[after]:
        kinds.is_modifier[i] = True
    if kinds.is_head[i] or not at_end or reading.tags[i] not in _REPAIRED or low in lexicon.stop:
        return
    takes_object = after < sentence.last and reading.lows[after] in DETERMINERS
    if takes_object or low.endswith(("ed", "ly")) or i == sentence.first or not reading.is_word[i]:
        return
    before = i - 1
    if (
        reading.tags[i] == "VBG"
        and reading.stems[before] not in lexicon.generic
        and _is_done_to(reading, kinds, before)
    ):
        kinds.is_head[i] = True
        return
    if reading.lows[before] in _PREPOSITIONS and reading.tags[i] in _BASE_FORMS:
        kinds.is_head[i] = kinds.is_modifier[i] = True
        return
    opens = reading.lows[before] in DETERMINERS
    if not opens and _follows_a_subject(reading, kinds, i):
        return
    if not opens and before > sentence.first and kinds.is_modifier[before]:
        opens = reading.lows[before - 1] in DETERMINERS
    if opens and (reading.tags[i] != "VBG" or low not in lexicon.generic):
        kinds.is_head[i] = kinds.is_modifier[i] = True


def _is_done_to(reading: Reading, kinds: Kinds, before: int) -> bool:
    """Whether a noun without an article is what the verb in -ing is done to: "they tried boat lending, a scheme"."""
    is_bare = reading.tags[before] == "NN" and kinds.is_head[before] and not reading.is_capital[before]
    return is_bare and before > 0 and reading.tags[before - 1] in _VERBS_AND_LINKS


def _follows_a_subject(reading: Reading, kinds: Kinds, i: int) -> bool:
    """Whether the word more likely says something of the noun before it; "a sugar high" is one thing."""
    is_one_thing = reading.tags[i] == "JJ" and i > 1 and reading.lows[i - 2] in ("a", "an")
    return reading.tags[i] in _AFTER_SUBJECTS and not kinds.is_adjective[i - 1] and not is_one_thing


def _follow_cues(reading: Reading, kinds: Kinds, sentence: Sentence, lexicon: Lexicon) -> None:
    start = reading.starts[sentence.first]
    end = reading.ends[sentence.last - 1]
    for match in lexicon.naming.finditer(reading.text, start, end):
        token = bisect_left(reading.starts, match.end(), sentence.first, sentence.last)
        chunks = [_complement(reading, kinds, *each) for each in _chunks(reading, kinds, token, sentence.last)]
        for first, last in chunks:
            for i in range(first, last):
                kinds.naming[i] = (first, last)
            if last - first <= _MAX_NAMED:
                kinds.named.append((first, last))
    for match in lexicon.framing.finditer(reading.text, start, end):
        token = bisect_left(reading.starts, match.end(), sentence.first, sentence.last)
        for first, last in list(_chunks(reading, kinds, token, sentence.last))[:1]:
            kinds.framing.update(range(first, last))


def _chunks(reading: Reading, kinds: Kinds, token: int, limit: int) -> Iterator[tuple[int, int]]:
    """The phrase right after a cue, and another that follows without a joint: "call the result the fishbowl"."""
    for _ in range(2):
        token = _skip_opening(reading, token, limit)
        first = token
        while token < limit and (kinds.is_modifier[token] or kinds.is_possessive[token]):
            token += 1
        last = token
        if last > first and reading.tags[last - 1] == "VBG" and not _goes_on(reading, last, limit):
            kinds.is_head[last - 1] = True
        while last > first and not kinds.is_head[last - 1]:
            last -= 1
        if last > first:
            yield first, last
        if token >= limit or not (reading.lows[token] in DETERMINERS or reading.words[token] in QUOTES):
            return


def _goes_on(reading: Reading, token: int, limit: int) -> bool:
    """Whether a verb in -ing has its object there: "called chasing the tide", not "called chasing, and"."""
    return token < limit and reading.is_word[token]


def _complement(reading: Reading, kinds: Kinds, first: int, last: int) -> tuple[int, int]:
    """What follows the thing named in "call this state X": the phrase without its first noun."""
    if reading.lows[first - 1] not in ("this", "that", "these", "those"):
        return first, last
    noun = next((i for i in range(first, last) if not kinds.is_adjective[i]), last)
    if noun + 1 >= last:
        return first, last
    kinds.openings.add(noun + 1)
    return noun + 1, last


def _skip_opening(reading: Reading, token: int, limit: int) -> int:
    pronouns = 0
    while token < limit:
        low = reading.lows[token]
        if low in ("it", "them", "him", "her", "us") and pronouns == 0:
            pronouns += 1
        elif low not in DETERMINERS and reading.words[token] not in QUOTES and low not in ("as", ":", ","):
            return token
        token += 1
    return token
