"""What of an answer may be stored: hygiene at the door, the same on both databases. Pure."""

from __future__ import annotations

import json
import math
from typing import Any

from quizzes.errors import AnswerTooLarge, UnkeepableAnswer

MAX_CHARACTERS = 20_000
"""Of the answer as JSON: twice what the longest kind of answer may have, in whatever script."""
MAX_DEPTH = 20
LARGEST = 10**30


def keepable(raw: Any) -> Any:
    """The raw answer itself when it can be stored as JSON.

    Raises AnswerTooLarge over 20,000 characters of JSON, UnkeepableAnswer for NUL, lone surrogates, NaN, infinity,
    anything that is not JSON, and nesting deeper than 20. Nothing is silently changed: what is kept is what was sent.
    """
    _check(raw, MAX_DEPTH)
    if len(json.dumps(raw, ensure_ascii=False)) > MAX_CHARACTERS:
        raise AnswerTooLarge
    return raw


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise UnkeepableAnswer
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int | float):
        _check_number(value)
    elif isinstance(value, dict):
        for key, member in value.items():
            _check_text(key)
            _check(member, depth - 1)
    elif isinstance(value, list):
        for member in value:
            _check(member, depth - 1)
    elif value is not None:
        raise UnkeepableAnswer


def _check_number(number: float) -> None:
    # Its size comes first: an integer too large for a float cannot be asked whether it is finite.
    if abs(number) > LARGEST or not math.isfinite(number):
        raise UnkeepableAnswer


def _check_text(text: Any) -> None:
    if not isinstance(text, str) or "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise UnkeepableAnswer


def is_empty(answer: Any) -> bool:
    """Whether nothing was answered: no value, blank text, an empty list, or only such values."""
    if answer is None:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, dict):
        return all(is_empty(member) for member in answer.values())
    return isinstance(answer, list) and not answer
