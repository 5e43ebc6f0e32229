"""The edges of a page that was copied whole: what stands above an article's title, and what stands below its end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from course.reading.cues import cues
from course.reading.headings import is_title_case
from course.reading.lines import Line
from course.reading.outline import PassageKind
from course.reading.technical import is_quantity

_MOST_ABOVE, _MIN_MENU, _MENU_WORDS, _NAME_WORDS, _SENTENCE = 40, 3, 3, 8, 9
_TITLE_WORDS, _META_WORDS = 6, 4
_BESIDE = {"byline", "share", "caption"}
"""What stands beside an article's title, and hardly above it."""
_BODY_WORDS, _MIN_OWN, _LAST, _MOST_SAID = 15, 3, 3, 45
_PLAIN = (None, PassageKind.PARAGRAPH)
_ABOUT = re.compile(r"(?:About|Über|À propos de|Acerca de|Sobre) (?:the )?([^\W\d_a-z][\w'’-]+)")
_OPENING = {"related", "share", "newsletter", "donation", "navigation", "tail", "cookies"}


def masthead(lines: Sequence[Line], reasons: Mapping[int, str]) -> int:
    """How many lines stand above the title: a site's name, its menu and its sections; 0 where the page has none.

    Three lines or more of a few words each, and below them one that is longer: the title. Where the longer ones are
    still short, it is the one below the longest row.
    """
    head = _head(lines, reasons)
    best = row = found = 0
    for at, line in enumerate(head):
        if _is_menu(line, reasons):
            row += 1
            continue
        if row > best or (row and line.words >= _TITLE_WORDS):
            best, found = row, at
        if line.words >= _TITLE_WORDS:
            break
        row = 0
    return found if found >= _MIN_MENU else 0


def below_title(lines: Sequence[Line], reasons: Mapping[int, str], top: int) -> list[Line]:
    """Where a masthead of `top` lines shows that a page was copied whole: the short lines between title and text.

    What stands right above the text may be its first heading, and sections that many texts have are headings.
    """
    if not top:
        return []
    rest = lines[top + 1 : top + 1 + _MOST_ABOVE]
    found = list(takewhile(lambda line: line.number in reasons or _is_meta(line), rest))
    if len(found) < len(rest) and found and found[-1].number not in reasons:
        found.pop()
    return [line for line in found if line.number not in reasons]


def _is_meta(line: Line) -> bool:
    is_plain = line.kind in _PLAIN and not line.is_terminated
    is_few = line.words <= _META_WORDS or (line.words <= _NAME_WORDS and is_title_case(line.text))
    return is_plain and is_few and not cues().section.fullmatch(line.text)


def _head(lines: Sequence[Line], reasons: Mapping[int, str]) -> list[Line]:
    """The lines above the first sentence, and above the first byline below any other line."""
    if not lines or not _is_menu(lines[0], reasons):
        return []
    head: list[Line] = []
    for line in takewhile(lambda line: not _is_text(line, reasons), lines[:_MOST_ABOVE]):
        if reasons.get(line.number) in _BESIDE and any(above.number not in reasons for above in head):
            break
        head.append(line)
    return head


def _is_menu(line: Line, reasons: Mapping[int, str]) -> bool:
    return line.number in reasons or (line.words <= _MENU_WORDS and not line.is_terminated)


def _is_text(line: Line, reasons: Mapping[int, str]) -> bool:
    if line.number in reasons:
        return False
    is_sentence = line.is_terminated and not line.is_question and line.words >= _SENTENCE
    return is_sentence or line.kind not in _PLAIN or is_quantity(line.text)


def foot(lines: Sequence[Line], reasons: Mapping[int, str]) -> dict[int, str]:
    """By number, the reasons of the lines below the article's end that no cue of their own gives away.

    The end is the first line of the page itself below the last paragraph. Nothing is taken where few of the lines
    below are the page's own, or where many of the others are sentences.
    """
    names = {below.number for above, below in pairwise(lines) if _is_named_above(below, above)}
    taken = reasons.keys() | names
    start = 1 + max((line.number for line in lines if line.number not in taken and _is_body(line, lines)), default=-1)
    first = next((line.number for line in lines[start:] if reasons.get(line.number) in _OPENING), len(lines))
    below = lines[first:]
    others = [line for line in below if line.number not in reasons]
    sentences = sum(line.is_terminated and line.words > _MENU_WORDS for line in others)
    own = len(below) - len(others)
    if own < _MIN_OWN or 3 * own < len(below) or 4 * sentences > len(below):
        return {}
    return _of_the_line_above(below, reasons)


def portrait(lines: Sequence[Line], reasons: Mapping[int, str]) -> set[int]:
    """A label such as "About Norlight" and the line below it that tells who that is, where the article is over."""
    last = max((line.number for line in lines if line.number not in reasons and _is_body(line, lines)), default=-1)
    found: set[int] = set()
    for label, below in pairwise(lines[max(last - 1, 0) :]):
        name = _ABOUT.match(label.text)
        if name is None or not _is_meta(label) or below.words > _MOST_SAID or below.kind not in _PLAIN:
            continue
        if name[1] in below.text[:_MOST_ABOVE] and {label.number - 1, below.number + 1} & reasons.keys():
            found |= {label.number, below.number}
    return found


def _is_named_above(line: Line, above: Line) -> bool:
    """Whether the line tells who somebody is whose name stands alone above it."""
    name = above.text.split()[0]
    return above.words <= _MENU_WORDS and above.text[0].isupper() and line.text.startswith(f"{name} ")


def _is_body(line: Line, lines: Sequence[Line]) -> bool:
    """Whether the line is surely the article's: a paragraph, or what its format or its title says to be part of it."""
    if line.kind not in _PLAIN or is_quantity(line.text):
        return True
    if line.words <= _NAME_WORDS and cues().section.fullmatch(line.text):
        return line.number < len(lines) - _LAST and not cues().kicker.fullmatch(line.text)
    return line.is_terminated and line.words >= _BODY_WORDS


def _of_the_line_above(below: Sequence[Line], reasons: Mapping[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    reason = ""
    for line in below:
        own = reasons.get(line.number, "")
        reason = own if own in _OPENING else reason
        if not own:
            found[line.number] = reason
    return found
