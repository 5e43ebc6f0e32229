"""How hard a text is to read, by a named formula over lengths. It says nothing about how hard its thoughts are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s|$)")
_LETTERS = re.compile(r"[^\W_]")
_LONG = 6
_FEWEST_WORDS = 100
_WITHOUT_SPACES = frozenset({"ja", "km", "ko", "lo", "my", "th", "zh"})
_BANDS = ((30, "very easy"), (40, "easy"), (50, "of medium difficulty"), (60, "hard"))


@dataclass(frozen=True, slots=True)
class ReadingLevel:
    """A formula's name, what it gives, and what that means in words."""

    formula: str
    value: int
    meaning: str


def reading_level(passages: Iterable[str], *, language: str) -> ReadingLevel | None:
    """The level of running text; None below 100 words, and for languages written without spaces between words.

    English: the Automated Readability Index with the constants of Kincaid et al., Derivation of New Readability
    Formulas for Navy Enlisted Personnel (1975), 4.71 letters a word + 0.5 words a sentence - 21.43: a grade of school
    in the United States. Other languages: LIX, Björnsson, Läsbarhet (1968), words a sentence + per cent of words over
    six letters; made for Swedish, it compares texts of one language and gives no grade.
    """
    texts = list(passages)
    words = [word for text in texts for word in _WORD.findall(text)]
    if len(words) < _FEWEST_WORDS or language in _WITHOUT_SPACES:
        return None
    ends = sum(max(1, len(_END.findall(text))) for text in texts)
    if language == "en":
        return _index(words, ends)
    return _lix(words, ends)


def _index(words: list[str], ends: int) -> ReadingLevel:
    letters = sum(len(_LETTERS.findall(word)) for word in words)
    grade = max(1, round(4.71 * letters / len(words) + 0.5 * len(words) / ends - 21.43))
    meaning = f"grade {grade} of school" if grade <= 12 else "university"
    return ReadingLevel("Automated Readability Index", grade, meaning)


def _lix(words: list[str], ends: int) -> ReadingLevel:
    value = round(len(words) / ends + 100 * sum(len(word) > _LONG for word in words) / len(words))
    meaning = next((name for below, name in _BANDS if value < below), "very hard")
    return ReadingLevel("LIX", value, meaning)
