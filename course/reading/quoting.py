"""Words that somebody selected or typed, found again in the text they are from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from course.reading.outline import Span

ALIKE = str.maketrans("‘’‚‛“”„‟«»‐‑‒–—−", '\'\'\'\'""""""------')
BETWEEN_CELLS = "|"


def words_in(text: str, words: str, *, spans: Iterable[Span], near: int = 0) -> Span | None:
    """Where the words stand in these spans of the text, the place that begins nearest to `near`; None where nowhere.

    Space, line ends, bars between cells and signs that nobody sees do not count, nor does case, nor the sort of a
    quotation mark or dash: a page shows them otherwise, and a keyboard lacks them. The words may go from one span into
    the next, over what lies between. `near` is in characters of the text.
    """
    wanted = "".join(sign for _, sign in _signs(words, Span(0, len(words))))
    signs = [sign for span in spans for sign in _signs(text, span)]
    standing = "".join(sign for _, sign in signs)
    found = [(abs(signs[at][0] - near), at) for at in _places(standing, wanted)]
    if not found:
        return None
    first = min(found)[1]
    return Span(signs[first][0], signs[first + len(wanted) - 1][0] + 1)


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _signs(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """Each character of the span that counts, and what it counts as: always one character, so that places hold."""
    for at in range(span.start, span.end):
        sign = text[at]
        if not sign.isspace() and sign != BETWEEN_CELLS and unicodedata.category(sign) not in ("Cf", "Cc"):
            folded = sign.lower()
            yield at, (folded if len(folded) == 1 else sign).translate(ALIKE)
