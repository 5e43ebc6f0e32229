"""A ring that fills as things get done. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

RADIUS = 54
AROUND = 2 * pi * RADIUS


@dataclass(frozen=True, slots=True)
class Ring:
    """`dashes` is the stroke-dasharray of the arc in a view box of 128 by 128."""

    done: int
    total: int
    dashes: str


def ring(done: int, total: int) -> Ring:
    """The ring for `done` of `total`; nothing of nothing is an empty ring."""
    share = done / total if total else 0.0
    return Ring(done=done, total=total, dashes=f"{share * AROUND:.1f} {AROUND:.1f}")
