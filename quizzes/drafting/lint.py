"""Named rules over questions of any kind, drafted or written by a person."""

from __future__ import annotations

import inspect
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import quizzes.drafting.rules  # noqa: F401 -- importing it registers the rules
from quizzes.drafting.draft import Finding
from quizzes.drafting.neighbours import neighbours, share_enough
from quizzes.drafting.rulebook import findings, rules
from quizzes.drafting.rules.options import stands_in
from quizzes.drafting.subject import Subject
from quizzes.drafting.words import content_roots, folded

NEAR = 0.8
"""Two questions that share so much of their words ask the same."""


TRACES_KEPT = 4_096
"""Some 3 kB each: as many as the bank of a large course, kept by each process from one page to the next."""

BETWEEN = {
    "key_in_other_question": "No other question of the quiz shows the answer.",
    "near_duplicates": "No two questions of a quiz ask nearly the same.",
}
"""What the rules over two questions want, by their ids."""


@dataclass(frozen=True, slots=True)
class QuizFinding:
    """One rule broken by two questions together; the positions are those of the list, from 0."""

    question: int
    other: int
    finding: Finding


def lint(kind: str, content: Mapping[str, Any], *, evidence: Sequence[str], article: str) -> list[Finding]:
    """Every rule that the question breaks, ordered by rule; empty means clean. Never raises on broken content.

    `evidence` are the quotes that prove the key, `article` is the text they stand in.
    """
    return findings(Subject(kind, content, tuple(evidence), article))


def lint_quiz(
    questions: Sequence[tuple[str, Mapping[str, Any]]], *, looked_at: Collection[int] | None = None
) -> list[QuizFinding]:
    """Every rule that two questions of one quiz break together; each question is its kind and its content.

    Only what concerns the places looked at, None meaning all. Of questions that differ, as those of a bank do, the
    cost grows with their number and not with its square.
    """
    return lint_traces([trace(Subject(kind, content)) for kind, content in questions], looked_at=looked_at)


def lint_traces(traces: Sequence[Trace], *, looked_at: Collection[int] | None = None) -> list[QuizFinding]:
    """As `lint_quiz`, of questions whose traces are known."""
    return [
        QuizFinding(place, other, finding)
        for place, other in neighbours(traces, near=NEAR, looked_at=looked_at)
        for finding in findings_between(traces[place], traces[other])
    ]


def rule_ids() -> tuple[str, ...]:
    """The stable ids of all rules, those over a whole quiz included."""
    return tuple(sorted([*rules(), *BETWEEN]))


def wanted_by(rule: str) -> str:
    """What the rule wants, in one sentence; the id of a rule that there is none of."""
    if rule in BETWEEN:
        return BETWEEN[rule]
    written = getattr(rules().get(rule), "__doc__", None)
    return inspect.cleandoc(written).partition("\n")[0] if written else rule


@dataclass(frozen=True, slots=True)
class Trace:
    """What a question shows, folded once so that comparing two is cheap."""

    keys: tuple[str, ...]
    shown: str
    roots: frozenset[str]


def trace(subject: Subject) -> Trace:
    """The trace of one question."""
    sentences = " ".join(option.text for option in subject.options) if subject.kind == "evidence" else ""
    open_keys = subject.kind in {"single_choice", "short_text", "cloze"}
    keys = subject.keys if open_keys else subject.figures
    return Trace(
        keys=tuple(dict.fromkeys(folded(key) for key in keys)),
        shown=folded(" ".join((subject.asked, *subject.put))),
        roots=content_roots(f"{subject.asked} {sentences}"),
    )


@lru_cache(maxsize=TRACES_KEPT)
def trace_of_json(kind: str, written: str) -> Trace:
    """The trace of a question whose content is this JSON: found again while its words are the same, whoever asks."""
    return trace(Subject(kind, json.loads(written)))


def findings_between(left: Trace, right: Trace) -> list[Finding]:
    """What two questions of one quiz do to each other: one tells the other's answer, or both ask the same."""
    found = []
    if (key := _key_told(left, right) or _key_told(right, left)) is not None:
        message = f"Another question of this quiz shows the answer “{key}”. Reword it, or keep only one of the two."
        found.append(Finding("key_in_other_question", message))
    if _ask_alike(left, right):
        found.append(Finding("near_duplicates", "Two questions of this quiz ask nearly the same. Keep one of them."))
    return found


def are_at_odds(left: Trace, right: Trace) -> bool:
    """Whether there are findings between the two."""
    return _key_told(left, right) is not None or _key_told(right, left) is not None or _ask_alike(left, right)


def _key_told(asked: Trace, shown: Trace) -> str | None:
    """The first answer of one question that the other shows."""
    return next((key for key in asked.keys if stands_in(key, shown.shown)), None)


def _ask_alike(left: Trace, right: Trace) -> bool:
    return share_enough(left.roots, right.roots, NEAR)
