"""A map of a course's concepts: one band for each part, a circle for each concept, lines within a part. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import sqrt

WIDTH = 560
COLUMNS = (140, 305, 470)
BAND = 100
TOP = 36
DIP = 14
LONGEST_LINE = 15
LOW = 0.5
MOST = 30


@dataclass(frozen=True, slots=True)
class Dot:
    """A concept to draw: the number of its part (0 for none), of its questions, and its mastery in [0, 1] or None."""

    term: str
    part: int
    questions: int
    mastery: float | None


@dataclass(frozen=True, slots=True)
class Node:
    """A circle of radius `r` at (x, y), filled to radius `fill` ("" when nothing is known); `lines` is its label."""

    x: int
    y: int
    r: str
    fill: str
    is_low: bool
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ConceptMap:
    """Everything to draw in a view box of `width` by `height`. `left_out` concepts stand in the table only."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[str, ...]
    parts: tuple[tuple[int, str], ...]
    left_out: int


def concept_map(dots: Sequence[Dot]) -> ConceptMap:
    """The map of the concepts, by part and then as given; of many, the thirty with the most questions."""
    kept = sorted(dots, key=lambda dot: -dot.questions)[:MOST]
    in_order = sorted((dot for dot in dots if dot in kept), key=lambda dot: (dot.part or len(dots) + 1000, 0))
    nodes: list[Node] = []
    edges: list[str] = []
    parts: list[tuple[int, str]] = []
    row = 0
    for part, group in groupby(in_order, key=lambda dot: dot.part):
        placed = [_node(dot, index, row) for index, dot in enumerate(group)]
        parts.append((TOP + row * BAND + 5, f"Part {part}" if part else "Elsewhere"))
        edges += [f"M{one.x} {one.y}L{two.x} {two.y}" for one, two in pairwise(placed)]
        nodes += placed
        row += -(-len(placed) // len(COLUMNS))
    height = TOP + max(row, 1) * BAND - DIP
    return ConceptMap(WIDTH, height, tuple(nodes), tuple(edges), tuple(parts), len(dots) - len(kept))


def _node(dot: Dot, index: int, row: int) -> Node:
    line, column = divmod(index, len(COLUMNS))
    # Back and forth like a furrow, so that lines never cross a band.
    column = column if line % 2 == 0 else len(COLUMNS) - 1 - column
    x, y = COLUMNS[column], TOP + (row + line) * BAND + (DIP if column == 1 else 0)
    r = 9 + 4 * sqrt(min(dot.questions, 12))
    fill = "" if dot.mastery is None else f"{(r - 3) * sqrt(dot.mastery):.1f}"
    lines = tuple((round(y + r + 17 + 18 * number), text) for number, text in enumerate(label_lines(dot.term)))
    return Node(x, y, f"{r:.1f}", fill, dot.mastery is not None and dot.mastery < LOW, lines)


def label_lines(term: str) -> list[str]:
    """The term in at most two lines of about fifteen letters, cut with an ellipsis."""
    first, rest = "", term.split()
    while rest and len(f"{first} {rest[0]}") <= LONGEST_LINE:
        first = f"{first} {rest.pop(0)}".strip()
    if not first:
        return [_cut(term)]
    return [first, _cut(" ".join(rest))] if rest else [first]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1].rstrip() + "…"
