"""Graded answers of our own invention, in the format that the benchmark reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

THINGS = ("ferry", "tram", "market", "library", "lighthouse", "mill", "bridge", "museum", "school", "harbour")
CAUSES = ("storm", "strike", "flood", "fire", "fog", "festival")


def rows(count: int, *, references: int = 2) -> Iterator[dict[str, Any]]:
    """So many questions, each with right, contradictory and other answers."""
    for number in range(count):
        thing, cause = THINGS[number % len(THINGS)], CAUSES[number % len(CAUSES)]
        other = CAUSES[(number + 1) % len(CAUSES)]
        models = [f"The {cause} closed the {thing} for days.", f"It stayed closed because of the long {cause}."]
        yield {
            "question_id": f"Q{number}",
            "question": f"Why was the {thing} number {number} closed?",
            "references": [{"text": text, "category": "BEST"} for text in models[:references]],
            "answers": [
                {"text": f"because the {cause} closed it for days", "label": "correct"},
                {"text": f"it was closed because of a long {cause}", "label": "correct"},
                {"text": f"the {thing} closed for days, the {cause} was long", "label": "correct"},
                {"text": f"the {cause} did not close it for days", "label": "contradictory"},
                {"text": f"the {other} made people stay at home", "label": "incorrect"},
                {"text": "nobody knows", "label": "incorrect"},
                {"text": f"the {thing} is old", "label": "incorrect"},
            ],
        }


def written(path: Path, count: int = 30, *, references: int = 2) -> Path:
    """A file with so many questions."""
    lines = (json.dumps(row) for row in rows(count, references=references))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
