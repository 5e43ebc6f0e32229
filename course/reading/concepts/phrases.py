"""Noun phrases of a language that is known by its little words alone: where they open, how far they go."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from course.reading.concepts.candidates import name_runs, quoted
from course.reading.concepts.tokens import QUOTES, Reading, Sentence
from course.reading.concepts.tongues import Tongue

Phrase = tuple[int, int, frozenset[str]]
"""Tokens `first` to before `last`, and what its making says of it."""

_PLAIN: frozenset[str] = frozenset()
_LEAST_LETTERS = 3
_LEADING_MARKS = QUOTES | {":", ",", "(", "–", "—"}


def mark_nouns(reading: Reading, tongue: Tongue) -> None:
    """Where nouns have capitals, plain nouns at the start of a sentence and behind colons are marked."""
    if not tongue.has_capital_nouns:
        return
    for sentence in reading.sentences:
        for at in range(sentence.first, sentence.last):
            if reading.words[at][:1].isupper() and is_content(reading, at, tongue):
                is_behind_colon = at > sentence.first and reading.words[at - 1] == ":"
                reading.is_capital[at] |= is_behind_colon or bool(tongue.noun.search(reading.lows[at]))


def phrases(reading: Reading, sentence: Sentence, tongue: Tongue) -> Iterator[Phrase]:
    """Every phrase of a sentence that may be a concept; the same stretch may come more than once."""
    for first, last in quoted(reading, sentence):
        if _is_term(reading, first, last, tongue):
            yield first, last, frozenset({"quoted"})
    for first, last in name_runs(reading, sentence):
        is_noun = tongue.has_capital_nouns and last - first == 1
        if len(reading.words[first]) > 1 and not is_noun:
            yield first, last, frozenset({"all_name"})
    heads = _capitalised if tongue.has_capital_nouns else _opened
    named = set(named_places(reading, sentence, tongue))
    for head in heads(reading, sentence, tongue, named):
        yield from _around(reading, sentence, tongue, head)


def named_places(reading: Reading, sentence: Sentence, tongue: Tongue) -> Iterator[int]:
    """Where the first word stands of what a cue names: behind articles, quotation marks and pronouns."""
    start, end = reading.starts[sentence.first], reading.ends[sentence.last - 1]
    for match in tongue.lexicon.naming.finditer(reading.text, start, end):
        at = bisect_left(reading.starts, match.end(), sentence.first, sentence.last)
        while at < sentence.last and (reading.lows[at] in tongue.openings or reading.words[at] in _LEADING_MARKS):
            at += 1
        if at < sentence.last and is_content(reading, at, tongue):
            yield at


def _is_term(reading: Reading, first: int, last: int, tongue: Tongue) -> bool:
    """Whether quoted words can be a term: a word that means something at both ends, and no clause between them."""
    little = tongue.lexicon.stop - tongue.openings - tongue.links
    ends = (first, last - 1)
    return all(is_content(reading, i, tongue) for i in ends) and not set(reading.lows[first:last]) & little


def is_content(reading: Reading, at: int, tongue: Tongue) -> bool:
    """Whether the token is a word that can mean something by itself."""
    low = reading.lows[at]
    if not reading.is_word[at] or low in tongue.lexicon.stop or not low[0].isalpha():
        return False
    return len(low) >= _LEAST_LETTERS and not set(low.split("-")) <= tongue.lexicon.numbers


def _opened(reading: Reading, sentence: Sentence, tongue: Tongue, named: set[int]) -> Iterator[int]:
    """Nouns known by what stands before them: an article, a preposition, an adjective that goes before, a cue."""
    for at in range(sentence.first, sentence.last):
        if not is_content(reading, at, tongue) or reading.lows[at] in tongue.before_adjectives:
            continue
        before = at - 1
        while before >= sentence.first and reading.lows[before] in tongue.before_adjectives:
            before -= 1
        low = reading.lows[before] if before >= sentence.first else ""
        is_joined = low in tongue.before_nouns or at in named
        if low in tongue.openings or (is_joined and not tongue.infinitive.search(reading.lows[at])):
            yield at


def _capitalised(reading: Reading, sentence: Sentence, tongue: Tongue, named: set[int]) -> Iterator[int]:
    """Nouns known by their capital."""
    for at in range(sentence.first, sentence.last):
        if reading.is_capital[at] and is_content(reading, at, tongue):
            yield at
        elif at in named and at + 1 < sentence.last and reading.is_capital[at + 1]:
            yield at + 1


def _around(reading: Reading, sentence: Sentence, tongue: Tongue, head: int) -> Iterator[Phrase]:
    """The phrases that a noun makes with its adjectives and with what is linked to it."""
    firsts, lasts = [head], [(head + 1, _PLAIN)]
    before = head - 1
    if before >= sentence.first and _goes_before(reading, before, tongue):
        firsts.append(before)
    if not tongue.has_capital_nouns and head + 1 < sentence.last:
        sure = _follows(reading, sentence, tongue, head)
        if sure is not None:
            lasts.append((head + 2, _PLAIN if sure else frozenset({"loose"})))
    lasts.extend(_linked(reading, sentence, tongue, [last for last, _notes in lasts]))
    for first in firsts:
        for last, notes in lasts:
            yield first, last, notes


def _goes_before(reading: Reading, at: int, tongue: Tongue) -> bool:
    if not reading.is_word[at] or reading.is_capital[at] or not reading.words[at].islower():
        return False
    if not tongue.has_capital_nouns:
        return reading.lows[at] in tongue.before_adjectives
    return is_content(reading, at, tongue) and bool(tongue.adjective.search(reading.lows[at]))


def _follows(reading: Reading, sentence: Sentence, tongue: Tongue, head: int) -> bool | None:
    """Whether the word after a noun belongs to it: surely, perhaps (False), or not at all (None)."""
    at = head + 1
    noun, low = reading.lows[head], reading.lows[at]
    if not is_content(reading, at, tongue) or reading.is_capital[at] or tongue.verb.search(low):
        return None
    is_many = bool(tongue.plural.search(noun))
    if is_many and not tongue.plural.search(low):
        return None
    after = reading.lows[at + 1] if at + 1 < sentence.last else "."
    if tongue.participle.search(low) and after in tongue.before_nouns:
        return False
    if tongue.adjective.search(low) and (is_many or not low.endswith("s") or low.endswith(("is", "os", "us", "és"))):
        return True
    is_before_object = after in tongue.openings or (after[0].isalnum() and after not in tongue.lexicon.stop)
    return None if is_before_object else False


def _linked(
    reading: Reading, sentence: Sentence, tongue: Tongue, ends: list[int]
) -> Iterator[tuple[int, frozenset[str]]]:
    """The ends of what a link adds: "passe à poissons", "talón de Aquiles", and an adjective after that."""
    for end in ends:
        if end >= sentence.last or reading.lows[end] not in tongue.links:
            continue
        notes = _PLAIN if reading.lows[end] in tongue.genitives else frozenset({"prep"})
        at = end + 1
        has_article = at < sentence.last and reading.lows[at] in tongue.openings
        at += has_article
        if at >= sentence.last or not is_content(reading, at, tongue):
            continue
        if tongue.has_capital_nouns and not reading.is_capital[at]:
            continue
        if reading.lows[end] in tongue.genitives and not has_article and tongue.infinitive.search(reading.lows[at]):
            continue
        yield at + 1, notes | {"linked"} | ({"linked_article"} if has_article else set())
        if not tongue.has_capital_nouns and _follows(reading, sentence, tongue, at):
            yield at + 2, notes | {"linked"}
