"""Answers of the same question that a person graded: who says the same gets the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeGuard

from rapidfuzz import fuzz

from quizzes.grading.similar.texts import Text, is_slip, read

NEARLY_THE_SAME = 97.0
"""How alike the words in a row have to be (Indel ratio, 0..100) to be the same answer with a slip in it."""
SAME_FRACTION = 1e-6
_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An answer and the fraction a person gave it, 0..1."""

    text: str
    fraction: float


def neighbours_in(references: Iterable[Mapping[str, Any]]) -> Iterator[Neighbour]:
    """The graded answers among what came with a request; what is no text with a fraction in [0, 1] is left out."""
    for each in references:
        text, fraction = each.get("text"), each.get("fraction")
        if isinstance(text, str) and _is_fraction(fraction):
            yield Neighbour(text, float(fraction))


def same_answer(answer: Text, neighbours: Iterable[Neighbour]) -> Neighbour | None:
    """The neighbour that says the same, word for word or but for a slip.

    None when there is none, or when people gave answers that say the same different fractions.
    """
    alike = [each for each in neighbours if _says_the_same(answer, _read(each.text))]
    if not alike or max(each.fraction for each in alike) - min(each.fraction for each in alike) > SAME_FRACTION:
        return None
    return next((each for each in alike if _read(each.text).words == answer.words), alike[0])


def undisputed(neighbours: Sequence[Neighbour]) -> list[str]:
    """What people gave the full fraction and never less, word for word."""
    disputed = {_read(each.text).words for each in neighbours if each.fraction < 1.0}
    return [each.text for each in neighbours if each.fraction == 1.0 and _read(each.text).words not in disputed]


@lru_cache(maxsize=_KEPT)
def _read(text: str) -> Text:
    """Kept, because a graded answer is compared with every later one."""
    return read(text)


def _is_fraction(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _says_the_same(answer: Text, other: Text) -> bool:
    if answer.words == other.words:
        return bool(answer.words)
    if len(answer.words) != len(other.words) or answer.numbers != other.numbers or answer.negated != other.negated:
        return False
    # Of a long answer, so high a ratio leaves room for another word that says the contrary.
    if not all(map(is_slip, answer.words, other.words)):
        return False
    return bool(fuzz.ratio(" ".join(answer.words), " ".join(other.words), score_cutoff=NEARLY_THE_SAME))
