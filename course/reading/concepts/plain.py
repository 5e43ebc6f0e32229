"""Suggestions where no tagger speaks the language: names, quotations and phrases that come back."""

from __future__ import annotations

from collections.abc import Iterator

from course.reading.concepts.candidates import Candidate, Key, add_mentions, name_runs, quoted
from course.reading.concepts.features import Features
from course.reading.concepts.tokens import Reading, Sentence

_LONGEST = 3
_LEAST_LETTERS = 4
_COMMON_SHARE = 0.004
_MANY_CAPITALS = 0.2


def plain_candidates(reading: Reading) -> list[tuple[Candidate, Features, bool]]:
    """Candidates with their features and whether each is a name; no word list of the language is needed."""
    common = _common(reading)
    shortest_name = 2 if _capitalises_nouns(reading) else 1
    grouped: dict[Key, Candidate] = {}
    features: dict[Key, Features] = {}
    names: set[Key] = set()
    for sentence in reading.sentences:
        for first, last, feature in _ranges(reading, sentence, common):
            key = tuple(reading.stems[first:last])
            grouped.setdefault(key, Candidate(key=key)).found.append((first, last))
            features.setdefault(key, {})[feature] = 1.0
            if feature == "all_name" and last - first >= shortest_name:
                names.add(key)
    add_mentions(reading, grouped)
    for key, candidate in grouped.items():
        _count(candidate, features[key])
    return [
        (candidate, features[key], key in names)
        for key, candidate in grouped.items()
        if set(features[key]) - {"phrase", "single", "n2", "n3"}
    ]


def _capitalises_nouns(reading: Reading) -> bool:
    """Whether capitals are too many to mean names, as in German."""
    words = sum(reading.is_word)
    return words > 0 and sum(reading.is_capital) > _MANY_CAPITALS * words


def _common(reading: Reading) -> frozenset[str]:
    """Words so short or so frequent that they join other words rather than mean something."""
    most = max(3.0, _COMMON_SHARE * sum(reading.counts.values()))
    short = {word for word in reading.counts if len(word) < _LEAST_LETTERS and not word.isnumeric()}
    capital = {word for word, is_capital in zip(reading.stems, reading.is_capital, strict=True) if is_capital}
    frequent = {word for word, count in reading.counts.items() if count > most and len(word) <= _LEAST_LETTERS + 2}
    return frozenset(short | (frequent - capital))


def _ranges(reading: Reading, sentence: Sentence, common: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    for first, last in quoted(reading, sentence):
        if any(word not in common for word in reading.stems[first:last]):
            yield first, last, "quoted"
    for first, last in name_runs(reading, sentence):
        if len(reading.words[first]) > 1 and not reading.words[first].isdigit():
            yield first, last, "all_name"
    for first in range(sentence.first, sentence.last):
        for last in range(first + 1, min(first + _LONGEST, sentence.last) + 1):
            if not reading.is_word[last - 1] or reading.stems[last - 1] in common or reading.words[last - 1].isdigit():
                break
            yield first, last, "phrase"


def _count(candidate: Candidate, features: Features) -> None:
    size = len(candidate.key)
    features["single" if size == 1 else f"n{min(size, 3)}"] = 1.0
    times = len(candidate.mentions)
    if times > 1 and (size > 1 or times > 2):
        features["recurring"] = min(times, 6) / 1.5
    if "-" in candidate.key[0] and candidate.key[0][0].isalpha():
        features["hyphen"] = 1.0
