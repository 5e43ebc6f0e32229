"""What is known of a language that no tagger speaks: its little words, endings and cues, as a data file each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from course.reading.concepts.lexicon import Lexicon, english_lexicon
from course.reading.concepts.tokens import stem

SPOKEN = ("de", "es", "fr")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language by its little words: enough to tell where a noun phrase opens and where it ends."""

    lexicon: Lexicon
    openings: frozenset[str]
    indefinite: frozenset[str]
    links: frozenset[str]
    genitives: frozenset[str]
    before_nouns: frozenset[str]
    before_adjectives: frozenset[str]
    adjective: re.Pattern[str]
    verb: re.Pattern[str]
    infinitive: re.Pattern[str]
    participle: re.Pattern[str]
    noun: re.Pattern[str]
    plural: re.Pattern[str]
    has_capital_nouns: bool


def tongue_of(language: str) -> Tongue | None:
    """The tongue of a language code such as "fr" or "es-MX"; None for English and where none is at hand."""
    code = language.lower().split("-")[0]
    return _tongue(code) if code in SPOKEN else None


@cache
def _tongue(code: str) -> Tongue:
    data: dict[str, Any] = json.loads(files(__package__).joinpath("data", f"{code}.json").read_text(encoding="utf-8"))
    return Tongue(
        lexicon=_lexicon(data),
        openings=_words(data["openings"]),
        indefinite=_words(data["indefinite"]),
        links=_words(data["links"]),
        genitives=_words(data["genitives"]),
        before_nouns=_words(data["before_nouns"]),
        before_adjectives=_words(data["before_adjectives"]),
        adjective=_ending(data["adjective"]),
        verb=_ending(data["verb"]),
        infinitive=_ending(data["infinitive"]),
        participle=_ending(data["participle"]),
        noun=_ending(data["noun"]),
        plural=_ending(data["plural"]),
        has_capital_nouns=data["has_capital_nouns"],
    )


def _lexicon(data: dict[str, Any]) -> Lexicon:
    """The word lists and cues of the language over the weights of the package; it has no list of images."""
    nothing: frozenset[str] = frozenset()
    return replace(
        english_lexicon(),
        images=nothing,
        image_adjectives=nothing,
        evaluations=nothing,
        leading_fragments=nothing,
        generic=frozenset(stem(word) for word in data["generic"].split()),
        generic_adjectives=_words(data["generic_adjectives"]),
        numbers=_words(data["numbers"]),
        times=frozenset(stem(word) for word in data["time"].split()),
        organisations=frozenset(stem(word) for word in data["organisations"].split()),
        places=frozenset(stem(word) for word in data["places"].split()),
        person_titles=_words(data["person_titles"]),
        stop=_words(data["stop"]) | _words(data["openings"]) | _words(data["links"]),
        naming=_before(data["naming"]),
        framing=_before(data["framing"]),
        naming_after=_after(data["naming_after"]),
        defining_after=_after(data["defining_after"]),
        apposing_after=_after(data["apposing_after"]),
    )


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})$")


def _before(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(patterns) + r")(?:(?<=['’\s])|(?![\w-]))", re.IGNORECASE)


def _after(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(patterns) + ")", re.IGNORECASE)
