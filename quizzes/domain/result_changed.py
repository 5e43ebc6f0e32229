"""Telling upper apps that a learner's result changed: they subscribe once, at start-up."""

from __future__ import annotations

from collections.abc import Callable

from quizzes.models import Attempt

Subscriber = Callable[[Attempt], None]
_subscribers: list[Subscriber] = []


def subscribe(subscriber: Subscriber) -> None:
    """`subscriber` is called inside the transaction that recorded a grade; it may only enqueue a job there."""
    if subscriber not in _subscribers:
        _subscribers.append(subscriber)


def tell(attempt: Attempt) -> None:
    """Every subscriber has heard of the attempt."""
    for subscriber in _subscribers:
        subscriber(attempt)
