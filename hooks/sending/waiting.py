"""How long to wait after a try that failed: seconds at first, a day in the end, three days and a half in all."""

from __future__ import annotations

from uuid import UUID

MINUTE, HOUR = 60.0, 3_600.0
STEPS = (
    *(5.0, 5 * MINUTE, 30 * MINUTE),
    *(2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR),
)
"""Seconds after each failed try, as Standard Webhooks recommends them, with a last one a day later."""

MOST_TRIES = len(STEPS) + 1
JITTER = 0.1
LONGEST_ASKED = 24 * HOUR
"""Seconds. An endpoint that asks for more patience with Retry-After is tried again after a day."""


def wait_after(tries: int, *, claim: UUID, asked: float = 0.0) -> float:
    """Seconds until the next try after `tries` failed ones, 1 to MOST_TRIES - 1; at least what the endpoint `asked`.

    Up to a tenth is added by the claim, so that what failed together does not come again together.
    """
    spread = 1 + JITTER * (claim.int % 1_000) / 1_000
    return max(STEPS[tries - 1] * spread, min(asked, LONGEST_ASKED))
