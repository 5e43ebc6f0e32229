"""Numbers as people write them, read exactly: signs and digits of any script, grouped thousands, comma or point.

Nothing is ever evaluated. What can be read in two ways is refused with a sentence that says how to write each.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from quizzes.questions.base import InvalidAnswer
from quizzes.questions.signs import INVISIBLE

MAX_FIGURES = 30
MAX_LENGTH = 50
"""Characters of a number, and of a number with its unit."""
MAX_DIGITS = 17
"""Digits of a number that an author may set: as many as a double needs to be told from all others."""
MAX_EXPONENT = 30
"""A number reaches up to 10 to this power, and so far down: arithmetic with it stays cheap and exact."""
EXACT = Context(prec=4 * MAX_EXPONENT, Emax=999_999, Emin=-999_999)

MINUS = dict.fromkeys("−‐‑‒–—－﹣", "-")
POINTS = {"．": ".", "٫": ".", "，": ",", "٬": "'", "’": "'", "＋": "+", "％": "%", "٪": "%"}
SPACES = dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\t", " ")
PLAIN = str.maketrans({**MINUS, **POINTS, **SPACES, **INVISIBLE})

WRITTEN = re.compile(r"(?P<sign>[-+]?) *(?P<figures>[0-9.,' ]*[0-9.,])(?:[eE](?P<power>[-+]?[0-9]{1,3})(?![0-9]))?")
GROUPED = re.compile(r"[0-9]{1,3}(?:([ ',.])[0-9]{3})(?:\1[0-9]{3})*")
PLAIN_NUMBER = re.compile(r"[-+]?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Written:
    """A number and what stood behind it, "" when nothing did."""

    number: Decimal
    unit: str


def written_number(text: str, *, ask: str) -> Written:
    """The number that starts the text, and the rest of it. Raises InvalidAnswer with what to type instead."""
    if len(text) > MAX_LENGTH:
        raise InvalidAnswer(f"This is too long for a number. {ask}")
    plain = in_plain_signs(text)
    found = WRITTEN.match(plain)
    if not found or not any(map(str.isdigit, found["figures"])):
        raise InvalidAnswer(ask)
    if len(found[0].lstrip("+- ")) > MAX_FIGURES:
        raise InvalidAnswer(f"This number is too long. {ask}")
    power = f"e{found['power']}" if found["power"] else ""
    figures = _without_groups(found["figures"].strip().rstrip(".,"), power, ask=ask)
    number = bounded(f"{found['sign']}{figures}{power}")
    if number is None:
        raise InvalidAnswer(f"This number is too large or too small. {ask}")
    return Written(number, plain[found.end() :].strip())


def in_plain_signs(text: str) -> str:
    """The text with the digits, signs and spaces of every script as those of a plain keyboard."""
    return " ".join("".join(map(_ascii_digit, text.translate(PLAIN))).split())


def authored_number(value: Any) -> Decimal | None:
    """The number that an author wrote as JSON or as plain text with a decimal point; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, int) and abs(value) > 10**MAX_EXPONENT:
        return None
    text = value.strip() if isinstance(value, str) else str(value)
    number = bounded(text) if PLAIN_NUMBER.fullmatch(text) else None
    return number if number is not None and len(number.normalize(EXACT).as_tuple().digits) <= MAX_DIGITS else None


def bounded(text: str) -> Decimal | None:
    """The decimal number, None when it is none, not finite, or beyond 10 to the power of 30 or below its inverse."""
    try:
        number = EXACT.create_decimal(text)
    except (InvalidOperation, ValueError):
        return None
    return number if not number or (number.is_finite() and abs(number.adjusted()) <= MAX_EXPONENT) else None


def in_figures(number: Decimal) -> str:
    """The number in plain figures with a decimal point, without zeros that say nothing."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def as_typed(number: Decimal) -> str:
    """The number as it can be typed and is read in one way only."""
    figures = in_figures(number)
    # A unit has to fit behind it.
    if len(figures) < MAX_FIGURES:
        return _unmistakable(figures)
    figures, _, power = f"{number.normalize(EXACT):e}".partition("e")
    return f"{_unmistakable(figures)}e{power}"


def _unmistakable(figures: str) -> str:
    """The figures so that their point is none between thousands."""
    return f"{figures}0" if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", figures) else figures


def _ascii_digit(character: str) -> str:
    digit = unicodedata.decimal(character, None) if character > "\x7f" else None
    return character if digit is None else str(digit)


def _without_groups(figures: str, power: str, *, ask: str) -> str:
    """The figures with a decimal point and no other sign. Raises InvalidAnswer where they can be read in two ways."""
    if figures.isdigit():
        return figures
    whole, mark, rest = _cut_at_decimals(figures)
    if mark and not whole.strip("0") and rest.isdigit() and len(whole) <= 1:
        return f"0.{rest}"
    if mark and rest.isdigit() and whole.isdigit():
        if len(rest) == 3 and len(whole) <= 3:
            either = f"Type {whole}{rest}{power} for the one, {whole}.{rest}0{power} for the other."
            raise InvalidAnswer(f"“{figures}{power}” can be read in two ways. {either}")
        return f"{whole}.{rest}"
    if mark and rest.isdigit() and _is_grouped(whole, beside=mark):
        return f"{_joined(whole)}.{rest}"
    if _is_grouped(figures, beside=""):
        return _joined(figures)
    raise InvalidAnswer(f"“{figures}” cannot be read as one number. {ask}")


def _cut_at_decimals(figures: str) -> tuple[str, str, str]:
    """Cut at the last comma or point; the mark is "" where that sign comes more than once, and so groups thousands."""
    mark = max(".,", key=figures.rfind)
    if figures.count(mark) != 1:
        return figures, "", ""
    whole, _, rest = figures.partition(mark)
    return whole, mark, rest


def _is_grouped(figures: str, *, beside: str) -> bool:
    """Whether one sign, another than the decimals', parts the figures into thousands."""
    found = GROUPED.fullmatch(figures)
    return found is not None and found[1] != beside


def _joined(figures: str) -> str:
    return re.sub(r"[^0-9]", "", figures)
