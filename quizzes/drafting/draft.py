"""What drafting yields: plain values. Nothing here is shown to a learner before a person accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.reading.outline import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One lint rule broken by a question; `rule` is its stable id, `message` a sentence with the next step."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class DraftedQuestion:
    """A question proposed by a rule: `content` is checked content of `kind`, `evidence` proves its key verbatim.

    `strength` orders the drafts of a concept, higher first; `confirm` says what the reviewer has to make sure of,
    "" where the article's own words settle it.
    """

    kind: str
    concept: str
    content: Mapping[str, Any]
    evidence: Span
    drafter: str
    strength: int = 0
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Undrafted:
    """A concept that got no clean draft, and why, in a sentence."""

    concept: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """All drafts of one article, best first within each concept."""

    questions: tuple[DraftedQuestion, ...]
    undrafted: tuple[Undrafted, ...]
