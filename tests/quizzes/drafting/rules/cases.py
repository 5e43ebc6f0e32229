"""Questions to hold against a rule, one step from clean."""

from __future__ import annotations

from typing import Any

from quizzes.drafting import lint

ARTICLE = (
    "The council pays a bridge levy, a charge on every lorry that enters the town. Fishermen speak of a rust dividend. "
    "Residents never use the old slipway, and economists regard the list as a comfort budget."
)
QUOTE = "The council pays a bridge levy, a charge on every lorry that enters the town."
STEM = "Which expression does the author use for what lorries are charged?"


def single(
    *, stem: str = STEM, options: tuple[str, ...] = ("Bridge levy", "Rust dividend", "Comfort budget"), keys: int = 1
) -> dict[str, Any]:
    """A single choice whose first `keys` options are right."""
    return {
        "stem": stem,
        "options": [
            {"id": f"o{i}", "text": text, "correct": i < keys, "feedback": ""} for i, text in enumerate(options)
        ],
    }


def cloze(text: str, *, accepted: tuple[str, ...] = ("bridge levy",), options: tuple[str, ...] = ()) -> dict[str, Any]:
    """A text with the gap g1."""
    gap: dict[str, Any] = {"id": "g1", "accepted": list(accepted)}
    return {
        "stem": "Complete the sentence as the article has it.",
        "text": text,
        "gaps": [gap | ({"options": list(options)} if options else {})],
    }


def statement(stem: str, *, answer: str = "true") -> dict[str, Any]:
    """A statement with its answer."""
    return {"stem": stem, "answer": answer}


def rules_broken(
    kind: str, content: dict[str, Any], *, evidence: tuple[str, ...] = (QUOTE,), article: str = ARTICLE
) -> set[str]:
    """The ids of the rules that the question breaks."""
    return {finding.rule for finding in lint(kind, content, evidence=evidence, article=article)}
