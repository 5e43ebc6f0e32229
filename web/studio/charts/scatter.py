"""Questions by how hard they are and what they tell: a point for each, in four named quarters. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560, 368
LEFT, RIGHT, TOP, BOTTOM = 40, 560, 40, 320
HIGHEST, LOWEST = 100, -40
EASY = 60
TELLING = 20
FIGURE_WIDTH, LABEL_HEIGHT = 12, 16
"""Room for a figure in the letters of a narrow page."""
SIDES = (
    (10, 5, "start"),
    (-10, 5, "end"),
    (0, -10, "middle"),
    (0, 21, "middle"),
    (7, -7, "start"),
    (-7, -7, "end"),
    (7, 18, "start"),
    (-7, 18, "end"),
)
"""Where a number may stand beside its point, the best place first: how far from it, and how its text is anchored."""
POINT = 7


@dataclass(frozen=True, slots=True)
class Measured:
    """A question with its facility and discrimination, in per cent."""

    number: int
    facility: float
    discrimination: float


@dataclass(frozen=True, slots=True)
class Point:
    """Where it stands; its number is anchored at (`label_x`, `label_y`). One that `is_bad` is a diamond.

    A number that `is_far` is joined to its point by a line.
    """

    number: int
    x: int
    y: int
    label_x: int
    label_y: int
    anchor: str
    is_far: bool
    is_bad: bool


@dataclass(frozen=True, slots=True)
class Scatter:
    """Everything to draw in a view box of `width` by `height`; the lines stand at nothing, telling and easy."""

    points: tuple[Point, ...]
    zero: int
    telling: int
    easy: int
    levels: tuple[tuple[int, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def scatter(questions: Sequence[Measured]) -> Scatter:
    """The chart of these questions, by number. A discrimination below the lowest line is drawn on it.

    Numbers stand on no point and on no other number where there is room for that.
    """
    places = [(_x(each.facility), _y(each.discrimination)) for each in questions]
    taken = [_Box(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in places]
    points = []
    for each, (x, y) in sorted(zip(questions, places, strict=True), key=lambda pair: pair[0].number):
        label_x, label_y, anchor = _label(each.number, x, y, taken)
        taken.append(_box(each.number, label_x, label_y, anchor))
        is_far = label_y - y > SIDES[3][1]
        points.append(Point(each.number, x, y, label_x, label_y, anchor, is_far, each.discrimination < 0))
    levels = tuple((_y(level), f"{level}".replace("-", "−")) for level in (HIGHEST, TELLING, 0, LOWEST))
    return Scatter(tuple(points), _y(0), _y(TELLING), _x(EASY), levels)


def _label(number: int, x: int, y: int, taken: Sequence[_Box]) -> tuple[int, int, str]:
    """The first place for the number that meets nothing, or else the best place of all."""
    places = list(_places(number, x, y))
    free = (place for place in places if not any(_box(number, *place).meets(other) for other in taken))
    return next(free, places[0])


def _places(number: int, x: int, y: int) -> Iterator[tuple[int, int, str]]:
    """Beside the point as far as the frame reaches, then further below."""
    for right, down, anchor in SIDES:
        box = _box(number, x + right, y + down, anchor)
        if box.left >= LEFT and box.right <= RIGHT:
            yield x + right, y + down, anchor
    for row in range(2, 8):
        yield x, y + 5 + row * LABEL_HEIGHT, "middle"


def _box(number: int, x: int, y: int, anchor: str) -> _Box:
    width = FIGURE_WIDTH * len(str(number))
    left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
    return _Box(left, y - LABEL_HEIGHT + 3, left + width, y + 3)


def _x(facility: float) -> int:
    return round(LEFT + (RIGHT - LEFT) * facility / 100)


def _y(discrimination: float) -> int:
    kept = max(LOWEST, min(HIGHEST, discrimination))
    return round(BOTTOM - (BOTTOM - TOP) * (kept - LOWEST) / (HIGHEST - LOWEST))
