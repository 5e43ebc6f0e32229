"""The word lists, cue patterns and weights the ranking rests on; all of them are data files with a version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from course.reading.concepts.tokens import stem


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known about words in general, by stem, and how much each feature weighs."""

    images: frozenset[str]
    image_adjectives: frozenset[str]
    generic: frozenset[str]
    generic_adjectives: frozenset[str]
    evaluations: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    person_titles: frozenset[str]
    stop: frozenset[str]
    leading_fragments: frozenset[str]
    agent_endings: tuple[str, ...]
    coined_endings: frozenset[str]
    plain_hyphens: frozenset[str]
    naming: re.Pattern[str]
    naming_after: re.Pattern[str]
    framing: re.Pattern[str]
    defining_after: re.Pattern[str]
    apposing_after: re.Pattern[str]
    weights: Mapping[str, float]

    def without(self, words: Iterable[str]) -> Lexicon:
        """This lexicon with the given words struck from the lists of images, to see how much rests on them."""
        struck = {stem(word) for word in words}
        return replace(
            self,
            images=self.images - struck,
            image_adjectives=self.image_adjectives - struck,
            organisations=self.organisations - struck,
            coined_endings=self.coined_endings - struck,
        )


@cache
def english_lexicon() -> Lexicon:
    """The lexicon for English, read once in a process."""
    words, cues = _load("words.json"), _load("cues.json")
    figurative = _load("figurative.json")
    weights = {name: float(value) for name, value in _load("weights.json").items() if name != "version"}
    return Lexicon(
        images=frozenset(stem(word) for group in figurative["nouns"].values() for word in group),
        image_adjectives=frozenset(figurative["adjectives"]),
        generic=_stems(words["generic"]),
        generic_adjectives=frozenset(words["generic_adjectives"].split()),
        evaluations=frozenset(words["evaluations"].split()),
        numbers=frozenset(words["numbers"].split()),
        times=_stems(words["time"]),
        organisations=_stems(words["organisations"]),
        places=_stems(words["places"]),
        person_titles=frozenset(words["person_titles"].split()),
        stop=frozenset(words["stop"].split()),
        leading_fragments=frozenset(words["leading_fragments"].split()),
        agent_endings=tuple(words["agent_endings"]),
        coined_endings=frozenset(words["coined_endings"]),
        plain_hyphens=frozenset(words["plain_hyphens"]),
        naming=re.compile(r"(?<![\w-])(?:" + "|".join(cues["naming"]) + r")(?![\w-])", re.IGNORECASE),
        naming_after=_after(cues["naming_after"]),
        framing=re.compile(r"(?<![\w-])(?:" + "|".join(cues["framing"]) + r")(?![\w-])", re.IGNORECASE),
        defining_after=_after(cues["defining_after"]),
        apposing_after=_after(cues["apposing_after"]),
        weights=weights,
    )


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
    return loaded


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


def _after(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(r"[\"'”’»)]?(?:" + "|".join(patterns) + ")", re.IGNORECASE)
