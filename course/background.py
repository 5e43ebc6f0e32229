"""What course wants to be told of by the apps below, at start-up."""

from __future__ import annotations

from accounts.domain import awaited
from course.domain.enrolment import hand_on_parts


def register_background_work() -> None:
    """Parts go over to whoever turns out to be the person they were made for."""
    awaited.subscribe(hand_on_parts)
