"""Numbers as an instructor reads them in messages. Pure."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils.formats import number_format

import language
from language import capital, say


def counted(amount: int, one: str, many: str = "") -> str:
    """ "One question is", "Twelve questions are", "14 questions are": the start of a sentence."""
    return capital(language.counted(amount, one, many))


def exact_percent(fraction: Decimal | None) -> str:
    """ "66.67 %", "85 %" from a fraction, to the places of the gradebook's file; "–" for none."""
    if fraction is None:
        return "–"
    written = f"{round(fraction * 100, 2):f}"
    return number_format(written.rstrip("0").rstrip(".") if "." in written else written) + "\u00a0%"


def waited(time: timedelta) -> str:
    """ "less than an hour", "an hour", "23 hours", "a day", "12 days"."""
    hours = int(time.total_seconds() // 3_600)
    if hours < 1:
        return say("less than an hour")
    if hours < 24:
        return say("an hour") if hours == 1 else say("{count} hours", count=hours)
    return say("a day") if hours < 48 else say("{count} days", count=hours // 24)
