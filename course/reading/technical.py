"""Lines of code, records and entries: what reference pages are made of, and how their short lines are told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from course.reading.lines import Line

_CODE = re.compile(
    r"^(?:[$%#>]+ |>>>|//|/\*|</?\w|--?\w|(?:~|\.{1,2})?/\.?\w|\w:\\)"
    r"|[{}\\=;]$|=>|->|::|&&|\|\||</|/>|\$[({\w]|\((?<=\w\()\)\.|\[(?<=\w\[)\w*\]|=(?<=[^=<>!]=)[^=]|0x[0-9a-f]{2}",
    re.IGNORECASE,
)
"""Each sign comes first and what must stand before it is looked for behind it: most places of a text have no sign."""
_NUMBER_ONLY = re.compile(r"\W*(?:\d{1,3}|\d{5,}|\d[\d.,]*[.,]\d+)\W*")
_CALL = re.compile(r"(?:new |static |async |class |function |def )?[A-Za-z_$][\w.$:]*\([^()]*(?:\([^()]*\)[^()]*)*\)")
_IDENTIFIER = re.compile(r"[a-z_$][\w$]*(?:[-.:/][\w$*]+)*")
_TELLING = re.compile(r"[-_.:/()\d]|[a-z][A-Z]")
_FIELD = re.compile(r"(?P<label>[^\W\d_][^:.!?\n]{0,30}):\s+\S")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"), ("«", "»"))
_QUANTITY = re.compile(r"[\d¼½¾⅓⅔⅛][\d¼½¾⅓⅔⅛ ./–-]*\s[a-zà-ÿ]")
_MANY, _LONG_LABEL, _LONG_FIELD, _FEW_WORDS = 3, 4, 14, 3


def is_code(text: str) -> bool:
    """Whether the line is program text, a call, a command, a path or what a program printed."""
    return _CODE.search(text) is not None or _CALL.fullmatch(text) is not None or not _is_balanced(text)


def is_bare_number(text: str) -> bool:
    """Whether the line is a number and nothing else; four digits are a year."""
    return _NUMBER_ONLY.fullmatch(text) is not None


def _is_balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)


def is_quantity(text: str) -> bool:
    """Whether the line begins with how much there is of something: "2 onions, chopped"."""
    return _QUANTITY.match(text) is not None


def label_of(line: Line) -> str:
    """What stands before the colon of a line such as "Type: Number", folded; "" where there is none."""
    found = _FIELD.match(line.text)
    label = found["label"].casefold() if found else ""
    return label if len(label.split()) <= _LONG_LABEL else ""


def records(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines that are one field of a record, or what one speaker of several says.

    Fields stand in a row, or under a short line with a label that comes three times or more; a speaker comes as often
    and says whole sentences too.
    """
    labels = [label_of(line) for line in lines]
    often = Counter(label for label in labels if label)
    spoken = {label for label, line in zip(labels, lines, strict=True) if line.is_terminated and not line.is_question}
    found: set[int] = set()
    for at, (line, label) in enumerate(zip(lines, labels, strict=True)):
        in_row = line.words <= _LONG_FIELD and any(labels[max(at - 1, 0) : at] + labels[at + 1 : at + 2])
        is_below = at > 0 and lines[at - 1].is_short and not lines[at - 1].is_terminated
        if label and (in_row or (often[label] >= _MANY and (label in spoken or is_below))):
            found.add(line.number)
    return found


def entries(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines that only name a call, a setting or an option and are followed by what it does.

    They are headings where several stand on a page, most of them plainly no words of a sentence.
    """
    named = [is_entry(line) for line in lines]
    found = [
        line
        for at, line in enumerate(lines[:-1])
        if named[at] and not named[at + 1] and not (at and named[at - 1]) and _describes(lines[at + 1])
    ]
    telling = sum(_TELLING.search(line.text) is not None for line in found)
    return {line.number for line in found} if telling > 1 and 2 * telling >= len(found) else set()


def is_entry(line: Line) -> bool:
    """Whether the line is nothing but a call or an identifier in small letters."""
    if line.kind is not None or line.bullet or len(line.text) > 90:
        return False
    return (_CALL.fullmatch(line.text) or _IDENTIFIER.fullmatch(line.text)) is not None


def _describes(line: Line) -> bool:
    return line.is_terminated or line.words > _FEW_WORDS or bool(label_of(line))
