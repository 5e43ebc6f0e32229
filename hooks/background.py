"""What hooks does in the background, told to `jobs` at start-up."""

from __future__ import annotations

import jobs.domain as jobs
from hooks.domain.deliveries import deliver, forget_old_deliveries, give_up_delivery, record_sent
from hooks.domain.kinds import DELIVER
from hooks.sending import MOST_TRIES


def register_background_work() -> None:
    """Each delivery is a job of its own, tried for days; the sweeper forgets old ones."""
    jobs.register(DELIVER, work=deliver, record=record_sent, on_give_up=give_up_delivery, max_tries=MOST_TRIES)
    jobs.register_sweep(forget_old_deliveries)
