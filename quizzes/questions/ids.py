"""Ids for options, gaps and sentences from which nothing can be read: not order, place, length or correctness."""

from __future__ import annotations

from hashlib import sha256
from itertools import count as counted

from quizzes.questions.base import Content
from quizzes.questions.registry import question_type

LETTERS = "bcdfghjkmnpqrstvwxyz"
"""Without vowels and l: no id spells a word or is taken for a digit."""
DIGITS = "23456789"
ROOM_FOR_EACH = 8
"""At least so many possible ids for each one drawn, so that a draw seldom collides."""


def opaque_ids(count: int, seed: str) -> list[str]:
    """`count` different short ids such as "x7q", all of one length; the same count and seed give the same ids.

    Each is drawn from a hash of the seed, so that neither its place nor what it names shows in it. A seed that
    learners cannot guess keeps them from drawing the list again.
    """
    width = _width(count)
    drawn: dict[str, None] = {}
    for number in counted():
        if len(drawn) >= count:
            return list(drawn)
        drawn[_draw(f"{seed}\x1f{number}", width)] = None
    raise AssertionError("counting never ends")


def with_fresh_ids(kind: str, content: Content, seed: str) -> Content:
    """A copy of the content whose options, gaps or sentences carry new opaque ids; rows without one get one.

    References follow: a cloze text names its gaps by the new ids. Raises UnknownKind. Content that is too broken to
    carry ids comes back unchanged: `check` says what is wrong with it.
    """
    question = question_type(kind)
    rows = content.get(question.id_rows)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return dict(content)
    return question.with_ids(content, opaque_ids(len(rows), seed))


def _width(count: int) -> int:
    width, room = 1, len(LETTERS)
    while width < 3 or room < count * ROOM_FOR_EACH:
        room *= len(_alphabet(width))
        width += 1
    return width


def _alphabet(place: int) -> str:
    return DIGITS if place % 2 else LETTERS


def _draw(seed: str, width: int) -> str:
    number = int.from_bytes(sha256(seed.encode("utf-8", "surrogatepass")).digest())
    letters = []
    for place in range(width):
        number, rest = divmod(number, len(_alphabet(place)))
        letters.append(_alphabet(place)[rest])
    return "".join(letters)
