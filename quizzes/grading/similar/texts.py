"""A text taken apart once, so that many features can compare it with others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Indel

from quizzes.grading.similar.vocabulary import (
    concept_of,
    function_words,
    is_common,
    is_known,
    negations,
    opposites,
    stem,
)
from quizzes.questions.signs import INVISIBLE

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
CLAUSE = re.compile(r"[.;:!?,]|\b(?:because|so|and|but|if|then|when|while|which|that)\b")
_PLAIN = str.maketrans({**dict.fromkeys("’‘ʼ′`´", "'"), **INVISIBLE})
_SHORTEST_SLIP = 4
_LIKE_ENOUGH = 0.78
"""Letters of a word that may be a slip, and how like another it has to be (Indel similarity)."""
_NO_LETTERS_OF_OURS = frozenset("astiu")
"""Single letters that are words or what a contraction leaves, not the name of a thing such as bulb A."""


@dataclass(frozen=True)
class Text:
    """`words` in lower case, `stems` one for each, with slips of known words mended where these were given."""

    raw: str
    words: tuple[str, ...]
    stems: tuple[str, ...]

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The stems of words that are neither function words nor negations, in order."""
        ignored = function_words() | negations()
        return tuple(each for each, word in zip(self.stems, self.words, strict=True) if word not in ignored)

    @cached_property
    def contents(self) -> frozenset[str]:
        return frozenset(self.content)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The content with synonyms made one."""
        return frozenset(map(concept_of, self.content))

    @cached_property
    def all_stems(self) -> frozenset[str]:
        return frozenset(self.stems)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Stems that stand side by side."""
        return frozenset(zip(self.stems, self.stems[1:], strict=False))

    @cached_property
    def line(self) -> str:
        return " ".join(self.stems)

    @cached_property
    def trigrams(self) -> frozenset[str]:
        return frozenset(self.line[start : start + 3] for start in range(len(self.line) - 2))

    @cached_property
    def negated(self) -> int:
        """How many negations and words for falsity there are; two of them cancel each other out."""
        return sum(word in negations() for word in self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Figures, number words as figures, and single letters that name things."""
        return frozenset(each for each in self.stems if each[0].isdigit() or _is_letter(each))

    @cached_property
    def clauses(self) -> tuple[frozenset[str], ...]:
        """The concepts of each part between marks and conjunctions; parts without any are left out."""
        parts = (read(part).concepts for part in CLAUSE.split(self.raw.lower()))
        return tuple(part for part in parts if part)


def read(text: str, *, known: Collection[str] = ()) -> Text:
    """The text taken apart. Slips of the `known` stems count as these."""
    words = tuple(_words(text))
    stems = tuple(map(stem, words))
    if known:
        stems = tuple(_mended(stemmed, word, known) for stemmed, word in zip(stems, words, strict=True))
    return Text(text, words, stems)


def is_slip(word: str, of: str) -> bool:
    """Whether the word is the other one but for its ending, or for a slip that makes no word of English."""
    wanted, given = stem(of), stem(word)
    return given == wanted or (not is_known(given) and _mended(given, word, (wanted,)) == wanted)


def share(part: float, whole: float) -> float:
    """The part of the whole, 0 where there is nothing to have a part of."""
    return part / whole if whole else 0.0


def harmonic(one: float, other: float) -> float:
    """The harmonic mean, 0 where either is."""
    return share(2 * one * other, one + other)


def _is_letter(stemmed: str) -> bool:
    return len(stemmed) == 1 and stemmed not in _NO_LETTERS_OF_OURS


def _words(text: str) -> Iterator[str]:
    # Before it is composed, which makes a space and a mark without a letter of an acute accent.
    for word in _WORD.findall(unicodedata.normalize("NFKC", text.translate(_PLAIN)).lower()):
        if word.endswith("n't") and len(word) > 3:
            yield from (word[:-3], "not")
        elif word == "cannot":
            yield from ("can", "not")
        else:
            yield word


def _mended(stemmed: str, word: str, known: Collection[str]) -> str:
    """The known stem that this one is a slip of, if it is one: the same first letter, and no word of its own."""
    if stemmed in known or len(stemmed) < _SHORTEST_SLIP or is_common(stemmed) or stemmed in opposites():
        return stemmed
    if word in function_words() or word in negations():
        return stemmed
    near = sorted(each for each in known if each[0] == stemmed[0] and len(each) >= _SHORTEST_SLIP)
    found = process.extractOne(stemmed, near, scorer=Indel.normalized_similarity, score_cutoff=_LIKE_ENOUGH)
    return found[0] if found else stemmed
