"""Signs that say nothing or are written in several ways: quotation marks, dashes, and what nobody sees."""

from __future__ import annotations

import unicodedata

QUOTES = {**dict.fromkeys("‘’‚‛ʼ′´", "'"), **dict.fromkeys("“”„‟″«»", '"')}
DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
INVISIBLE = dict.fromkeys(
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069",
    "",
)
LAYOUT = str.maketrans({**QUOTES, **DASHES, **INVISIBLE, "…": "..."})
UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"})
"""Categories of characters of which none is seen by itself: controls, formats, spaces, marks without a letter."""
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs by their category that fonts draw as nothing."""

BELONGING = frozenset("%‰‱§¶†‡#&@№")
"""Punctuation by its category that is read as a word."""
FIRST_PICTURE = "\u2500"
"""From here on signs are drawings: boxes, stars, pictures of faces."""


def in_plain_width(text: str) -> str:
    """The text without the wide and narrow forms of letters that belong to old East Asian keyboards; composed."""
    if text.isascii() or not any(map(_is_of_other_width, text)):
        return text
    plain = (unicodedata.normalize("NFKC", each) if _is_of_other_width(each) else each for each in text)
    return unicodedata.normalize("NFC", "".join(plain))


def _is_of_other_width(character: str) -> bool:
    return unicodedata.decomposition(character).startswith(("<wide>", "<narrow>"))


def is_ornament(character: str) -> bool:
    """Whether it is punctuation beyond the plain keyboard's, or a picture: around words it says nothing."""
    if character <= "\x7f" or character in BELONGING:
        return False
    category = unicodedata.category(character)
    return category in ("Po", "Ps", "Pe", "Pi", "Pf") or (category in ("So", "Sk") and character >= FIRST_PICTURE)


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of it."""
    return all(unicodedata.category(each) in UNSEEN or each in FILLERS for each in text)


def told_apart(text: str) -> str:
    """The text as readers tell texts apart: without case, composed, and whatever its spaces, dashes and quotes are."""
    plain = unicodedata.normalize("NFC", text).translate(LAYOUT).casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())
