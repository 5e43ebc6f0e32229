"""Numbers and durations as a learner reads them. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from course.domain.lesson_page import WORDS_A_MINUTE

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(amount: int) -> str:
    """ "one", "twelve", "13"."""
    return WORDS[amount] if 0 <= amount < len(WORDS) else str(amount)


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(amount: int) -> str:
    """ "first", "tenth", "11th", "21st"; from one on."""
    if amount <= len(ORDINALS):
        return ORDINALS[amount - 1]
    ending = "th" if amount % 100 in (11, 12, 13) else ENDINGS.get(amount % 10, "th")
    return f"{amount}{ending}"


def some(amount: int) -> str:
    """ "none", "one", "13", as it stands before "of five parts"."""
    return number(amount) if amount else "none"


def counted(amount: int, one: str, many: str = "") -> str:
    """ "one question", "ten questions", "14 questions"."""
    return f"{number(amount)} {one if amount == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def listed(names: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def duration(seconds: int) -> str:
    """ "40 min", "90 s", "2 h 30 min"."""
    hours, minutes = divmod(seconds // 60, 60)
    if seconds < 120 or seconds % 60:
        return f"{seconds} s" if seconds < 600 else f"{round(seconds / 60)} min"
    if hours >= 2:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{seconds // 60} min"


def points(amount: Decimal | float) -> str:
    """Points without trailing zeros: "2", "1.5"."""
    return f"{Decimal(str(amount)).quantize(Decimal('0.01')):f}".rstrip("0").rstrip(".")


def worth(amount: Decimal | float) -> str:
    """ "two points", "one point", "1.5 points"."""
    whole = int(amount)
    return counted(whole, "point") if amount == whole else f"{points(amount)} points"


def capital(text: str) -> str:
    """The text with its first letter upper case; the rest stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def percent(fraction: Decimal | float) -> str:
    """ "83 %" from a fraction in [0, 1]; never rounded up to 100."""
    whole = round(fraction * 100)
    return f"{min(whole, 99) if fraction < 1 else whole} %"


def minutes(words: int) -> int:
    """Minutes to read this many words at a careful reader's pace, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def day_of(at: datetime, *, now: datetime) -> str:
    """A moment as people say it: "Today 13:48", "Yesterday 13:48", "20 November"; both come in the reader's zone."""
    if at.date() == now.date():
        return f"Today {at:%H:%M}"
    if at.date() == now.date() - timedelta(days=1):
        return f"Yesterday {at:%H:%M}"
    return f"{at:%-d %B}" if at.year == now.year else f"{at:%-d %B %Y}"
