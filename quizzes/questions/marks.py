"""Marks on letters: those that may be left out, and letters that are typed as others. Pure."""

from __future__ import annotations

import unicodedata

STROKES = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "œ": "oe",
                         "Æ": "AE", "Œ": "OE", "ё": "е", "Ё": "Е"})  # fmt: skip
"""Letters that a plain keyboard writes otherwise and that no decomposition takes apart."""
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "AE", "Ö": "OE", "Ü": "UE",
                             "Å": "AA", "Ø": "OE"})  # fmt: skip
"""The same as people write them who have no key for them."""
POINTED = frozenset(
    {*map(chr, range(0x064B, 0x0653)), "\u0670", "\u0640",
     *map(chr, range(0x0591, 0x05BE)), "\u05bf", "\u05c1", "\u05c2", "\u05c4", "\u05c5", "\u05c7"}
)  # fmt: skip
"""Points for vowels and other reading aids of Arabic and Hebrew, and the stroke that makes an Arabic word longer."""
ALEF, ON_ALEF = "\u0627", frozenset("\u0653\u0654\u0655")
STRESSED, STRESS = frozenset("аеиоуыэюяіїєАЕИОУЫЭЮЯІЇЄ"), frozenset("\u0300\u0301")


def without_accents(text: str) -> str:
    """Drops marks on Latin and Greek letters, and elsewhere those that aid reading: others make other letters."""
    if text.isascii():
        return text
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", text.translate(STROKES)):
        if not _is_aid(character, behind=kept[-1] if kept else ""):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _is_aid(mark: str, *, behind: str) -> bool:
    if "\u0300" <= mark <= "\u036f":
        return bool(behind) and (behind < "\u0400" or (mark in STRESS and behind in STRESSED))
    return mark in POINTED or (mark in ON_ALEF and behind == ALEF)


def with_marks_spelled_out(text: str) -> str:
    """As without_accents, but for the letters that are typed as two: “oe” for “ö”."""
    return text if text.isascii() else without_accents(text.translate(SPELLED_OUT))
