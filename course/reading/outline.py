"""What reading an article yields: plain values, no database. Offsets are half-open, in characters of `Outline.text`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class PassageKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    PULL_QUOTE = "pull_quote"
    TABLE = "table"
    FIGURE = "figure"
    BOILERPLATE = "boilerplate"


class ConceptKind(StrEnum):
    EXPRESSION = "expression"
    NAME = "name"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, half-open."""

    start: int
    end: int

    def quote(self, text: str) -> str:
        """The characters the span covers; `text` must be the text the span was measured in."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mark:
    """What the file's format already says about a stretch of text: an h2 is a heading of level 2."""

    span: Span
    kind: PassageKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something the author should know, with a stable code; never a reason to fail."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file read into clean text. The text is final: nothing later adds, drops or moves a character."""

    text: str
    title: str = ""
    author: str = ""
    marks: tuple[Mark, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageOutline:
    """One passage; `reason` is the code of why it is not read, `duplicates` where a pull quote's words stand.

    Reasons in words: `course.reading.reasons.reason_in_words`.
    """

    position: int
    kind: PassageKind
    span: Span
    reason: str = ""
    duplicates: Span | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class LessonOutline:
    """One lesson; `passages` are positions of what is read in it (no heading, no boilerplate, no pull quote)."""

    position: int
    title: str
    heading: int | None
    passages: tuple[int, ...]
    words: int


@dataclass(frozen=True, slots=True)
class ConceptOutline:
    """A suggested key concept; rank 1 is best over all kinds, `reasons` are plain sentences for the instructor."""

    term: str
    kind: ConceptKind
    rank: int
    mentions: tuple[Span, ...]
    reasons: tuple[str, ...] = ()
    definition: Span | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """An article understood: `text[span.start:span.end]` is the passage, always."""

    text: str
    title: str
    language: str
    passages: tuple[PassageOutline, ...]
    lessons: tuple[LessonOutline, ...]
    concepts: tuple[ConceptOutline, ...]
    warnings: tuple[ReadingWarning, ...] = field(default=())
