"""Which language a text is in."""

from __future__ import annotations

import re

import py3langid

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6_000
_FEW_WORDS = 12
_NO_LANGUAGE = "zxx"
# fmt: off
_ENGLISH = frozenset((
    "the", "of", "and", "to", "a", "in", "is", "that", "it", "for", "was", "on", "are", "as", "with", "his", "they",
    "at", "be", "this", "from", "have", "or", "by", "one", "had", "not", "but", "what", "all", "were", "when", "we",
    "there", "can", "an", "your", "which", "their", "said", "if", "do", "will", "each", "about", "how", "up", "out",
    "them", "then", "she", "many", "some", "so", "these", "would", "other", "into", "has", "more", "her", "two",
    "like", "him", "see", "time", "could", "no", "make", "than", "first", "been", "its", "who", "now", "people", "my",
    "made", "over",
))
# fmt: on


def language_of(text: str) -> str:
    """The language's two-letter code; "en" for a text too short to tell and written in Latin letters.

    English is told by its function words at no cost; the classifier's model is loaded the first time it is needed.
    """
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    known = sum(word in _ENGLISH for word in words)
    if known >= 0.24 * len(words) or (len(words) < _FEW_WORDS and sample.isascii()):
        return "en"
    language = str(py3langid.classify(sample)[0])
    language = "en" if language == _NO_LANGUAGE else language
    return "en" if language != "en" and len(words) < _FEW_WORDS and known else language
