"""Moving rows of a form that was sent: a button of the page moves one, without any script. Nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

STEPS = {"up": -1, "down": 1}
MOVE = re.compile(r"(up|down|out|more) ([a-z_]+) (\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class RowMove:
    """What a button of a row asks: `step` is up, down, out or more, `index` the row's number in the form, from 0."""

    step: str
    field: str
    index: int


def row_move(pressed: str) -> RowMove | None:
    """The move that a button such as "up options 2" asks; None for any other button."""
    found = MOVE.fullmatch(pressed)
    return RowMove(found[1], found[2], int(found[3])) if found else None


def moved(sent: Mapping[str, str], move: RowMove) -> dict[str, str]:
    """The form as if its rows had been written in the new order; a row moved over the edge stays where it is."""
    if move.step == "more":
        return dict(sent)
    if move.step == "out":
        return {name: value for name, value in sent.items() if not name.startswith(f"{move.field}-{move.index}-")}
    other = move.index + STEPS[move.step]
    if other < 0:
        return dict(sent)
    places = {str(move.index): str(other), str(other): str(move.index)}
    return dict(_placed(name, value, move.field, places) for name, value in sent.items())


def _placed(name: str, value: str, field: str, places: Mapping[str, str]) -> tuple[str, str]:
    """A cell of a row under the row's new number; a choice among the rows with the new number of what it chose."""
    if not name.startswith(f"{field}-"):
        return name, value
    row, is_cell, column = name.removeprefix(f"{field}-").partition("-")
    if is_cell and row.isdigit():
        return f"{field}-{places.get(row, row)}-{column}", value
    return name, places.get(value, value)
