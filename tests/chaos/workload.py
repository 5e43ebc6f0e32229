"""What the chaos driver needs to know of the work it disturbs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Tally:
    """N submissions are to end as N grades, no duplicate, none open; a poisonous one as given up instead."""

    submitted: int
    graded: int
    duplicates: int
    given_up: int
    runs: int

    @property
    def open(self) -> int:
        return self.submitted - self.graded - self.given_up

    def as_json(self) -> dict[str, int]:
        return asdict(self)

    def __str__(self) -> str:
        ended = f"{self.submitted} submitted, {self.graded} graded, {self.given_up} given up, {self.open} open"
        return f"{ended}, {self.duplicates} twice"


def in_words(tally: Tally, seconds: float) -> str:
    """What a tally comes to, so long after the last fault."""
    return f"{tally.open} of {tally.submitted} lost, {tally.duplicates} twice, the last after {seconds:.0f} s"


class Workload(Protocol):
    """One kind of work that can be submitted and counted. Made in a process where Django is set up."""

    def submit(self, *, mode: str, seconds: float) -> None:
        """One more submission is committed. `mode` "sleep" takes `seconds` to grade; others are workload-specific."""

    def tally(self) -> Tally:
        """What has become of all submissions so far."""

    def clocks(self) -> list[float]:
        """What time it was for whoever graded, at each run; none where that is not kept."""

    def forget_all(self) -> None:
        """There is no submission, and no job, any more."""
