"""Choice questions to try things on, and what is wrong with a content in full words."""

from __future__ import annotations

from typing import Any

from quizzes.questions import question_type

FERRY: dict[str, Any] = {
    "stem": "Why does the ferry wait?",
    "options": [
        {"id": "tide", "text": "The tide is out", "correct": True, "feedback": "Yes, twice a day."},
        {"id": "fog", "text": "There is fog", "correct": False, "feedback": "The fog lifts at noon."},
        {"id": "crew", "text": "The crew is at lunch", "correct": False, "feedback": ""},
    ],
    "explanation": "The harbour dries out.",
}


def problems_of(kind: str, content: Any) -> list[tuple[str, str, str]]:
    """Every problem as (field, code, message), in the order they are told."""
    return [(problem.field, problem.code, problem.message) for problem in question_type(kind).check(content)]


def with_option(content: dict[str, Any], place: int, rows: str = "options", **change: Any) -> dict[str, Any]:
    """The content with one row changed; a part set to None is taken out."""
    changed = [dict(row) for row in content[rows]]
    changed[place] = {name: value for name, value in {**changed[place], **change}.items() if value is not None}
    return {**content, rows: changed}


def without(content: dict[str, Any], *names: str) -> dict[str, Any]:
    """The content without these fields."""
    return {name: value for name, value in content.items() if name not in names}
