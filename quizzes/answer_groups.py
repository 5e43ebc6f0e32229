"""Answers that say the same, so that a person reads them once: equal, or equal but for typing slips. Pure.

Two wordings are near when at most MOST_TYPOS slips (optimal string alignment) lead from one to the other, and each is
one that quizzes.questions.text_matching forgives: never a negation, a number, a short word or another word.
A group that is too small costs a grader one keystroke; one that is too large costs a learner's grade.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from rapidfuzz.distance import OSA

from quizzes.questions.text_matching import MOST_TYPOS, Tolerance, match_one, normalised

NEIGHBOURS = 10
"""With how many wordings on each side a wording is compared, once in order of first letters and once of last ones: a
slip leaves a beginning or an end as it was. This bounds the work to 40 comparisons for each wording."""

DIGEST = 16


def reads_as(answer: Any) -> str:
    """What of an answer counts when it is compared: words without case, accents, layout or punctuation at their edges.

    What is no text is compared as it is; what has nothing but punctuation too.
    """
    if not isinstance(answer, str):
        return json.dumps(answer, sort_keys=True, ensure_ascii=True)
    return normalised(answer, tolerance=Tolerance()) or " ".join(answer.split())


def digest_of(*parts: str) -> str:
    """A short name for the parts together, the same on every machine."""
    return sha256("\0".join(parts).encode()).hexdigest()[:DIGEST]


def is_near(one: str, other: str) -> bool:
    """Whether two texts, as `reads_as` gives them, differ in typing slips only."""
    slips = OSA.distance(one, other, score_cutoff=MOST_TYPOS)
    return slips <= MOST_TYPOS and match_one(one, other, tolerance=Tolerance()) is not None


def near_groups(counts: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The texts in groups, each led by its most frequent text, to which all others of the group are near.

    `counts` says how often each text, as `reads_as` gives it, was answered. Every text is in exactly one group; the
    same counts give the same groups, whatever their order.
    """
    orders = (_Order.of(counts, by=lambda text: text), _Order.of(counts, by=lambda text: text[::-1]))
    by_frequency = sorted(counts, key=lambda text: (-counts[text], text))
    rank = {text: place for place, text in enumerate(by_frequency)}
    groups: list[tuple[str, ...]] = []
    placed: set[str] = set()
    for leader in by_frequency:
        if leader in placed:
            continue
        around = {text for order in orders for text in order.around(leader)} - placed - {leader}
        near = [text for text in sorted(around, key=rank.__getitem__) if is_near(text, leader)]
        groups.append((leader, *near))
        placed.update(groups[-1])
    return groups


@dataclass(frozen=True, slots=True)
class _Order:
    """Texts in some order, and the place of each in it."""

    texts: Sequence[str]
    places: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str], *, by: Callable[[str], str]) -> _Order:
        ordered = sorted(texts, key=by)
        return cls(ordered, {text: place for place, text in enumerate(ordered)})

    def around(self, text: str) -> Sequence[str]:
        """The text and its neighbours on either side."""
        here = self.places[text]
        return self.texts[max(0, here - NEIGHBOURS) : here + NEIGHBOURS + 1]
