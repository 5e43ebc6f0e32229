"""From an article's passages to its ranked candidates."""

from __future__ import annotations

from collections.abc import Sequence

from course.reading.concepts.candidates import Candidate, candidates
from course.reading.concepts.features import Features, features
from course.reading.concepts.grammar import kinds_of
from course.reading.concepts.lexicon import Lexicon
from course.reading.concepts.phrase_features import phrase_candidates
from course.reading.concepts.plain import plain_candidates
from course.reading.concepts.ranking import Ranked, total, varied
from course.reading.concepts.setting import Setting, setting
from course.reading.concepts.tagger import Tagger
from course.reading.concepts.tokens import Reading, read
from course.reading.concepts.tongues import Tongue
from course.reading.outline import PassageOutline


def ranked_candidates(
    text: str,
    *,
    passages: Sequence[PassageOutline],
    title: str,
    limit: int,
    lexicon: Lexicon,
    tagger: Tagger | None,
    tongue: Tongue | None = None,
) -> tuple[Reading, list[Ranked]]:
    """The reading of an article and its best candidates, best first.

    Without a tagger the candidates are the phrases that the language's tongue tells, and where there is none, names,
    quotations and phrases that come back.
    """
    reading = read(text, passages=passages, tagger=tagger)
    if tagger is None:
        plain = phrase_candidates(reading, tongue, title=title) if tongue else plain_candidates(reading)
        found = [_ranked(reading, lexicon, *each) for each in plain]
    else:
        kinds = kinds_of(reading, lexicon=lexicon, tagger=tagger)
        given = setting(reading, kinds=kinds, lexicon=lexicon, tagger=tagger, title=title)
        found = [_judged(each, given) for each in candidates(reading, kinds=kinds, lexicon=lexicon)]
    return reading, varied(found, limit=limit, crowded=lexicon.weights["crowded"])


def _judged(candidate: Candidate, given: Setting) -> Ranked:
    found = features(candidate, given)
    return _ranked(given.reading, given.lexicon, candidate, found, "all_name" in found)


def _ranked(reading: Reading, lexicon: Lexicon, candidate: Candidate, values: Features, name: bool) -> Ranked:
    words = {reading.stems[i] for i in range(*candidate.found[0]) if reading.is_word[i]}
    content = {part for word in words if word not in lexicon.stop for part in word.split("-")} or words
    places = {reading.passages[first] for first, _ in candidate.mentions}
    return Ranked(
        candidate=candidate,
        features=values,
        total=total(values, lexicon.weights),
        is_name=name,
        is_single="single" in values,
        passages=frozenset(places),
        words=frozenset(content),
    )
