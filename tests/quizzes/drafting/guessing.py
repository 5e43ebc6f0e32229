"""Guessers that see only what is asked and offered, and what chance alone would give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from quizzes.drafting import DraftedQuestion
from quizzes.drafting.words import content_roots, ends_plural

Guesser = Callable[[str, Sequence[str]], list[int]]
"""From the stem and the options to the places it would choose between."""


def longest(_stem: str, options: Sequence[str]) -> list[int]:
    """The longest option."""
    return _best([len(option) for option in options])


def most_overlap(stem: str, options: Sequence[str]) -> list[int]:
    """The option that shares most words with the stem."""
    return _best([len(content_roots(option) & content_roots(stem)) for option in options])


def first(_stem: str, options: Sequence[str]) -> list[int]:
    """The option that is written first."""
    return [0] if options else []


def odd_one_out(_stem: str, options: Sequence[str]) -> list[int]:
    """The option whose form is rarest among the options."""
    forms = [(ends_plural(each), each[:1].isupper(), "-" in each, len(each.split())) for each in options]
    common = Counter(forms)
    return _best([-common[form] for form in forms])


GUESSERS: Mapping[str, Guesser] = {guesser.__name__: guesser for guesser in (longest, most_overlap, first, odd_one_out)}


def offers_of(draft: DraftedQuestion) -> Iterable[tuple[str, list[str], list[bool]]]:
    """What a guesser sees of a draft, and which of it is right."""
    content: Mapping[str, Any] = draft.content
    if draft.kind in {"single_choice", "evidence"}:
        rows = content["options" if draft.kind == "single_choice" else "sentences"]
        yield content["stem"], [row["text"] for row in rows], [row["correct"] for row in rows]
    if draft.kind == "cloze":
        for gap in content["gaps"]:
            if options := gap.get("options"):
                yield content["text"], options, [option in gap["accepted"] for option in options]


def advantage(drafts: Iterable[DraftedQuestion], guesser: Guesser) -> float:
    """How far above chance the guesser lands, as a difference of shares; ties are drawn evenly."""
    offers = [offer for draft in drafts for offer in offers_of(draft)]
    gained = chance = 0.0
    for stem, options, right in offers:
        picks = guesser(stem, options)
        gained += sum(right[pick] for pick in picks) / len(picks)
        chance += sum(right) / len(right)
    return (gained - chance) / len(offers) if offers else 0.0


def _best(values: Sequence[float]) -> list[int]:
    return [place for place, value in enumerate(values) if value == max(values)]
