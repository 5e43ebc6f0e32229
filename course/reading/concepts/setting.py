"""What all features of one article are read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from course.reading.concepts.candidates import Candidate, Range
from course.reading.concepts.grammar import Kinds
from course.reading.concepts.lexicon import Lexicon
from course.reading.concepts.tagger import Tagger
from course.reading.concepts.tokens import Reading, stem


@dataclass(frozen=True, slots=True)
class Setting:
    """A reading with what is known about its words and about words in general.

    `is_content` says of each token whether it is a word that carries meaning. `before` and `after` hold what was
    found to speak for and against whatever begins at a token, or ends before one: many candidates share an edge.
    """

    reading: Reading
    kinds: Kinds
    lexicon: Lexicon
    tagger: Tagger
    is_content: Sequence[bool]
    headings: frozenset[int]
    title_stems: frozenset[str]
    surnames: frozenset[str]
    before: dict[int, frozenset[str]] = field(default_factory=dict)
    after: dict[int, frozenset[str]] = field(default_factory=dict)


def setting(reading: Reading, *, kinds: Kinds, lexicon: Lexicon, tagger: Tagger, title: str) -> Setting:
    """The setting of a reading; the title feeds one weak feature only."""
    headings = {
        i for sentence in reading.sentences if sentence.is_heading for i in range(sentence.first, sentence.last)
    }
    lone: set[str] = set()
    for i, is_capital in enumerate(reading.is_capital):
        if is_capital and not is_capital_at(reading, i - 1) and not is_capital_at(reading, i + 1):
            lone.add(reading.stems[i])
    return Setting(
        reading=reading,
        kinds=kinds,
        lexicon=lexicon,
        tagger=tagger,
        is_content=[
            is_word and low not in lexicon.stop for is_word, low in zip(reading.is_word, reading.lows, strict=True)
        ],
        headings=frozenset(headings),
        title_stems=frozenset(stem(word.strip(".,:;!?\"'“”‘’")) for word in title.split()),
        surnames=frozenset(lone),
    )


def is_capital_at(reading: Reading, i: int) -> bool:
    """Whether there is a token `i` and its capital says "name"."""
    return 0 <= i < len(reading.words) and reading.is_capital[i]


def is_common(i: int, given: Setting) -> bool:
    """Whether a capitalised word is a common noun or adjective when written small."""
    return given.tagger.lexicon.get(given.reading.lows[i], "").startswith(("NN", "JJ", "VB", "CD"))


def is_name(candidate: Candidate, given: Setting) -> bool:
    """Whether every word of it that carries meaning is written as a name wherever it is mentioned."""
    return all(_is_name_range(each, given) for each in candidate.mentions or candidate.found)


def _is_name_range(found: Range, given: Setting) -> bool:
    capitals = [given.reading.is_capital[i] for i in range(*found) if given.is_content[i]]
    return bool(capitals) and all(capitals)
