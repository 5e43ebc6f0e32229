"""Numbers as an instructor reads them in messages. Pure."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def counted(amount: int, one: str, many: str = "") -> str:
    """ "One question is", "Twelve questions are", "14 questions are": the start of a sentence."""
    number = WORDS[amount] if 0 <= amount < len(WORDS) else str(amount)
    return f"{number} {one if amount == 1 else many or one + 's'}"


def exact_percent(fraction: Decimal | None) -> str:
    """ "66.67 %", "85 %" from a fraction, to the places of the gradebook's file; "–" for none."""
    return "–" if fraction is None else f"{round(fraction * 100, 2):f}".rstrip("0").rstrip(".") + "\u00a0%"


def waited(time: timedelta) -> str:
    """ "less than an hour", "an hour", "23 hours", "a day", "12 days"."""
    hours = int(time.total_seconds() // 3_600)
    if hours < 1:
        return "less than an hour"
    if hours < 24:
        return "an hour" if hours == 1 else f"{hours} hours"
    return "a day" if hours < 48 else f"{hours // 24} days"
