"""Boilerplate: lines of the page that are no part of the article, each with its reason code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from course.reading.cues import cues
from course.reading.lines import Line
from course.reading.outline import PassageKind
from course.reading.page_edges import below_title, foot, masthead, portrait

MAX_WORDS = 45
_MAX_LINKS, _MIN_CONTENTS, _EDGE, _FEW_WORDS, _FEW_DIGITS = 8, 3, 8, 2, 4
_DIGITS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"\s*(?:[|»>›▸►•·☰]|\s[-/]\s|\s{2,})\s*")
_LABEL = re.compile(r"(?!NOTE|WARNING|IMPORTANT|CAUTION|DEPRECATED|TIP\b)[A-ZÀ-Þ][A-ZÀ-Þ &-]{2,30}:\s")
_MARKED = {PassageKind.HEADING, PassageKind.TABLE, PassageKind.QUOTE, PassageKind.FIGURE}
_DATE = re.compile(
    r"\W*(?:(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{1,6})?[.,]{0,2} )?"
    r"(?:\d{1,2}(?:st|nd|rd|th|\.)?[ ./-](?:\w{3,9}\.?|\d{1,2})[ ./,-]+\d{2,4}"
    r"|\w{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d)"
    r"(?:[ ,|·•at–-]+\d{1,2}[:.]\d\d.{0,16}|[ ,|·–-]+by .{3,40})?\W*",
    re.IGNORECASE,
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "januar|februar|märz|juni|juli|oktober|dezember|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_DAY = re.compile(
    rf"\W*(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)? (?:de )?(?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?)\W*",
    re.IGNORECASE,
)
"""A day without its year, as papers print it above an article."""
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)\S+\W*")
_ASKING = re.compile(r"(?:\d+[.)] )?(?:how|why|what|when|where|who|which)\b", re.IGNORECASE)
_NAME = r"(?:[A-ZÀ-Þ][\w'’-]+|[A-ZÀ-Þ]\.|(?:Dr|Mr|Ms|Mrs|Prof|St)\.)(?: (?:[A-ZÀ-Þ][\w'’-]+|[A-ZÀ-Þ]\.)){1,3}"
_PERSON = re.compile(rf"{_NAME}(?=[ ,])")
_NAME_ALONE = re.compile(rf"{_NAME}\W*")
_SECTION_NUMBER = re.compile(r"\A\d{1,2}(?:\.\d{1,2})*\.?\s+")
_LONG_BIOGRAPHY, _CLOSING_LABEL, _LABEL_WORDS = 20, 24, 4
_NOTES, _BIOGRAPHY = 8, 2
"""So many lines at most belong to what stands above them."""


def boilerplate(lines: Sequence[Line]) -> dict[int, str]:
    """By line number, the reason code of every line that is no part of the article.

    A line of more than 45 words is never dropped; longer lines need more and different cues than short ones.
    """
    reasons = {line.number: reason for line in lines if (reason := _reason(line))}
    top = masthead(lines, reasons)
    reasons |= {line.number: "navigation" for line in lines[:top] if line.number not in reasons}
    _keep_inner_names(lines, reasons, top)
    _add_contents(lines, reasons)
    _add_page_breaks(lines, reasons)
    _spread(lines, reasons)
    _add_closing_labels(lines, reasons)
    _add_link_lists(lines, reasons)
    _add_below_the_end(lines, reasons)
    reasons |= dict.fromkeys(portrait(lines, reasons), "tail")
    reasons |= foot(lines, reasons)
    _add_edges(lines, reasons)
    _add_names(lines, reasons, top)
    reasons |= {line.number: "byline" for line in below_title(lines, reasons, top)}
    return reasons


def _reason(line: Line) -> str:
    if not any(character.isalnum() for character in line.text):
        return "ornament"
    if line.words > MAX_WORDS or len(line.text) > 400 or line.kind in _MARKED:
        return ""
    if line.words <= 6 and cues().section.fullmatch(line.text):
        return ""
    return _whole_line(line) or _strong(line) or _link_row(line)


def _whole_line(line: Line) -> str:
    if line.words > 6:
        return ""
    if _DATE.fullmatch(line.text) or _DAY.fullmatch(line.text):
        return "byline"
    if _ADDRESS.fullmatch(line.text):
        return "navigation"
    return next((reason for reason, found in cues().whole.items() if found.fullmatch(line.text)), "")


def _strong(line: Line) -> str:
    """The reason with most strong cues, where there are enough of them for the line's length."""
    counts = {reason: _hits(found, line.text) for reason, found in cues().strong.items()}
    reason, own = max(counts.items(), key=lambda item: item[1])
    if not own:
        return ""
    weight = 2 * sum(counts.values()) + sum(_hits(found, line.text) for found in cues().weak.values())
    needed = 2 if line.words <= 14 else 3 if line.words <= 24 else 5
    needed += 6 < line.words <= 14 and line.is_terminated
    needed += bool(_ASKING.match(line.text))
    return reason if weight >= needed + (line.kind is PassageKind.LIST_ITEM) else ""


