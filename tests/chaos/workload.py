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


class Workload(Protocol):
    """One kind of work that can be submitted and counted. Made in a process where Django is set up."""

    def submit(self, *, mode: str, seconds: float) -> None:
        """One more submission is committed. `mode` "sleep" takes `seconds` to grade; others are workload-specific."""

    def tally(self) -> Tally:
        """What has become of all submissions so far."""

    def forget_all(self) -> None:
        """There is no submission, and no job, any more."""
