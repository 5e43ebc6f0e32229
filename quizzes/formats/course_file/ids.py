"""Ids on their way into a file: none where nothing names them, plain ones where something does."""

from __future__ import annotations

from typing import Any

from quizzes.questions import question_type
from quizzes.questions.base import Content


def without_ids(kind: str, content: Content) -> dict[str, Any]:
    """The content as a file writes it: rows without ids, or with g1, g2 … where the rest of the content names them.

    `with_fresh_ids` gives ids back on import. Content without rows comes back as it is. Raises UnknownKind.
    """
    question = question_type(kind)
    rows = content.get(question.id_rows) if question.id_rows else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return dict(content)
    probe = question.with_ids(content, [f"probe-{number}" for number in range(len(rows))])
    if _rest(probe, question.id_rows) != _rest(content, question.id_rows):
        return dict(question.with_ids(content, [f"g{number}" for number in range(1, len(rows) + 1)]))
    bare = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    return {**content, question.id_rows: bare}


def _rest(content: Content, rows: str) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != rows}
