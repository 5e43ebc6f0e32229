"""A question as the lint rules read it: whatever its kind, and however broken its content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quizzes.drafting.draft import Finding
from quizzes.drafting.words import content_roots

GAP = "____"
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
PUT_LISTS = ("pairs", "things", "steps")
CHOICE_KINDS = frozenset({"single_choice", "multiple_choice"})


@dataclass(frozen=True, slots=True)
class Option:
    """Something offered to choose from."""

    text: str
    correct: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a cloze text."""

    name: str
    accepted: tuple[str, ...]
    options: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """One question under lint: its kind, its content, the quotes that prove it and the article they come from."""

    kind: str
    content: Mapping[str, Any]
    evidence: Sequence[str] = ()
    article: str = ""
    options: tuple[Option, ...] = field(init=False)
    gaps: tuple[Gap, ...] = field(init=False)

    def __post_init__(self) -> None:
        content: Any = self.content
        object.__setattr__(self, "content", content if isinstance(content, Mapping) else {})
        object.__setattr__(self, "options", tuple(_options(self.content, self.kind)))
        object.__setattr__(self, "gaps", tuple(_gaps(self.content)) if self.kind == "cloze" else ())

    @cached_property
    def stem(self) -> str:
        """The question's stem, "" when there is none."""
        return _text(self.content, "stem")

    @cached_property
    def asked(self) -> str:
        """The words the learner reads before the options: the stem, and the cloze text with its gaps blank."""
        return f"{self.stem} {self.gapped}".strip() if self.gapped else self.stem

    @cached_property
    def gapped(self) -> str:
        """The cloze text with a blank for each gap, "" for other kinds."""
        return _PLACEHOLDER.sub(GAP, _text(self.content, "text")) if self.kind == "cloze" else ""

    @cached_property
    def gap_names(self) -> tuple[str, ...]:
        """The gaps as the cloze text names them, in order, repeated where the text repeats them."""
        return tuple(_PLACEHOLDER.findall(_text(self.content, "text"))) if self.kind == "cloze" else ()

    @cached_property
    def put(self) -> tuple[str, ...]:
        """The rows, steps and targets that the learner reads to put them together."""
        rows = [row for name in PUT_LISTS for row in _rows(self.content, name)]
        return tuple(text for row in rows for name in ("text", "match") if (text := _text(row, name)))

    @cached_property
    def sentence(self) -> str:
        """What has to read well alone: the cloze text where there is one, else the stem."""
        return self.gapped or self.stem

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What earns the fraction, as text; a statement's answer and an evidence sentence are no give-away."""
        if self.kind == "short_text":
            return _texts(self.content, "accepted")
        if self.kind == "cloze":
            return tuple(text for gap in self.gaps for text in gap.accepted)
        return tuple(option.text for option in self.options if option.correct) if self.kind in CHOICE_KINDS else ()

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The number that is asked for with each of its units, as a text writes it; () for other kinds."""
        value = self.content.get("value") if self.kind == "numeric" else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return ()
        units = [text for row in _rows(self.content, "units") if (text := _text(row, "text"))]
        return tuple(f"{value:,}{'' if unit == '%' else ' '}{unit}" for unit in units)

    @cached_property
    def distractors(self) -> tuple[str, ...]:
        """What is offered and wrong, sentences aside."""
        if self.kind == "cloze":
            return tuple(text for gap in self.gaps for text in gap.options if text not in gap.accepted)
        return tuple(option.text for option in self.options if not option.correct) if self.kind in CHOICE_KINDS else ()

    @cached_property
    def offered(self) -> tuple[tuple[str, ...], ...]:
        """Each set of texts that a learner chooses from, sentences aside."""
        if self.kind == "cloze":
            return tuple(gap.options for gap in self.gaps if gap.options)
        return (tuple(option.text for option in self.options),) if self.kind in CHOICE_KINDS and self.options else ()

    @cached_property
    def asked_roots(self) -> frozenset[str]:
        """The word families of what is asked."""
        return content_roots(self.asked)

    def finding(self, rule: str, message: str) -> Finding:
        """A finding about this question."""
        return Finding(rule, message)


def _text(content: Any, name: str) -> str:
    value = content.get(name) if isinstance(content, Mapping) else None
    return value if isinstance(value, str) else ""


def _texts(content: Any, name: str) -> tuple[str, ...]:
    value = content.get(name) if isinstance(content, Mapping) else None
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list | tuple) else ()


def _rows(content: Any, name: str) -> list[Mapping[str, Any]]:
    value = content.get(name) if isinstance(content, Mapping) else None
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def _options(content: Any, kind: str) -> list[Option]:
    rows = _rows(content, "sentences" if kind == "evidence" else "options")
    return [Option(_text(row, "text"), row.get("correct") is True) for row in rows]


def _gaps(content: Any) -> list[Gap]:
    return [Gap(_text(row, "id"), _texts(row, "accepted"), _texts(row, "options")) for row in _rows(content, "gaps")]
