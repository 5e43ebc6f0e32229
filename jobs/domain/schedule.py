"""The periods of background work, with the product's defaults; `settings.JOB_SCHEDULE` overrides single ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """All in seconds unless the name says otherwise.

    Sources: a lease of twice the 99th percentile of grading and at least a minute, a hint age of 30 and a sweep every
    10 seconds keep the worst recovery near 75 seconds and the usual one under 45.
    """

    lease: float | None = None
    backoff: tuple[float, ...] = (10.0, 60.0, 300.0)
    hint_age: float = 30.0
    hint_timeout: float = 0.4
    hint_pause: float = 10.0
    sweep_period: float = 10.0
    inline_after: float = 60.0
    batch: int = 500
    keep_days: float = 7.0

    def wait_after(self, tries: int) -> float:
        """Seconds until the next try after `tries` failed ones (1 or more); the last step repeats."""
        return self.backoff[min(tries, len(self.backoff)) - 1]


def schedule() -> Schedule:
    """The schedule in force: the defaults with the fields named in `settings.JOB_SCHEDULE` replaced."""
    chosen = dict(getattr(settings, "JOB_SCHEDULE", {}))
    if "backoff" in chosen:
        chosen["backoff"] = tuple(chosen["backoff"])
    return Schedule(**chosen)
