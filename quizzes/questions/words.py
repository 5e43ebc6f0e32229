"""What a person reads in a question, as words to search by. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.questions.signs import DASHES, QUOTES

GAP = re.compile(r"\{\{.*?\}\}")
STRAIGHT = str.maketrans({**QUOTES, **DASHES})
BESIDE_THE_ASKING = frozenset({"explanation", "hints", "feedback"})
"""What is said about a question and is no part of what is asked."""


def folded(text: str) -> str:
    """The text without the differences that a search does not ask for: case, spaces, kinds of quotes and dashes."""
    plain = unicodedata.normalize("NFKC", text).translate(STRAIGHT).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def search_text(content: Any) -> str:
    """Every text of the content, folded, one on each line; ids and names of gaps are left out. Never raises."""
    return _lines(content, without=frozenset())


def asked_text(content: Any) -> str:
    """As search_text, without explanation, hints and feedback: what two questions are compared by."""
    return _lines(content, without=BESIDE_THE_ASKING)


def _lines(content: Any, *, without: frozenset[str]) -> str:
    ids = {text for name, text in _texts(content, frozenset(), "") if name == "id"}
    found = (GAP.sub(" … ", text) for name, text in _texts(content, without, "") if name != "id" and text not in ids)
    return "\n".join(line for text in found if (line := folded(text)))


def _texts(value: Any, without: frozenset[str], name: str) -> Iterator[tuple[str, str]]:
    """Every text in the content with the name it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in without:
                yield from _texts(each, without, str(key))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, without, name)
