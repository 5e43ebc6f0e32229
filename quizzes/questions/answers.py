"""Hygiene of what learners send: plain strings out, or InvalidAnswer with a sentence that says what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Container, Mapping, Sequence
from typing import Any

from quizzes.questions.base import InvalidAnswer
from quizzes.questions.signs import is_blank

MAX_TEXT = 4_000
"""Characters of one text answer, after composition (NFC)."""
MAX_PARTS = 200
"""Options, sentences or gaps that one answer may name."""


def is_storable(text: str) -> bool:
    """Whether every database can store the text: no NUL, no lone surrogate (PostgreSQL refuses both in JSON)."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def answer_text(data: Any, *, ask: str, most: int = MAX_TEXT) -> str:
    """One text in NFC without outer whitespace, of at most `most` characters; a form's list of one is its only member.

    Raises InvalidAnswer with `ask` when there is nothing to be seen in it, else with what is wrong.
    """
    text = _only_member(data)
    if text is None:
        raise InvalidAnswer(ask)
    if not isinstance(text, str):
        raise InvalidAnswer(f"Send the answer as text. {ask}")
    if len(text) > most:
        raise InvalidAnswer(f"The answer is too long. Shorten it to {most:,} characters.")
    if not is_storable(text):
        raise InvalidAnswer("The answer holds characters that cannot be stored. Type it again without them.")
    return _composed(text, ask=ask, most=most)


def one_of(data: Any, known: Container[str], *, ask: str) -> str:
    """One known id. Raises InvalidAnswer, also for an id that is not part of the question."""
    choice = answer_text(data, ask=ask)
    if choice not in known:
        raise InvalidAnswer(f"That choice is not part of this question. {ask}")
    return choice


def some_of(data: Any, known: Container[str], *, ask: str) -> list[str]:
    """Known ids, each once, sorted: neither the order of clicking nor that of authoring shows in what is stored."""
    if data is None or isinstance(data, str):
        data = [data] if data else []
    if not isinstance(data, list | tuple):
        raise InvalidAnswer(f"Send the choices as a list. {ask}")
    if len(data) > MAX_PARTS:
        raise InvalidAnswer(f"These are too many choices. {ask}")
    if not data:
        raise InvalidAnswer(ask)
    if not all(isinstance(each, str) for each in data):
        raise InvalidAnswer(f"Send each choice by its id. {ask}")
    return sorted({one_of(each, known, ask=ask) for each in data})


def texts_by_id(data: Any, known: Container[str], *, ask: str, part: str = "gap") -> dict[str, str]:
    """The filled parts of an answer, by known id; blank ones are left out. Raises InvalidAnswer when none is filled.

    `part` is what the sentences call a part.
    """
    if data is None or data == "" or data == [] or data == {}:
        raise InvalidAnswer(ask)
    if not isinstance(data, Mapping):
        raise InvalidAnswer(f"Send one text for each {part}, named by the {part}. {ask}")
    if len(data) > MAX_PARTS:
        raise InvalidAnswer(f"These are too many {part}s. {ask}")
    if not all(isinstance(name, str) and name in known for name in data):
        raise InvalidAnswer(f"One of the {part}s is not part of this question. {ask}")
    filled = {name: answer_text(text, ask=ask) for name, text in data.items() if not _is_blank(text)}
    if not filled:
        raise InvalidAnswer(ask)
    return filled


def all_in_order(data: Any, known: Collection[str], *, ask: str) -> list[str]:
    """Every known id once, in the order given. Raises InvalidAnswer with what still stands in the way.

    Half an order is kept as a list of places: "" is an empty place, and ids that share one stand in it side by side.
    """
    if data is None or isinstance(data, str):
        data = [data] if data else []
    if not isinstance(data, list | tuple) or not all(isinstance(place, str) for place in data):
        raise InvalidAnswer(f"Send the order as a list of ids. {ask}")
    if len(data) > MAX_PARTS:
        raise InvalidAnswer(f"These are too many places. {ask}")
    places = [place.split() for place in data]
    named = [name for place in places for name in place]
    if any(name not in known for name in named):
        raise InvalidAnswer(f"One of the steps is not part of this question. {ask}")
    _refuse_half_an_order(places, named, len(known), ask=ask)
    return named


def _refuse_half_an_order(places: Sequence[Sequence[str]], named: Sequence[str], wanted: int, *, ask: str) -> None:
    shared = [number for number, place in enumerate(places, start=1) if len(place) > 1]
    if shared:
        raise InvalidAnswer(f"Two steps stand at place {shared[0]}. Give each a place of its own.")
    if len(set(named)) < len(named):
        raise InvalidAnswer("One step stands at two places. Give each step one place.")
    if not named:
        raise InvalidAnswer(ask)
    if len(named) < wanted:
        raise InvalidAnswer(f"Steps without a place: {wanted - len(named)}. {ask}")


def _composed(text: str, *, ask: str, most: int) -> str:
    composed = unicodedata.normalize("NFC", text).strip()
    if is_blank(composed):
        raise InvalidAnswer(ask)
    if len(composed) > most:
        raise InvalidAnswer(f"The answer is too long. Shorten it to {most:,} characters.")
    return composed


def _only_member(data: Any) -> Any:
    if isinstance(data, list | tuple) and len(data) < 2:
        return data[0] if data else None
    return data


def _is_blank(data: Any) -> bool:
    text = _only_member(data)
    return text is None or (isinstance(text, str) and is_storable(text) and is_blank(text))
