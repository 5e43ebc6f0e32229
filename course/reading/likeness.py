"""Terms that may be two names of one thing, by their letters alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

WORD = re.compile(r"\w+")
SHORTEST_ABBREVIATION = 2
SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to"})
"""Words that an abbreviation passes over."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Likeness(Generic[Key]):
    """Two terms, the one that says less first, and why they may be one, as a sentence."""

    term: Key
    other: Key
    reason: str


def alike_terms(terms: Mapping[Key, str]) -> list[Likeness[Key]]:
    """Pairs of terms that are spelled in two ways, or of which one abbreviates the other or is the end of its name.

    Each term is in one pair at most as the lesser one, with the first that fits. In linear time but for the output.
    """
    found = {key: words for key, term in terms.items() if (words := WORD.findall(term))}
    by_sign: dict[tuple[str, str], Key] = {}
    for key, words in found.items():
        for sign in _signs_of_the_fuller(words):
            by_sign.setdefault(sign, key)
    pairs: dict[Key, Likeness[Key]] = {}
    for key, words in found.items():
        for sign in _signs_of_the_lesser(words):
            other = by_sign.get(sign, key)
            if other != key and key not in pairs and (other not in pairs or pairs[other].other != key):
                pairs[key] = Likeness(key, other, REASONS[sign[0]])
    return list(pairs.values())


SPELLED, SHORT, LAST = "spelled", "short", "last"
REASONS = {
    SPELLED: "They are the same words, spelled in two ways.",
    SHORT: "One is made of the first letters of the other.",
    LAST: "One is the last word of the other.",
}


def _signs_of_the_fuller(words: list[str]) -> Iterator[tuple[str, str]]:
    yield SPELLED, _spelling(words)
    letters = [word[0] for word in words if word.casefold() not in SMALL_WORDS]
    if len(letters) >= SHORTEST_ABBREVIATION:
        yield SHORT, "".join(letters).casefold()
    if len(words) > 1 and all(word[0].isupper() for word in words):
        yield LAST, words[-1]


def _signs_of_the_lesser(words: list[str]) -> Iterator[tuple[str, str]]:
    yield SPELLED, _spelling(words)
    if len(words) == 1 and words[0].isupper() and len(words[0]) >= SHORTEST_ABBREVIATION:
        yield SHORT, words[0].casefold()
    if len(words) == 1 and words[0][0].isupper():
        yield LAST, words[0]


def _spelling(words: list[str]) -> str:
    """The words in small letters as one, without the ending of a plural."""
    joined = "".join(words).casefold()
    return joined[:-1] if joined.endswith("s") and not joined.endswith("ss") else joined
