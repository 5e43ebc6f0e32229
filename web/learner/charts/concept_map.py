"""A map of a course's concepts: one band for each part, a circle for each concept, lines within a part. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, sqrt

from language import say

WIDTH = 560
LEFT = 130
RIGHT = 490
TOP = 34
BAND = 100
DIP = 56
IN_A_ROW = 4
LONGEST_LINE = 15
LARGEST = 20
LINE_EM = 1.25
LOW = 0.5
MOST = 24


@dataclass(frozen=True, slots=True)
class Dot:
    """A concept to draw: the number of its part (0 for none), of its questions, how known it is (in [0, 1] or None)."""

    term: str
    part: int
    questions: int
    known: float | None


@dataclass(frozen=True, slots=True)
class Node:
    """A circle of radius `r` at (x, y), filled to radius `fill` ("" when nothing is known).

    `lines` is its label, which hangs from `label` by lines of LINE_EM: letters are larger where there is little room.
    """

    x: int
    y: int
    r: str
    fill: str
    is_low: bool
    label: int
    lines: tuple[str, ...]

    @property
    def bottom(self) -> int:
        """Where its label ends at the latest."""
        return self.label + ceil((len(self.lines) + 0.3) * LINE_EM * LARGEST)


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
    """The map of the concepts, by part and then as given; of many, the two dozen with the most questions."""
    kept = sorted(sorted(range(len(dots)), key=lambda place: -dots[place].questions)[:MOST])
    in_order = sorted((dots[place] for place in kept), key=lambda dot: (not dot.part, dot.part))
    nodes: list[Node] = []
    edges: list[str] = []
    parts: list[tuple[int, str]] = []
    top = TOP
    for part, group in groupby(in_order, key=lambda dot: dot.part):
        placed = list(_placed(list(group), top))
        parts.append((top + 5, say("Part {part}", part=part) if part else say("Elsewhere")))
        edges += [f"M{one.x} {one.y}L{two.x} {two.y}" for one, two in pairwise(placed)]
        nodes += placed
        top = max(node.y for node in placed) + BAND
    lowest = max((node.bottom for node in nodes), default=TOP)
    return ConceptMap(WIDTH, lowest, tuple(nodes), tuple(edges), tuple(parts), len(dots) - len(kept))


def _placed(dots: Sequence[Dot], top: int) -> Iterator[Node]:
    """Up to three stand side by side; more go up and down, so that labels on one height are far enough apart."""
    for index, dot in enumerate(dots):
        row, place = divmod(index, IN_A_ROW)
        in_row = min(IN_A_ROW, len(dots) - row * IN_A_ROW)
        step = (RIGHT - LEFT) / max(2, in_row - 1)
        # Every second row runs back, so that no line crosses the whole band.
        x = RIGHT - place * step if row % 2 else LEFT + place * step
        dip = DIP if in_row > 3 else 12
        yield _node(dot, round(x), top + row * (BAND + DIP) + (dip if place % 2 else 0))


def _node(dot: Dot, x: int, y: int) -> Node:
    r = 9 + 4 * sqrt(min(dot.questions, 12))
    fill = "" if dot.known is None else f"{(r - 3) * sqrt(dot.known):.1f}"
    is_low = dot.known is not None and dot.known < LOW
    return Node(x, y, f"{r:.1f}", fill, is_low, ceil(y + r + 2), tuple(label_lines(dot.term)))


def label_lines(term: str) -> list[str]:
    """The term in at most two lines of about fifteen letters, cut with an ellipsis."""
    first, rest = "", term.split()
    while rest and len(f"{first} {rest[0]}") <= LONGEST_LINE:
        first = f"{first} {rest.pop(0)}".strip()
    if not first and rest:
        first = _cut(rest.pop(0))
    return [first, _cut(" ".join(rest))] if rest else [first]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1].rstrip() + "…"
