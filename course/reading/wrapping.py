"""Hard-wrapped text: lines that a mail program or a page layout broke are joined to paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BULLET = re.compile(r"\s*(?:[-*+•·▪‣◦►▸–—]\s|\(?\d{1,3}[.)]\s|#{1,6}\s|>)")
_MIN_WIDTH, _MAX_WIDTH = 40, 130
_MIN_PAIRS = 4


def wrap_width(lines: Sequence[str]) -> int:
    """The width at which these lines were broken by a machine; 0 when each line is a paragraph of its own."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if not lengths or not _MIN_WIDTH <= lengths[-1 - len(lengths) // 50] <= _MAX_WIDTH:
        return 0
    width = lengths[-1 - len(lengths) // 50]
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    full = [(a, b) for a, b in pairs if _is_full(a, b, width)]
    running = sum(b.lstrip()[:1].islower() for _, b in full)
    if len(pairs) < _MIN_PAIRS or len(full) < 0.5 * len(pairs) or running < 0.3 * len(full):
        return 0
    return width


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    word = following.split(None, 1)[0]
    return len(line) + 1 + len(word) > width - 2


def unwrap(text: str) -> str:
    """Text whose machine-made line breaks are spaces; same length, unchanged when it is not hard-wrapped.

    Two lines are joined when the second one's first word would not have fitted on the first (greedy filling).
    """
    lines = text.split("\n")
    width = wrap_width(lines)
    if not width:
        return text
    pieces: list[str] = [lines[0]]
    for line, following in pairwise(lines):
        joined = (
            bool(line.strip() and following.strip())
            and not _BULLET.match(following)
            and _is_full(line, following, width)
        )
        pieces.append(" " if joined else "\n")
        pieces.append(following)
    return "".join(pieces)
