"""Which terms of an article a reader could take for each other by their form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.drafting.rules.options import within_lengths
from quizzes.drafting.terms import Term
from quizzes.drafting.words import tokens, word_set

WELL_RANKED = 24
"""Terms further down are torn or dull more often, and are taken last."""
_PREPOSITIONS = word_set("of on with for in")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A term beside another: `strangeness` says how much differs of what is not forbidden to differ."""

    term: Term
    strangeness: int


def lookalikes_of(term: Term, terms: Iterable[Term]) -> tuple[Lookalike, ...]:
    """Those of the terms that are no fragments and of the same number, sort and about the same length, in order.

    The term itself is among them.
    """
    return tuple(
        Lookalike(other, _strangeness(other, term))
        for other in terms
        if not other.is_fragment
        and other.form.plural == term.form.plural
        and other.form.entity == term.form.entity
        and within_lengths([other.text, term.text])
    )


def _strangeness(other: Term, term: Term) -> int:
    """How much differs of words, hyphens, prepositions and capitals, of kind and of rank."""
    return (
        abs(other.form.words - term.form.words)
        + 2 * (("-" in other.text) != ("-" in term.text))
        + (other.text[:1].isupper() != term.text[:1].isupper())
        + (_has_preposition(other) != _has_preposition(term))
        + 2 * (other.concept.kind is not term.concept.kind)
        + 2 * (other.concept.rank > WELL_RANKED)
    )


def _has_preposition(term: Term) -> bool:
    return not _PREPOSITIONS.isdisjoint(tokens(term.text))
