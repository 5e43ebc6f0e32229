"""An article as one row of tokens with tags, so that everything after it works by index."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from course.reading.concepts.tagger import Tagger
from course.reading.letters import LETTER
from course.reading.outline import PassageKind, PassageOutline

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*(?![\w-]))"
    rf"|(?P<word>(?:[^\W\d_]\.){{2,}}|{LETTER}+(?:['’]{LETTER}+)*(?:[-\u2010\u2011]{LETTER}+(?:['’]{LETTER}+)*)*)"
    r"|(?P<mark>\.\.\.|[^\w\s]|_)"
)
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)", re.IGNORECASE)
"""An article or a little word that lost its vowel before the next one, in French or Italian: "l'eau"."""
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "prof",
        "sir",
        "gen",
        "col",
        "capt",
        "lt",
        "rev",
        "no",
        "vs",
        "etc",
        "fig",
        "jr",
        "sr",
        "approx",
        "dept",
    ]
)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_NOT_CONTENT = frozenset({PassageKind.BOILERPLATE, PassageKind.PULL_QUOTE, PassageKind.FIGURE, PassageKind.TABLE})
QUOTES = frozenset("\"'“”„‘’«»‹›")
_ENDS = frozenset({".", "!", "?", "…", "...", "。", "！", "？", "؟", "۔", "।"})
MAX_WORDS = 60_000
Piece = tuple[int, int, bool]
"""Where a token begins and ends in the text, and whether it is a word."""


@dataclass(slots=True)
class Sentence:
    """Tokens `first` to before `last` of a reading, all of one passage."""

    first: int
    last: int
    passage: int
    is_heading: bool


@dataclass(slots=True)
class Reading:
    """The tokens of everything that is read and of the headings, as parallel rows."""

    text: str
    words: list[str] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    is_word: list[bool] = field(default_factory=list)
    is_capital: list[bool] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    openings: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def surface(self, first: int, last: int) -> str:
        """The characters from the first token to the end of the one before `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def sentence_at(self, token: int) -> Sentence:
        """The sentence a token stands in."""
        return self.sentences[bisect_right(self.openings, token) - 1]


def stem(word: str) -> str:
    """The word in lower case without a plural ending: enough to bring the forms of one term together."""
    return _singular(lowered(word))


def lowered(word: str) -> str:
    """The word in lower case, its quotation marks and apostrophes straight."""
    return straight(word.lower())


def straight(word: str) -> str:
    """The word with straight quotation marks and apostrophes; nearly every word has none that are not."""
    return word if word.isascii() else word.translate(_STRAIGHT)


def _singular(low: str) -> str:
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 4 and low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


def read(text: str, *, passages: Sequence[PassageOutline], tagger: Tagger | None) -> Reading:
    """The reading of the kept passages and headings; without a tagger every word is tagged as nothing.

    Boilerplate, the title, pull quotes, captions and tables are left out. At most 60,000 words are read.
    """
    reading = Reading(text=text)
    for passage in passages:
        if passage.kind not in _NOT_CONTENT and passage.reason != "title" and len(reading.words) < MAX_WORDS:
            _add_passage(reading, passage, tagger)
    reading.counts.update(s for s, is_word in zip(reading.stems, reading.is_word, strict=True) if is_word)
    reading.openings.extend(sentence.first for sentence in reading.sentences)
    _find_capitals(reading, tagger)
    return reading


def _add_passage(reading: Reading, passage: PassageOutline, tagger: Tagger | None) -> None:
    is_heading = passage.kind is PassageKind.HEADING
    first = len(reading.words)
    pieces = _pieces if tagger else _pieces_without_elision
    _add_tokens(reading, list(pieces(reading.text, passage.span.start, passage.span.end)), passage=passage.position)
    for a, b in _sentence_ranges(reading, first):
        reading.sentences.append(Sentence(a, b, passage.position, is_heading))
        reading.tags.extend(_tags(reading.words[a:b], tagger))
    # A passage without a full stop, such as a heading, must not read on into the next one.
    _add_tokens(reading, [(passage.span.end, passage.span.end, False)], passage=passage.position)
    reading.tags.append("")


def _add_tokens(reading: Reading, pieces: Sequence[Piece], *, passage: int) -> None:
    words = [reading.text[start:end] for start, end, _ in pieces]
    lows = [lowered(word) for word in words]
    is_word = [each for _, _, each in pieces]
    reading.starts += [start for start, _, _ in pieces]
    reading.ends += [end for _, end, _ in pieces]
    reading.words += words
    reading.lows += lows
    reading.stems += [_singular(low) if each else word for word, low, each in zip(words, lows, is_word, strict=True)]
    reading.is_word += is_word
    reading.is_capital += [False] * len(words)
    reading.passages += [passage] * len(words)


def _tags(words: list[str], tagger: Tagger | None) -> list[str]:
    if tagger is None:
        return ["X"] * len(words)
    letters = "".join(words)
    plain = [word.lower() for word in words] if letters.isupper() and len(words) > 2 else words
    return tagger.tag([straight(word) for word in plain])


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _TOKEN.finditer(text, start, end):
        a, b = match.span()
        possessive = _POSSESSIVE.search(match[0]) if match.lastgroup == "word" and not match[0].isalpha() else None
        if possessive and possessive.start():
            yield a, a + possessive.start(), True
            yield a + possessive.start(), b, False
        else:
            yield a, b, match.lastgroup != "mark"


def _pieces_without_elision(text: str, start: int, end: int) -> Iterator[Piece]:
    for a, b, is_word in _pieces(text, start, end):
        elided = _ELIDED.match(text, a, b) if is_word else None
        if elided:
            yield a, elided.end(), True
        yield elided.end() if elided else a, b, is_word


def _sentence_ranges(reading: Reading, first: int) -> Iterator[tuple[int, int]]:
    start, i, last = first, first, len(reading.words)
    while i < last:
        i += 1
        if reading.words[i - 1] in _ENDS and not _is_abbreviation(reading, i - 1, start):
            while i < last and reading.words[i] in "\"'”’»)]" and reading.starts[i] == reading.ends[i - 1]:
                i += 1
            if i == last or _opens(reading.words[i]):
                yield start, i
                start = i
    if start < last:
        yield start, last


def _opens(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word in QUOTES or word in "([-–—•*" or not word[0].isascii()


def _is_abbreviation(reading: Reading, i: int, start: int) -> bool:
    if reading.words[i] != "." or i <= start:
        return False
    before = reading.words[i - 1]
    return before.lower() in _ABBREVIATIONS or (len(before) == 1 and before.isupper() and before != "I")


def _find_capitals(reading: Reading, tagger: Tagger | None) -> None:
    """Marks the words whose capital says "name": in mid-sentence, or at the start where no common word looks so."""
    lower = {word for word, is_word in zip(reading.words, reading.is_word, strict=True) if is_word and word.islower()}
    seen: set[str] = set()
    openings: list[int] = []
    for sentence in reading.sentences:
        if _is_caseless(reading, sentence):
            continue
        is_open = True
        for i in range(sentence.first, sentence.last):
            word = reading.words[i]
            if not reading.is_word[i]:
                is_open = is_open or word in QUOTES or word in ":•-–—"
                continue
            if word[0].isupper() and word != "I" and not word.startswith(("I'", "I’")):
                if is_open:
                    openings.append(i)
                else:
                    reading.is_capital[i] = True
                    seen.add(word)
            is_open = False
    for i in openings:
        word = reading.words[i]
        is_common = tagger is None or word.lower() in lower or _is_listed(word.lower(), tagger)
        reading.is_capital[i] = (
            word in seen or (not is_common and "-" not in word) or _opens_a_name(reading, i, tagger, lower)
        )


def _opens_a_name(reading: Reading, i: int, tagger: Tagger | None, lower: set[str]) -> bool:
    """Whether a word that is listed as a name stands before another capital, as in "Peter Marrow"."""
    word = reading.words[i]
    is_followed = i + 1 < len(reading.words) and reading.is_capital[i + 1]
    return is_followed and tagger is not None and tagger.lexicon.get(word) == "NNP" and word.lower() not in lower


def _is_listed(low: str, tagger: Tagger) -> bool:
    """Whether a word in small letters, or what it is the plural of, is in the list, in whichever spelling."""
    return tagger.knows(low) or tagger.knows(stem(low))


def _is_caseless(reading: Reading, sentence: Sentence) -> bool:
    """Whether capitals say nothing here: a heading In Title Case Or ALL CAPITALS."""
    if not sentence.is_heading:
        return False
    words = [reading.words[i] for i in range(sentence.first, sentence.last) if reading.is_word[i]]
    long = [word for word in words if len(word) > 3]
    return len(long) > 1 and sum(word[0].isupper() for word in long) > 0.7 * len(long)
