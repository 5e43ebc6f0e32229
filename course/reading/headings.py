"""Headings: short lines that announce what follows, told apart from list items and from sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from course.reading.cues import cues
from course.reading.lines import Line
from course.reading.outline import PassageKind
from course.reading.technical import entries, is_bare_number, is_code, is_quantity, records

MAX_WORDS, MAX_CHARACTERS = 16, 110
LONG_WORDS = 12
_MIN_NUMBERED, _MAX_TAIL = 3, 4
_BAD_END = re.compile(r"(?:[,;–—-]|\.\.\.|…|\b(?:and|or|the|of|a|an))$", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"\b(?:following|are|is|was|were|includ(?:e|es|ing)|such as|as follows|example|note|says?|said|writes?|wrote"
    r"|asked|ways?|have|has|you can|can be|need to|should|must|will)\s*:$",
    re.IGNORECASE,
)
_UNITS = (
    "g|kg|mg|ml|cl|dl|l|oz|lbs?|c|cups?|tsps?|tbsps?|teaspoons?|tablespoons?|pounds?|ounces?|grams?"
    "|pinch(?:es)?|cloves?|cans?|packages?|pkgs?|sticks?|el|tl|prise"
)
_NOT_NAMES = re.compile(
    rf"\S@\S|https?://|www\.|(?:\+|\b00?)[\d ()/-]{{7,}}|^[\d¼½¾⅓⅔ ./–-]+ ?(?:{_UNITS})\b", re.IGNORECASE
)
_ADMONITION = re.compile(r"\W*(?:note|warning|caution|important|hint|tip|info)\W*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MIN_ASKED, _FEW_OF = 4, 3
_ADDRESSED = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_OF_ONESELF = re.compile(r"\b(?:I|I['’]\w+|my|me)\b")
_QUOTATION_MARKS = "\"'“‘«„»"
_OPENING = f"{_QUOTATION_MARKS}(¿¡["
_SAID = re.compile(r"[?!][\"'”’“»«]$")
_SIGNS = re.compile(r"[\u2190-\u2bff\ufe0f\U0001f300-\U0001faff]+\s*")
"""Arrows, dingbats and emoji, as blogs put them before a heading."""
_TOLD_BEFORE = re.compile(r"(?:\S+ ){4,}\S{2,}[^\W\d_][.!…][\"'”’»)\]]* (?=\S)")
"""A whole sentence before what is asked or cried out: then that is text too."""
_SUBJECT = re.compile(r"(?:we|you|they|he|she|it|I|there)\s", re.IGNORECASE)


def heading_lines(lines: Sequence[Line], announced: AbstractSet[int] = frozenset()) -> set[int]:
    """The numbers of those lines that are headings, judged by their form and by what stands around them.

    `lines` are the lines left after boilerplate, pull quotes and captions are taken out, in order; `announced` the
    numbers of those that a table of contents names.
    """
    candidates = _candidates(lines)
    found = {line.number for line in lines[:-1] if line.number in candidates and is_section_title(line)}
    index = 0
    while index < len(lines):
        if lines[index].number not in candidates:
            index += 1
            continue
        stop = index
        while stop < len(lines) and lines[stop].number in candidates:
            stop += 1
        before = lines[index - 1] if index else None
        after = lines[stop] if stop < len(lines) else None
        run = lines[index:stop]
        found.update(_as_announced(run, {line.number for line in _of_run(run, before, after)}, announced))
        index = stop
    return found


def _as_announced(run: Sequence[Line], chosen: set[int], announced: AbstractSet[int]) -> set[int]:
    """Down to the last line of the run that the contents name, those they name; below it the chosen ones."""
    named = {line.number for line in run} & announced
    return named | {number for number in chosen if number > max(named, default=-1)}


def _candidates(lines: Sequence[Line]) -> set[int]:
    """The numbers of lines that could be headings by their own form and by what is alike on the page."""
    named = entries(lines)
    listed = records(lines) | _siblings(lines) | _quantities(lines) | _inside_code(lines, named) | _sources(lines)
    found = {line.number for line in lines if line.number not in listed and _is_candidate(line)} | named
    return found - _questions_of_an_interview(lines, found) - _spoken(lines)


def _questions_of_an_interview(lines: Sequence[Line], candidates: set[int]) -> set[int]:
    """Questions to somebody who answers as "I": what an interviewer says is text, like the answers."""
    pairs = [pair for pair in pairwise(lines) if pair[0].number in candidates and pair[0].is_question]
    answers = [after.text for _, after in pairs if after.number not in candidates]
    addressed = sum(_ADDRESSED.search(asked.text) is not None for asked, _ in pairs)
    told = sum(_OF_ONESELF.search(answer) is not None for answer in answers)
    if len(answers) < _MIN_ASKED or addressed < 2 or _FEW_OF * told < len(answers):
        return set()
    return {asked.number for asked, _ in pairs}


def _spoken(lines: Sequence[Line]) -> set[int]:
    """What somebody asks or cries out in a dialogue: beside it another line begins with a quotation mark."""
    quoted = [line.text[0] in _QUOTATION_MARKS for line in lines]
    return {
        line.number
        for at, line in enumerate(lines)
        if quoted[at] and _SAID.search(line.text) and any(quoted[max(at - 1, 0) : at] + quoted[at + 1 : at + 2])
    }


def _siblings(lines: Sequence[Line]) -> set[int]:
    """Numbered lines beside another one of the same depth: a list, where headings would have text between them."""
    depths = [_depth(line) for line in lines]
    pairs = [at for at in range(1, len(lines)) if depths[at] and depths[at - 1] == depths[at]]
    return {lines[at + step].number for at in pairs for step in (-1, 0)}


def _depth(line: Line) -> int:
    return len(re.findall(r"\d+", line.number_prefix))


def _sources(lines: Sequence[Line]) -> set[int]:
    """Lines below a title such as "References", as far as the next such title or a paragraph."""
    found: set[int] = set()
    is_below = False
    for line in lines:
        if is_section_title(line):
            is_below = bool(cues().sources.fullmatch(line.text))
        elif line.words > MAX_WORDS and line.is_terminated:
            is_below = False
        elif is_below:
            found.add(line.number)
    return found


def _inside_code(lines: Sequence[Line], named: set[int]) -> set[int]:
    """Lines between two lines of code, such as what a program prints."""
    coded = [is_code(line.text) and line.number not in named for line in lines]
    return {line.number for at, line in enumerate(lines) if 0 < at < len(lines) - 1 and coded[at - 1] and coded[at + 1]}


def _quantities(lines: Sequence[Line]) -> set[int]:
    """Lines of a list of quantities: each has another one beside it."""
    counted = [is_quantity(line.text) for line in lines]
    pairs = [at for at in range(1, len(lines)) if counted[at - 1] and counted[at]]
    return {lines[at + step].number for at in pairs for step in (-1, 0)}


def _is_candidate(line: Line) -> bool:
    text = line.text
    if (
        line.kind not in (None, PassageKind.PARAGRAPH)
        or line.bullet
        or not 1 <= line.words <= MAX_WORDS
        or len(text) > MAX_CHARACTERS
    ):
        return False
    if "\t" in text or _BAD_END.search(text) or _NOT_NAMES.search(text) or is_code(text) or is_bare_number(text):
        return False
    if _ADMONITION.fullmatch(text):
        return False
    if text.endswith(":"):
        return _is_label(line) and _begins_well(text)
    if line.is_terminated and not line.is_question and not _is_exclaimed(text):
        return _is_numbered(line)
    return _begins_well(text) and _TOLD_BEFORE.match(text) is None


def _is_label(line: Line) -> bool:
    """Whether a line that ends with a colon names what follows, and is not the beginning of a sentence."""
    if line.words > 6 or "," in line.text or _LEAD_IN.search(line.text) or _SUBJECT.match(line.text):
        return False
    return line.words <= 4 or is_title_case(line.text)


def is_title_case(text: str) -> bool:
    """Whether every longer word is capitalised."""
    longer = [word for word in _WORD.findall(text) if len(word) > 4]
    return bool(longer) and all(word[0].isupper() or word[0].isdigit() for word in longer)


def _is_exclaimed(text: str) -> bool:
    return text.rstrip("\"'”’»").endswith("!") and len(text.split()) <= 8


def _is_numbered(line: Line) -> bool:
    return bool(line.number_prefix) and line.words <= 14


def _begins_well(text: str) -> bool:
    first = _SIGNS.sub("", text, count=1).lstrip(f"{_OPENING} ")[:1]
    return bool(first) and (first.isupper() or first.isdigit() or (first.isalpha() and not first.islower()))


def _introduces(after: Line | None) -> bool:
    """Whether something follows that a heading can stand over; what is no candidate itself always is."""
    return after is not None


def _of_run(run: Sequence[Line], before: Line | None, after: Line | None) -> list[Line]:
    """The headings among consecutive short lines between two other lines."""
    listed = before is not None and before.text.endswith(":")
    if len(run) == 1 and run[0].words > LONG_WORDS and not _stands_between(run[0], before, after):
        return []
    if len(run) == 1:
        return list(run) if _introduces(after) else []
    if len(run) == 2 and not listed:
        return list(run) if _introduces(after) else []
    return _of_long_run(run, listed=listed, after=after)


def _stands_between(line: Line, before: Line | None, after: Line | None) -> bool:
    """Whether a long line is set apart like a heading: a question, in title case, or between two long paragraphs."""
    if line.is_question or is_title_case(line.text):
        return True
    return all(other is not None and other.is_terminated and other.words > LONG_WORDS for other in (before, after))


def _of_long_run(run: Sequence[Line], *, listed: bool, after: Line | None) -> list[Line]:
    """The headings among many short lines, most of which are items of a list without bullets.

    The first line is the list's heading unless the text before announced the list; the last one is the heading of what
    follows. Between them only usual section titles, labels and lines set apart by white space are. Where a few lines
    are in capitals, they are the headings.
    """
    if sum(bool(line.number_prefix) for line in run) >= _MIN_NUMBERED:
        return _around_numbered(run, listed=listed, after=after)
    capitals = [line for line in run if line.text.isupper() and line.words > 1]
    if 0 < 2 * len(capitals) <= len(run):
        return capitals
    pairs = pairwise(run)
    chosen = [line for line, following in pairs if _is_set_apart(line, following)]
    is_tail = after is None and len(run) <= _MAX_TAIL
    if not (listed or is_tail or run[0] in chosen):
        chosen.insert(0, run[0])
    if run[-1] not in chosen and _introduces(after):
        chosen.append(run[-1])
    return chosen


def _around_numbered(run: Sequence[Line], *, listed: bool, after: Line | None) -> list[Line]:
    """The headings before and after a numbered list."""
    chosen = [] if listed or run[0].number_prefix else [run[0]]
    if not run[-1].number_prefix and run[-1] not in chosen and _introduces(after):
        chosen.append(run[-1])
    return chosen


def _is_set_apart(line: Line, following: Line) -> bool:
    return is_section_title(line) or line.text.endswith(":") or (line.gap and not following.gap)


def is_section_title(line: Line) -> bool:
    """Whether the line is a title that headings of many texts have, such as one over a list of sources."""
    return line.words <= 6 and bool(cues().section.fullmatch(line.text))
