"""Words of English as the grader of free text sees them: function words, negations, stems, synonyms, rarity."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import Any

import Stemmer

NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}  # fmt: skip
_STEMMER = Stemmer.Stemmer("english")
_WORDS_KEPT = 50_000
_COMMON = 200
"""How often a word occurs in the frequency list before it is taken for what it is, and for no slip of another."""


@lru_cache(maxsize=_WORDS_KEPT)
def stem(word: str) -> str:
    """The word without its endings (Porter 2, English); number words up to twelve as figures."""
    return NUMBER_WORDS.get(word) or str(_STEMMER.stemWord(word.removesuffix("'s")))


@cache
def function_words() -> frozenset[str]:
    """English words that say how others belong together and hardly anything by themselves."""
    return frozenset(_lists()["function"])


@cache
def negations() -> frozenset[str]:
    """Words that turn a statement into its opposite, those that call one false among them; of many languages."""
    return falsity() | frozenset(_lists()["negations"])


@cache
def falsity() -> frozenset[str]:
    """Words that call a statement false, doubtful or denied."""
    return frozenset(_lists()["falsity"])


@cache
def turns() -> tuple[tuple[str, ...], ...]:
    """Words in a row that turn round what stands beside them without denying it."""
    return tuple(tuple(each.split()) for each in _lists()["turns"])


@cache
def opposites() -> Mapping[str, frozenset[str]]:
    """By stem, the stems that mean the opposite."""
    found: dict[str, set[str]] = {}
    for one, other in _lists()["opposites"]:
        found.setdefault(stem(one), set()).add(stem(other))
        found.setdefault(stem(other), set()).add(stem(one))
    return {word: frozenset(others) for word, others in found.items()}


@cache
def languages() -> Mapping[str, frozenset[str]]:
    """By two-letter code, the most frequent words of a language."""
    return {code: frozenset(words) for code, words in _lists()["languages"].items()}


@lru_cache(maxsize=_WORDS_KEPT)
def concept_of(stemmed: str) -> str:
    """One stem for all that mean nearly the same, as far as the list of synonyms goes; else the stem itself."""
    return _synonyms().get(stemmed, stemmed)


@lru_cache(maxsize=_WORDS_KEPT)
def rarity(stemmed: str) -> float:
    """From 0.05 for the commonest words to 1 for those the frequency list does not have; takes the place of idf."""
    frequencies = _frequencies()
    return max(0.05, 1 - log(1 + frequencies.get(stemmed, 0)) / log(1 + max(frequencies.values())))


def is_common(stemmed: str) -> bool:
    """Whether English uses the word so often that it is no slip of a rarer one."""
    return _frequencies().get(stemmed, 0) >= _COMMON


def is_known(stemmed: str) -> bool:
    """Whether the frequency list has the word at all."""
    return stemmed in _frequencies()


@cache
def _lists() -> Mapping[str, Any]:
    lists: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return lists


@cache
def _synonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in _lists()["alike"]:
        for word in group:
            found.setdefault(stem(word), stem(group[0]))
    return found


@cache
def _frequencies() -> dict[str, int]:
    """How often each stem occurs in the million words that TextBlob's spelling list counts (MIT licence).

    The file is read directly: importing TextBlob costs 0.6 s for parts that are not used here.
    """
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("TextBlob is not installed: its frequency list is needed to grade free text.")
    path = Path(spec.submodule_search_locations[0]) / "en" / "en-spelling.txt"
    found: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, count = line.partition(" ")
        if count.isdigit():
            stemmed = stem(word)
            found[stemmed] = found.get(stemmed, 0) + int(count)
    return found
