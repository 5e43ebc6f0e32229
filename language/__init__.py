"""Sentences for people, in the language of whoever reads them. Pure, and below every other package.

Sentences stand in the code in English, whole, with names in braces for what is filled in, so that a translation may
put them in another order. `python -m tests.messages` gathers them for `locale/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

LANGUAGES = (("en", "English"), ("fr", "Français"))
"""What Postil is said in, by their codes: English stands in the code, the others in `locale/`."""
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
LEAST_OF_ITS_OWN = 8
"""A message with fewer letters of its own is not recognised in a text: it would be found in anything."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who knows the reader's language: its code, a message in it, the form for an amount, and all of its messages."""

    code: Callable[[], str]
    one: Callable[[str], str]
    counted: Callable[[str, str, int], str]
    messages: Callable[[], Iterable[str]]


ENGLISH = Speaker(lambda: "en", str, lambda one, several, amount: one if amount == 1 else several, tuple)
_speaker = ENGLISH


def speak_with(speaker: Speaker) -> None:
    """From now on every sentence of this process is said by this one."""
    global _speaker  # noqa: PLW0603 -- a process speaks through one mouth
    _speaker = speaker


def speaker() -> Speaker:
    """Who says the sentences here."""
    return _speaker


def marked(message: str) -> str:
    """The message as it is: it is said later, and gathered for translation now."""
    return message


def say(message: str, **values: object) -> str:
    """The message in the reader's language, each name in braces replaced by its value; "" stays "".

    Braces are looked at only where there are values.
    """
    said = speaker().one(message) if message else ""
    return said.format(**values) if values else said


def again(text: str) -> str:
    """A sentence that was stored in English, in the reader's language; what is none of ours stays as it is.

    A message with values is recognised by what it says around them; the one that says most wins. A message in small
    letters is found at the beginning of a sentence too.
    """
    said_by = speaker()
    code = said_by.code()
    return text if code == "en" or not text else _again(said_by, code, text)


@lru_cache(maxsize=4096)
def _again(said_by: Speaker, code: str, text: str) -> str:
    said = said_by.one(text)
    if said == text and text[:1].isupper():
        said = capital(said_by.one(f"{text[:1].lower()}{text[1:]}"))
    if said != text:
        return said
    for message, pattern in _recognised(said_by, code):
        found = pattern.fullmatch(text)
        if found:
            return say(message, **{name: _again(said_by, code, value) for name, value in found.groupdict().items()})
    return text


@lru_cache(maxsize=8)
def _recognised(said_by: Speaker, _code: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The messages with values, those that say most first, and what a text looks like that says each of them."""
    with_values = [message for message in said_by.messages() if _NAME.search(message)]
    of_their_own = {message: len(_NAME.sub("", message)) for message in with_values}
    told = [message for message in with_values if of_their_own[message] >= LEAST_OF_ITS_OWN]
    return tuple((message, _pattern(message)) for message in sorted(told, key=of_their_own.__getitem__, reverse=True))


_NAME = re.compile(r"\{(\w+)\}")


def _pattern(message: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts = []
    for place, part in enumerate(_NAME.split(message)):
        parts.append(re.escape(part) if place % 2 == 0 else f"(?P={part})" if part in seen else f"(?P<{part}>.+?)")
        seen |= {part} if place % 2 else set()
    return re.compile("".join(parts), re.DOTALL)


def counted(amount: int, thing: str, things: str = "") -> str:
    """ "no questions", "one question", "ten questions", "14 questions"; `things` is `thing` with an s unless given."""
    things = things or f"{thing}s"
    if amount == 0:
        return say(f"no {things}")
    return speaker().counted(f"one {thing}", f"{{count}} {things}", amount).format(count=number(amount))


COUNTED_ALIKE = (1, 2, 0, 3, 8, 11, 100)
"""Numbers of which each language says every one of its forms at least once; all forms of whole numbers, not of many."""


def forms(one: str, several: str) -> str:
    """Every form of the message, for a script that counts: each behind a number that it is said of, "1:…|2:…"."""
    found: dict[str, int] = {}
    for amount in COUNTED_ALIKE:
        found.setdefault(speaker().counted(one, several, amount), amount)
    return "|".join(f"{amount}:{form}" for form, amount in found.items())


NUMBERS = (
    marked("no"),
    marked("one"),
    marked("two"),
    marked("three"),
    marked("four"),
    marked("five"),
    marked("six"),
    marked("seven"),
    marked("eight"),
    marked("nine"),
    marked("ten"),
    marked("eleven"),
    marked("twelve"),
)


def number(amount: int) -> str:
    """ "one", "twelve", "13"."""
    return say(NUMBERS[amount]) if 0 <= amount < len(NUMBERS) else str(amount)


def capital(text: str) -> str:
    """The text with its first letter upper case; the rest stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"
