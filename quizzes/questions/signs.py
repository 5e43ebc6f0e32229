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


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of it."""
    return all(unicodedata.category(each) in UNSEEN or each in FILLERS for each in text)


def told_apart(text: str) -> str:
    """The text as readers tell texts apart: without case, composed, and whatever its spaces, dashes and quotes are."""
    plain = unicodedata.normalize("NFC", text).translate(LAYOUT).casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())
