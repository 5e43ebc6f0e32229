from __future__ import annotations

from importlib import import_module

from celery.worker.consumer import Consumer
from django.conf import settings

from config.consuming import TimelessConsumer


def test_a_worker_prepares_nothing_for_messages_that_come_later() -> None:
    steps, usual = (set(kind.Blueprint.default_steps) for kind in (TimelessConsumer, Consumer))
    assert usual - steps == {"celery.worker.consumer.delayed_delivery:DelayedDelivery"}
    assert steps < usual


def test_workers_are_told_to_use_it() -> None:
    module, _, name = settings.CELERY_WORKER_CONSUMER.partition(":")
    assert getattr(import_module(module), name) is TimelessConsumer
