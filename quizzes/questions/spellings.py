"""Numbers and signs that are written in several ways inside a text, brought into one: figures, and plain signs. Pure.

What comes out is compared and never shown. English words for numbers alone are known: those of other languages would
make numbers of words that are none here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

ONES = dict(zip(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen".split(), range(20), strict=True))  # fmt: skip
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ORDINALS = {
    **dict(zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth".split(), range(1, 20), strict=True)),
    **{f"{word[:-1]}ieth": number for word, number in TENS.items()},
}  # fmt: skip
HUNDRED = 100
NUMBER_WORDS = frozenset({*ONES, *TENS, *SCALES, *ORDINALS, "hundred", *(f"{word}th" for word in ("hundred", *SCALES))})
"""Words that say a number: another one is another answer, and no slip."""
FRACTION_BAR = "\u2044"

_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:([ ,'])\d{3})(?:\1\d{3})*(?![\w]|[.,]?\d)")
_POINT_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3}){2,}(?![\w]|[.,]?\d)")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)?")
_HYPHENED = re.compile(rf"\b({'|'.join(TENS)})-(?=(?:{'|'.join([*ONES, *ORDINALS])})\b)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<![\w.,])(\d+)(?:st|nd|rd|th)\b", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[ivxl])(x?l|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_PER_CENT = re.compile(r"(?<=\d) ?(?:per ?cent)\b", re.IGNORECASE)
_CURRENCY = re.compile(rf"([$¢£¥₠-₿]) ?(\d+(?:[.,]\d+)?(?: (?:{'|'.join(SCALES)}))?)", re.IGNORECASE)
_UNIT = re.compile(r"(?<=\d) (?=[^\W\d_]|[$¢£¥₠-₿])")
_POINTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])")
_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_])+(?![^\W_])")
_FIGURE_APOSTROPHE = re.compile(r"(?<=\d)'(?=s\b)")
_RAISED = {ord(sign): unicodedata.normalize("NFKC", sign).replace("−", "-") for sign in "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁺⁻₊₋"}
_POWER = re.compile(r"(?<=[^\W\d_)])\^(?=[\d-])")
_RAISED_FIGURE = re.compile(r"(?<=\d)(?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])")
_TELLING = re.compile(
    rf"[^\x00-\x7f]|[\d&.]|(?<![^\W_])(?:[^\W_]|[ivxl]{{2,}}|{'|'.join(sorted(NUMBER_WORDS))})(?![^\W_])", re.IGNORECASE
)
"""What a text holds in which anything is written in several ways."""


def in_one_spelling(text: str) -> str:
    """The text with its numbers in figures, percent, currencies, units, powers and shortened names written one way."""
    if not _TELLING.search(text):
        return text
    text = _plain_signs(text)
    text = _FIGURE_APOSTROPHE.sub("", text)
    for grouped in (_GROUPED, _POINT_GROUPED):
        text = grouped.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    text = _ORDINAL.sub(r"\1th", _HYPHENED.sub(r"\1 ", text))
    text = " ".join(_figures(_CURRENCY.sub(r"\2 \1", text).split()))
    text = _PER_CENT.sub("%", text)
    return _INITIALS.sub(lambda found: found[0].replace(" ", ""), _UNIT.sub("", text))


def _plain_signs(text: str) -> str:
    text = _POINTED.sub(lambda found: found[0].replace(".", ""), text)
    if not text.isascii():
        text = _RAISED_FIGURE.sub("^", text).translate(_RAISED)
        text = "".join(map(_plain_fraction, text))
    return " ".join(_POWER.sub("", text.replace("&", " and ")).split())


def _plain_fraction(sign: str) -> str:
    """A sign such as ½ as it is typed, apart from the number before it."""
    plain = unicodedata.normalize("NFKC", sign) if unicodedata.category(sign) == "No" else ""
    return " " + plain.replace(FRACTION_BAR, "/") if FRACTION_BAR in plain else sign


def _figures(words: list[str]) -> Iterator[str]:
    """The words, each run of number words as one number in figures."""
    number = _Number()
    for place, word in enumerate(words):
        follower = words[place + 1].casefold() if place + 1 < len(words) else ""
        if number.takes(word.casefold(), follower):
            continue
        yield from number.written()
        number = _Number()
        if not number.takes(word.casefold(), follower):
            yield _roman(word, is_first=place == 0)
    yield from number.written()


@dataclass(slots=True)
class _Number:
    """A number while its words are read: `done` of whole scales, `open` below the next one.

    `figures` is what it began with, where these were figures.
    """

    done: Decimal = field(default_factory=Decimal)
    open: Decimal | None = None
    words: int = 0
    ending: str = ""
    figures: str = ""

    def takes(self, word: str, follower: str) -> bool:
        """Whether the word goes on with the number, which holds it then."""
        taken = not self.ending and (
            self._takes_small(word) or self._takes_large(word) or self._takes_and(word, follower)
        )
        self.words += taken
        return taken

    def written(self) -> Iterator[str]:
        if self.words == 1 and self.figures:
            # As they stand: 2.0 and 007 are names.
            yield self.figures
        elif self.words:
            number = self.done + (self.open or 0)
            text = f"{number:f}"
            yield (text.rstrip("0").rstrip(".") if "." in text else text) + self.ending

    def _takes_small(self, word: str) -> bool:
        if not self.words and _FIGURES.fullmatch(word):
            self.figures, self.open = word, Decimal(word.replace(",", "."))
            return True
        value = ONES.get(word, TENS.get(word, ORDINALS.get(word)))
        if value is None or not self._has_room(value, is_ordinal=word in ORDINALS):
            return False
        self.ending = "th" if word in ORDINALS else ""
        return True

    def _has_room(self, value: int, *, is_ordinal: bool) -> bool:
        """Whether a number below a hundred fits behind what was read; two above ten make a year."""
        before = int(self.open or 0)
        is_ten = before % 10 == 0 and before % HUNDRED >= 20
        if self.open is None or (before and before % HUNDRED == 0) or (is_ten and 0 < value < 10):
            self.open = Decimal(before + value)
        elif 10 < before < HUNDRED and value >= 10 and not is_ordinal and not self.done:
            self.open = Decimal(before * HUNDRED + value)
        else:
            return False
        return True

    def _takes_large(self, word: str) -> bool:
        if word == "hundred" and (self.open is None or 0 < self.open < HUNDRED):
            self.open = (self.open or Decimal(1)) * HUNDRED
        elif word in SCALES and (self.open is not None or not self.words):
            self.done, self.open = self.done + (1 if self.open is None else self.open) * SCALES[word], None
        else:
            return False
        return True

    def _takes_and(self, word: str, follower: str) -> bool:
        """“And” stands between hundreds and what is below them."""
        is_whole = self.words > 1 and (self.open is None or self.open % HUNDRED == 0)
        return word == "and" and is_whole and (follower in ONES or follower in TENS or follower in ORDINALS)


def _roman(word: str, *, is_first: bool) -> str:
    """A Roman numeral below 90 in figures; one letter alone at the start is a letter."""
    if not _ROMAN.fullmatch(word) or (is_first and len(word) == 1):
        return word
    values = [_ROMAN_VALUES[letter] for letter in word.casefold()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < following else value for value, following in pairs))
