"""The author's form as a browser sends it back."""

from __future__ import annotations

from collections.abc import Sequence

from web.studio.question_form import AskedField


def untouched(fields: Sequence[AskedField]) -> dict[str, str]:
    """Every field of the form, nothing changed: what is not ticked or chosen is not sent."""
    sent: dict[str, str] = {}
    for asked in fields:
        sent[asked.field.name] = str(asked.value)
        for row in asked.rows:
            for cell in row.cells:
                is_ticked = cell.value == "true"
                if cell.column.shape == "one" and is_ticked:
                    sent[f"{asked.field.name}-{cell.column.name}"] = str(row.index)
                elif cell.column.shape not in ("boolean", "one") or is_ticked:
                    sent[cell.html_name] = str(cell.value)
    return sent
