"""One text read as far as a test wants: its tokens, what they may be, its candidates and what is known of it."""

from __future__ import annotations

from course.reading.concepts.candidates import Candidate, candidates
from course.reading.concepts.grammar import Kinds, kinds_of
from course.reading.concepts.lexicon import english_lexicon
from course.reading.concepts.setting import Setting, setting
from course.reading.concepts.tagger import english_tagger
from course.reading.concepts.tokens import Reading, read
from course.reading.outline import PassageKind
from tests.course.reading.concepts.articles import passages_of


def reading_of(text: str, *, headings: tuple[str, ...] = (), is_tagged: bool = True) -> Reading:
    """The reading of a text whose lines are passages."""
    passages = passages_of(text, dict.fromkeys(headings, PassageKind.HEADING))
    return read(text, passages=passages, tagger=english_tagger() if is_tagged else None)


def kinds_in(text: str, *, headings: tuple[str, ...] = ()) -> tuple[Reading, Kinds]:
    """The reading with what each of its tokens may be."""
    reading = reading_of(text, headings=headings)
    return reading, kinds_of(reading, lexicon=english_lexicon(), tagger=english_tagger())


def setting_of(text: str, *, title: str = "", headings: tuple[str, ...] = ()) -> tuple[dict[str, Candidate], Setting]:
    """The candidates by their first surface in small letters, and the setting they are judged in."""
    reading, kinds = kinds_in(text, headings=headings)
    lexicon, tagger = english_lexicon(), english_tagger()
    found = candidates(reading, kinds=kinds, lexicon=lexicon)
    given = setting(reading, kinds=kinds, lexicon=lexicon, tagger=tagger, title=title)
    return {reading.surface(*each.found[0]).lower(): each for each in found}, given
