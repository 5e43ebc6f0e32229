"""Numbers, durations and days as a learner reads them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import dateformat

from course.domain.lesson_page import WORDS_A_MINUTE
from language import counted, marked, number, say

ORDINALS = (
    marked("first"),
    marked("second"),
    marked("third"),
    marked("fourth"),
    marked("fifth"),
    marked("sixth"),
    marked("seventh"),
    marked("eighth"),
    marked("ninth"),
    marked("tenth"),
)
ENDINGS = {1: marked("{amount}st"), 2: marked("{amount}nd"), 3: marked("{amount}rd")}
ENDING = marked("{amount}th")


def ordinal(amount: int) -> str:
    """ "first", "tenth", "11th", "21st"; from one on."""
    if amount <= len(ORDINALS):
        return say(ORDINALS[amount - 1])
    return say(ENDING if amount % 100 in (11, 12, 13) else ENDINGS.get(amount % 10, ENDING), amount=amount)


def grader_in_words(name: str) -> str:
    """ "short text, version 3" from "short_text@3"; a name without a version stays as it is."""
    kind, _, version = name.partition("@")
    return say("{grader}, version {version}", grader=kind.replace("_", " "), version=version) if version else name


def some(amount: int) -> str:
    """ "none", "one", "13", as it stands before "of five parts"."""
    return number(amount) if amount else say("none")


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def listed(names: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return say(" and ").join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def duration(seconds: int) -> str:
    """ "40 min", "90 s", "7 min 30 s", "2 h 30 min"."""
    hours, minutes = divmod(seconds // 60, 60)
    if seconds < 120:
        return say("{seconds} s", seconds=seconds)
    if seconds < 600 and seconds % 60:
        return say("{minutes} min {seconds} s", minutes=minutes, seconds=seconds % 60)
    if seconds % 60 or hours < 2:
        return say("{minutes} min", minutes=round(seconds / 60))
    return say("{hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else say("{hours} h", hours=hours)


def points(amount: Decimal | float) -> str:
    """Points without trailing zeros: "2", "1.5"."""
    return f"{Decimal(str(amount)).quantize(Decimal('0.01')):f}".rstrip("0").rstrip(".")


def worth(amount: Decimal | float) -> str:
    """ "two points", "one point", "1.5 points"."""
    whole = int(amount)
    return counted(whole, "point") if amount == whole else say("{amount} points", amount=points(amount))


def percent(fraction: Decimal | float) -> str:
    """ "83 %" from a fraction in [0, 1]; never rounded up to 100."""
    whole = round(fraction * 100)
    return say("{whole} %", whole=min(whole, 99) if fraction < 1 else whole)


def unbroken(sentence: str) -> str:
    """The sentence with every per cent sign on the line of its number."""
    return sentence.replace(" %", "\u00a0%")


def minutes(words: int) -> int:
    """Minutes to read this many words at a careful reader's pace, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def coming_day(at: datetime, *, now: datetime) -> str:
    """The day of a moment to come: "today", "tomorrow", "Thursday", "20 November"; both in the reader's zone."""
    days = (at.date() - now.date()).days
    if days < 2:
        return say("tomorrow") if days == 1 else say("today")
    return dateformat.format(at, "l") if days < 7 else day_and_month(at)


def day_of(at: datetime, *, now: datetime) -> str:
    """A moment as people say it: "Today 13:48", "Yesterday 13:48", "20 November"; both come in the reader's zone."""
    if at.date() == now.date():
        return say("Today {at}", at=f"{at:%H:%M}")
    if at.date() == now.date() - timedelta(days=1):
        return say("Yesterday {at}", at=f"{at:%H:%M}")
    return day_and_month(at) if at.year == now.year else dateformat.format(at, "j F Y")


def day_and_month(at: datetime) -> str:
    """ "20 November", in the zone that the moment comes in."""
    return dateformat.format(at, "j F")


def moment(at: datetime) -> str:
    """ "20 November at 13:48", in the zone that the moment comes in."""
    return say("{day} at {time}", day=day_and_month(at), time=f"{at:%H:%M}")
