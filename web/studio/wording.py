"""Numbers as an instructor reads them in messages. Pure."""

from __future__ import annotations

WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def counted(amount: int, one: str, many: str = "") -> str:
    """ "One question is", "Twelve questions are", "14 questions are": the start of a sentence."""
    number = WORDS[amount] if 0 <= amount < len(WORDS) else str(amount)
    return f"{number} {one if amount == 1 else many or one + 's'}"
