"""What a worker does once it is connected to its broker."""

from __future__ import annotations

from typing import ClassVar

from celery.worker.consumer import Consumer

ONLY_FOR_TIMERS = "celery.worker.consumer.delayed_delivery:DelayedDelivery"


class TimelessConsumer(Consumer):
    """Celery's consumer, but that it prepares no queues for messages that are to come later: there are none here.

    With quorum queues these would be twenty-eight more of them, each kept on several hosts.
    """

    class Blueprint(Consumer.Blueprint):
        default_steps: ClassVar[list[str]] = [
            step for step in Consumer.Blueprint.default_steps if step != ONLY_FOR_TIMERS
        ]
