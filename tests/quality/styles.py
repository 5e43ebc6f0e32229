"""Reads style sheets as far as sides go: what names left or right stands still while a page is mirrored."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"(?<=[{;])\s*(?P<name>[a-z-]+)\s*:\s*(?P<value>[^;{}]+)(?=[;}])")
SIDE = re.compile(r"\b(?:left|right)\b")
OF_FOUR_SIDES = re.compile(r"^(?:margin|padding|inset|border-(?:width|style|color)|scroll-(?:margin|padding))$")
INNERMOST = re.compile(r"\([^()]*\)")

MOVING = re.compile(r"(?<=[{;])\s*((?:transition|animation|scroll-behavior)(?:-[a-z]+)*)\s*:\s*([^;{}]+)")
WHERE_MOTION_IS_WANTED = re.compile(r"@media \(prefers-reduced-motion: no-preference\) {((?:[^{}]|{[^{}]*})*)}")
DURATION = re.compile(r"(\d*\.?\d+)(m?s)\b")
LONGEST_MOTION = 200
"""Milliseconds."""


def style_sheets() -> list[Path]:
    """Every style sheet of our own."""
    return sorted((ROOT / "static").glob("*.css"))


def sided_in(source: str) -> list[str]:
    """The declarations of a style sheet that name a side, or give one another value than its opposite."""
    bare = REMARK.sub("", source)
    told = [(found["name"], found["value"].strip()) for found in DECLARATION.finditer(bare)]
    return [f"{name}: {value}" for name, value in told if _is_sided(name, value)]


def _is_sided(name: str, value: str) -> bool:
    if SIDE.search(name.replace("-", " ")) or SIDE.search(value):
        return True
    sides = _parts(value) if OF_FOUR_SIDES.match(name) else []
    return len(sides) == 4 and sides[1] != sides[3]


def _parts(value: str) -> list[str]:
    """The parts of a value between its spaces, those within brackets aside."""
    while INNERMOST.search(value):
        value = INNERMOST.sub(lambda found: re.sub(r"\s", "", found[0]).translate(_CLOSED), value)
    return value.split()


_CLOSED = str.maketrans("()", "⟨⟩")


def moving_in(source: str) -> list[str]:
    """What moves where somebody wants less motion, or for longer than motion may last."""
    bare = REMARK.sub("", source)
    anyway = [f"{name}: {value.strip()}" for name, value in MOVING.findall(WHERE_MOTION_IS_WANTED.sub("", bare))]
    wanted = [found for block in WHERE_MOTION_IS_WANTED.findall(bare) for found in MOVING.findall(block)]
    return [*anyway, *(f"{name}: {value.strip()}" for name, value in wanted if _longest(value) > LONGEST_MOTION)]


def _longest(value: str) -> float:
    told = [float(amount) * (1 if unit == "ms" else 1000) for amount, unit in DURATION.findall(value)]
    return max(told, default=0)
