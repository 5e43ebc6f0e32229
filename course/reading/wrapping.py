"""Hard-wrapped text: lines that a mail program or a page layout broke are joined to paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_BULLET = re.compile(r"\s*(?:[-*+•·▪‣◦►▸–—]\s|\(?\d{1,3}[.)]\s|#{1,6}\s|>)")
_TERMINAL = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BROKEN_WORD = re.compile(r"[^\W\d_]+-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PAGE_NUMBER = re.compile(r"\W*(?:page )?(\d{1,4})\W*(?:(?:of|/) ?\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MIN_WIDTH, _MAX_WIDTH = 40, 130
_MIN_PAIRS = 4
_OFTEN, _FULLY = 2, 0.6


def wrap_width(lines: Sequence[str]) -> int:
    """The width at which these lines were broken by a machine; 0 when each line is a paragraph of its own.

    What a machine broke goes on in small letters below lines that had no room for the next word, and hardly elsewhere.
    """
    lengths = sorted(len(line) for line in lines if line.strip())
    if not lengths or not _MIN_WIDTH <= lengths[-1 - len(lengths) // 50] <= _MAX_WIDTH:
        return 0
    width = lengths[-1 - len(lengths) // 50]
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    running = [(a, b) for a, b in pairs if b.lstrip()[:1].islower() and not _TERMINAL.search(a)]
    full = sum(_is_full(a, b, width) for a, b in running)
    if len(pairs) < _MIN_PAIRS or full < _MIN_PAIRS - 1 or full < _FULLY * len(running) or full < 0.2 * len(pairs):
        return 0
    return width


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    word = following.split(None, 1)[0]
    return len(line) + 1 + len(word) > width - 2


def unwrap(text: str) -> str:
    """Text whose machine-made line breaks are spaces; unchanged when it is not hard-wrapped.

    Two lines are joined when the second one's first word would not have fitted on the first (greedy filling). A word
    divided at the end of a line is whole again. Page numbers and running heads stand below the paragraph that they
    cut in two.
    """
    lines = text.split("\n")
    width = wrap_width(lines)
    if not width:
        return text
    lines[0] = _first_indent(lines) + lines[0]
    page = _Paper(width, text)
    furniture = _furniture(lines, width)
    for number, line in enumerate(lines):
        page.add(line, is_furniture=number in furniture)
    return page.text().lstrip(" ")


def _first_indent(lines: Sequence[str]) -> str:
    """What the first line has lost by tidying, where paragraphs are told by their first lines alone."""
    indents = Counter(line[: len(line) - len(line.lstrip(" "))] for line in lines[1:] if line.strip())
    indents.pop("", None)
    return indents.most_common(1)[0][0] if indents and lines[0][:1] != " " else ""


def _furniture(lines: Sequence[str], width: int) -> set[int]:
    """The numbers of page numbers and of short lines that come again and again, with the empty lines around them."""
    keys = [_DIGITS.sub("#", line.strip().casefold()) for line in lines]
    often = Counter(key for key, line in zip(keys, lines, strict=True) if 0 < len(line.strip()) < 0.8 * width)
    rising = _rising_numbers(lines)
    found = {
        number
        for number, key in enumerate(keys)
        if number in rising or (often[key] >= _OFTEN and rising & {number - 2, number - 1, number + 1, number + 2})
    }
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for number in order:
            if not lines[number].strip() and found & {number - order.step}:
                found.add(number)
    return found


def _rising_numbers(lines: Sequence[str]) -> set[int]:
    """The numbers of lines that hold a page number, where two or more of them count up by one."""
    matches = [(number, _PAGE_NUMBER.fullmatch(line.strip())) for number, line in enumerate(lines)]
    numbers = [(number, int(match[1])) for number, match in matches if match is not None]
    if len(numbers) < _OFTEN or any(after != before + 1 for (_, before), (_, after) in pairwise(numbers)):
        return set()
    return {number for number, _ in numbers}


@dataclass
class _Paper:
    """The lines joined so far, and the furniture that waits for the end of the paragraph."""

    width: int
    whole: str
    done: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    last: str = ""

    def add(self, line: str, *, is_furniture: bool) -> None:
        if is_furniture:
            self.held.append(line)
        elif self._goes_on(line):
            self.done[-1] = self._joined(self.done[-1], line)
            self.last = line
        else:
            self._put_down()
            self.done.append(line)
            self.last = line

    def text(self) -> str:
        self._put_down()
        return "\n".join(self.done)

    def _put_down(self) -> None:
        self.done += self.held
        self.held = []

    def _goes_on(self, line: str) -> bool:
        if not self.last.strip() or not line.strip() or _BULLET.match(line):
            return False
        if self.held and (_TERMINAL.search(self.last) or len(self.last) < 0.5 * self.width):
            return False
        return _is_full(self.last, line, self.width) or (self.last.endswith("-") and line[:1].islower())

    def _joined(self, before: str, line: str) -> str:
        broken, rest = _BROKEN_WORD.search(before), _FIRST_WORD.match(line)
        if broken is None or rest is None or not line[0].islower():
            return f"{before} {line}"
        is_compound = f"{broken.group()}{rest.group()}" in self.whole
        return before + line if is_compound else before[:-1] + line
