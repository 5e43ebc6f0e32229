"""Cuts a course file into its sections: the first line, the course's own fields, then one for each `== kind name`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizzes.formats.course_file.problems import CourseFileProblem, ProblemLog, UnreadableCourseFile
from quizzes.formats.course_file.tree import Line

MAX_CHARACTERS = 2_000_000
MAX_LINE = 200_000
FIRST_LINE = "Postil course file, version 1"

KINDS = ("article", "lesson", "outside", "concept", "quiz", "question")
NAMED_KINDS = ("lesson", "concept", "quiz", "question")
TEXT_KINDS = ("article", "lesson", "outside")

NAME = re.compile(r"[\w-]{1,80}\Z")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Section:
    """One section; kind "course" is the head of the file. `name` is a slug or key, "" where the kind has none."""

    kind: str
    name: str
    line: int
    lines: tuple[Line, ...]


def decode(data: bytes) -> str:
    """The text of a file's bytes, as UTF-8. Raises UnreadableCourseFile with the line of the first wrong byte."""
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        message = "This is not a text in UTF-8; save the file as UTF-8 and try again."
        raise UnreadableCourseFile((CourseFileProblem(line, "not_utf8", message),)) from wrong


def cut(text: str, log: ProblemLog) -> list[Section]:
    """The sections in order, the course's head first. Empty when the text cannot be a course file at all."""
    if len(text) > MAX_CHARACTERS:
        log.add(1, "too_large", f"The file has more than {MAX_CHARACTERS:,} characters.")
        return []
    lines = [Line(number, words) for number, words in enumerate(_plain_lines(text), start=1)]
    if lines[0].words != FIRST_LINE:
        log.add(1, "first_line", f"A course file starts with the line “{FIRST_LINE}”.")
        return []
    for line in lines:
        _look_at(line, log)
    return _sections(lines[1:], log)


def _plain_lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _look_at(line: Line, log: ProblemLog) -> None:
    if found := CONTROL.search(line.text):
        sign = f"U+{ord(found[0]):04X}"
        log.add(line.number, "control_sign", f"The line holds the invisible sign {sign}; remove it or write \\x{{…}}.")
    if line.text.lstrip(" ").startswith("\t"):
        message = "The line starts with a tab; indent with spaces, or write \\t for a tab in the text."
        log.add(line.number, "tab", message)
    if len(line.text) > MAX_LINE:
        log.add(line.number, "long_line", f"The line has more than {MAX_LINE:,} characters.")


def _sections(lines: list[Line], log: ProblemLog) -> list[Section]:
    starts = [(0, None), *((at, line) for at, line in enumerate(lines) if line.text.startswith("== "))]
    ends = [at for at, _ in starts[1:]] + [len(lines)]
    found = []
    for (at, head), end in zip(starts, ends, strict=True):
        if head is None:
            found.append(Section("course", "", 1, tuple(lines[at:end])))
        elif section := _section(head, tuple(lines[at + 1 : end]), log):
            found.append(section)
    return _without_repeats(found, log)


def _section(head: Line, lines: tuple[Line, ...], log: ProblemLog) -> Section | None:
    kind, _, name = (part.strip(" ") for part in head.text.removeprefix("==").strip(" ").partition(" "))
    if kind not in KINDS:
        log.add(head.number, "unknown_section", f"A section is one of: {', '.join(KINDS)}. Write \\== for a text.")
        return None
    if (kind in NAMED_KINDS) != bool(NAME.match(name)) or (name and kind not in NAMED_KINDS):
        wish = f"“== {kind} a-name” with letters, digits, - and _" if kind in NAMED_KINDS else f"just “== {kind}”"
        log.add(head.number, "section_name", f"Write {wish}.")
        return None
    return Section(kind, name, head.number, lines)


def _without_repeats(sections: list[Section], log: ProblemLog) -> list[Section]:
    first: dict[tuple[str, str], int] = {}
    kept = []
    for section in sections:
        known = first.setdefault((section.kind, section.name), section.line)
        if known == section.line or section.kind == "outside":
            kept.append(section)
        else:
            label = f"{section.kind} {section.name}".strip()
            log.add(section.line, "twice", f"“{label}” stands in line {known} already; each needs a name of its own.")
    return kept