def _hits(found: re.Pattern[str], text: str) -> int:
    return min(3, sum(1 for _ in found.finditer(text)))


def _link_row(line: Line) -> str:
    """A row of links: several short pieces between separators, no sentence."""
    if line.is_terminated or len(line.text.split()) > 24:
        return ""
    pieces = [piece for piece in _SEPARATORS.split(line.text) if piece]
    is_row = len(pieces) >= 3 and line.words <= 5 * len(pieces) and "\t" not in line.text
    named = sum(not piece[0].islower() for piece in pieces)
    return "navigation" if is_row and 2 * named >= len(pieces) else ""


def _spread(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """Neighbours of a dropped line that have weak cues of their own are dropped with it."""
    for step in (1, -1):
        for line in lines[::step]:
            before = line.number - step
            reason = reasons.get(before, "")
            if reason in _SPREADING and line.number not in reasons and _is_weak(line):
                reasons[line.number] = reason


_SPREADING = {"donation", "newsletter", "cookies", "share", "related", "tail", "advertisement"}


def _is_weak(line: Line) -> bool:
    if line.words > 35 or line.kind in _MARKED:
        return False
    weight = sum(_hits(found, line.text) for found in cues().weak.values())
    return weight >= (1 if line.words <= 12 else 2 if line.words <= 24 else 3)


def _keep_inner_names(lines: Sequence[Line], reasons: dict[int, str], top: int) -> None:
    """A date or "By …" in the midst of a text is a heading: bylines stand near its ends or other clutter."""
    near = {*range(top + _EDGE), *range(len(lines) - _EDGE, len(lines))}
    for number in [number for number, reason in reasons.items() if reason == "byline" and number not in near]:
        if not {number - 1, number + 1} & reasons.keys():
            del reasons[number]


def _add_contents(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """Three or more lines in a row that all come again as lines further down are a table of contents."""
    last = {entry(line): line.number for line in lines if line.is_short}
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and line.is_short and last[entry(line)] > line.number:
            run.append(line)
            continue
        if len(run) >= _MIN_CONTENTS and len({listed.text for listed in run}) == len(run):
            reasons.update({listed.number: "navigation" for listed in run})
            _add_label(lines[max(run[0].number - 1, 0)], reasons)
        run = []


def _add_label(line: Line, reasons: dict[int, str]) -> None:
    """A few words with a colon above a table of contents are its label."""
    if line.text.endswith(":") and line.words <= _LABEL_WORDS:
        reasons[line.number] = "navigation"


def _add_page_breaks(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """Page numbers that count up, and the running heads beside them."""
    numbers = [line for line in lines if line.text.isdecimal() and len(line.text) <= _FEW_DIGITS]
    if len(numbers) < 2 or any(int(b.text) != int(a.text) + 1 for a, b in pairwise(numbers)):
        return
    beside = [lines[at] for line in numbers for at in (line.number - 1, line.number + 1) if 0 <= at < len(lines)]
    often = Counter(_DIGITS.sub("#", line.text) for line in beside if line.is_short)
    heads = [line for line in beside if often[_DIGITS.sub("#", line.text)] > 1 and not line.is_terminated]
    if heads:
        reasons.update({line.number: "navigation" for line in [*numbers, *heads]})


def entry(line: Line) -> str:
    """A line as a table of contents names it, without the section's number."""
    return _SECTION_NUMBER.sub("", line.text.casefold(), count=1)


def _add_closing_labels(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """Below the last paragraph, a label such as the one over a page's topics."""
    for line in takewhile(lambda line: line.number in reasons or _is_link(line), reversed(lines)):
        if line.words <= _FEW_WORDS and cues().closing.fullmatch(line.text):
            reasons[line.number] = "related"


def _add_link_lists(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """Short lines under a label such as one over related articles are links; one above a paragraph may be a heading."""
    for line in lines:
        if reasons.get(line.number) != "related" or line.words > 5:
            continue
        links = list(takewhile(_is_link, lines[line.number + 1 : line.number + 1 + _MAX_LINKS]))
        stop = line.number + 1 + len(links)
        if stop < len(lines) and lines[stop].number not in reasons:
            links = links[:-1]
        reasons.update({link.number: "related" for link in links if link.number not in reasons})


def _is_link(line: Line) -> bool:
    return (
        line.is_short
        and (line.is_question or not line.is_terminated)
        and line.kind not in _MARKED
        and "\t" not in line.text
    )


def _add_below_the_end(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """Notes to editors below the mark that ends a press release, and who the author is below a line that says so."""
    for line in [line for line in lines if reasons.get(line.number) == "tail"]:
        most = _NOTES if cues().notes.fullmatch(line.text) else _BIOGRAPHY if cues().author.fullmatch(line.text) else 0
        reason = "tail" if most == _NOTES else "byline"
        for below in takewhile(_is_note, lines[line.number + 1 : line.number + 1 + most]):
            reasons.setdefault(below.number, reason)


def _is_note(line: Line) -> bool:
    return line.words <= MAX_WORDS and line.kind not in _MARKED


def _add_edges(lines: Sequence[Line], reasons: dict[int, str]) -> None:
    """What stands only at the top or the end of a page: section labels, rows of links, the author's biography."""
    kept = [line for line in lines if line.number not in reasons]
    for line in kept[:3]:
        if _is_kicker(line, kept):
            reasons[line.number] = "navigation"
    for line in [line for line in kept if line.number not in reasons][:-4:-1]:
        reason = _closing_reason(line, lines, reasons)
        if not reason:
            break
        reasons[line.number] = reason


def _is_kicker(line: Line, kept: Sequence[Line]) -> bool:
    if line.words > 6 or line.is_terminated or line.kind in _MARKED or len(kept) < 4:
        return False
    if cues().section.fullmatch(line.text):
        return False
    is_label = line.words <= 3 and (line.text.isupper() or bool(cues().kicker.fullmatch(line.text)))
    return is_label and kept[-1].number > line.number + 2 and line.number < 3


def _closing_reason(line: Line, lines: Sequence[Line], reasons: Mapping[int, str]) -> str:
    if line.kind in _MARKED or line.words > MAX_WORDS:
        return ""
    if line.words <= 6 and line.text.endswith(":"):
        return "related"
    if _LABEL.match(line.text) and line.words <= _CLOSING_LABEL and not _comes_again(line, lines):
        return "tail"
    return "byline" if _is_biography(line, lines, reasons) else ""


def _is_biography(line: Line, lines: Sequence[Line], reasons: Mapping[int, str]) -> bool:
    """A closing line about a person whom the article itself never mentions but as its author."""
    signs = sum(found.search(line.text) is not None for found in cues().biography[1:])
    if signs <= (line.words > _LONG_BIOGRAPHY):
        return bool(cues().biography[0].search(line.text))
    person = _PERSON.match(line.text)
    if person is None:
        return False
    name, surname = person.group(), person.group().split()[-1]
    return not any(
        surname in other.text and other.text.strip(" .,|") != name
        for other in lines
        if other.number != line.number and other.number not in reasons
    )


def _comes_again(line: Line, lines: Sequence[Line]) -> bool:
    """Whether other lines begin with the same label, as those of one speaker do."""
    label = line.text.partition(":")[0]
    return any(other.text.startswith(f"{label}:") for other in lines if other.number != line.number)


def _add_names(lines: Sequence[Line], reasons: dict[int, str], top: int) -> None:
    """A name alone at the top is a byline if a date or another name follows it, or if the page's end says who it is."""
    last = " ".join(lines[number].text for number in reasons if number >= len(lines) - _EDGE)
    first = next((line.number for line in lines[top:] if line.number not in reasons), -1)
    names = [
        line
        for line in lines[top : top + _EDGE]
        if line.number not in reasons
        and line.kind not in _MARKED
        and _NAME_ALONE.fullmatch(line.text)
        and not (top and line.number == first)
    ]
    for line in names:
        if reasons.get(line.number + 1) == "byline" or line.text.strip(" .,|") in last:
            reasons[line.number] = "byline"
    for line in reversed(names):
        if reasons.get(line.number + 1) == "byline" and line.number != first:
            reasons[line.number] = "byline"
