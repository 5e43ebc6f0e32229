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
_NAME_ALONE = (2, 3)
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
        own = [above for above in head if above.number not in reasons]
        if own and reasons.get(line.number) in _BESIDE and not _is_day_of_issue(line, own, lines, reasons):
            break
        head.append(line)
    return head


def _is_day_of_issue(line: Line, own: Sequence[Line], lines: Sequence[Line], reasons: Mapping[int, str]) -> bool:
    """Whether a date stands in the masthead itself: only a name above it, and a menu below it."""
    below = lines[line.number + 1 : line.number + 1 + _MIN_MENU]
    is_menu = all(_is_menu(each, reasons) for each in below) and not {each.number for each in below} <= reasons.keys()
    return reasons[line.number] == "byline" and is_menu and all(each.words <= _MENU_WORDS for each in own)


def _is_menu(line: Line, reasons: Mapping[int, str]) -> bool:
    return line.number in reasons or (line.words <= _MENU_WORDS and not line.is_terminated)


def _is_text(line: Line, reasons: Mapping[int, str]) -> bool:
    if line.number in reasons:
        return False
    is_sentence = line.is_terminated and not line.is_question and line.words >= _SENTENCE
    return is_sentence or line.kind not in _PLAIN or is_quantity(line.text)


def foot(lines: Sequence[Line], reasons: Mapping[int, str]) -> dict[int, str]:
    """By number, the reasons of the lines below the article's end that no cue of their own gives away.

    The end is the first line of the page itself below the last paragraph, unless a sentence comes next. Nothing is
    taken where few of the lines below are the page's own, or where many of the others are sentences.
    """
    below = lines[_end(lines, reasons) :]
    others = [line for line in below if line.number not in reasons]
    sentences = sum(_is_sentence(line) for line in others)
    own = len(below) - len(others)
    if own < _MIN_OWN or 3 * own < len(below) or 4 * sentences > len(below):
        return {}
    return _of_the_line_above(below, reasons)


def _end(lines: Sequence[Line], reasons: Mapping[int, str]) -> int:
    taken = reasons.keys() | _told_names(lines)
    body = [line.number for line in lines if line.number not in taken and _is_body(line, lines)]
    body += [b.number for a, b in pairwise(lines) if not {a.number, b.number} & taken and _are_sentences(a, b)]
    start = 1 + max(body, default=-1)
    for line in lines[start:]:
        following = next((each for each in lines[line.number + 1 :] if each.number not in taken), None)
        if reasons.get(line.number) in _OPENING and not (following and _is_sentence(following)):
            return line.number
    return len(lines)


def _told_names(lines: Sequence[Line]) -> set[int]:
    """The numbers of lines that tell who somebody is whose name stands alone right above them or near the top."""
    alone = {line.text for line in lines[:_MOST_ABOVE] if line.words in _NAME_ALONE}
    named = {line.number for line in lines if any(" ".join(line.text.split()[:n]) in alone for n in _NAME_ALONE)}
    told = {below.number for above, below in pairwise(lines) if _is_named_above(below, above)}
    return told | {line.number for line in lines if line.number in named and _is_sentence(line)}


def _are_sentences(line: Line, following: Line) -> bool:
    return _is_sentence(line) and _is_sentence(following)


def _is_sentence(line: Line) -> bool:
    return line.is_terminated and not line.is_question and line.words > _MENU_WORDS


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
