"""Wrong options: terms of the same article and the same form, which do not fit where the key fits."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from quizzes.drafting.contents import drawn
from quizzes.drafting.material import Material
from quizzes.drafting.rules.options import LONGEST_TO_SHORTEST, SHORT_OPTION
from quizzes.drafting.terms import Place, Term
from quizzes.drafting.words import content_roots, tokens

SHORTLIST = 5
WELL_RANKED = 24
"""Terms further down are torn or dull more often, and are taken last."""


def similar_terms(
    material: Material,
    term: Term,
    *,
    stem: str,
    seed: str,
    near: Place | None = None,
    without: Container[str] = (),
    count: int = 3,
    cased: bool = False,
) -> list[Term]:
    """Up to `count` terms that a reader could take for `term`, none akin to it, to the stem or to each other.

    Terms in the passage of `near` and those named in `without` are left out. The key is the longest, or the
    shortest, no more often than any other place in the order of lengths.
    """
    banned = content_roots(stem) | term.roots
    there = _terms_near(material, near)
    fits = [
        other
        for other in material.terms
        if not other.is_fragment
        and other.name not in there
        and other.name not in without
        and _same_form(other, term, cased=cased)
        and not other.roots & banned
    ]
    fits.sort(key=lambda other: (_strangeness(other, term), drawn(seed + other.text, 1 << 30)))
    return spread_lengths(_unrelated(fits)[:SHORTLIST], term, count=count, seed=seed)


def spread_lengths(pool: Sequence[Term], term: Term, *, count: int, seed: str) -> list[Term]:
    """Picks from the pool so that the key's place in the order of lengths is drawn, as far as the pool allows."""
    texts = {other.text: other for other in pool}
    return [texts[text] for text in spread_texts(list(texts), term.text, count=count, seed=seed)]


def spread_texts(pool: Sequence[str], key: str, *, count: int, seed: str) -> list[str]:
    """`count` texts of the pool, best first kept, so that the key's length is now the longest, now not."""
    fits = [text for text in pool if within_lengths([key, text])]
    longer = [text for text in fits if len(text) > len(key)]
    others = [text for text in fits if len(text) <= len(key)]
    wanted = drawn(f"{seed}\x1flength", count + 1)
    chosen = longer[:wanted] + others[: count - min(wanted, len(longer))]
    chosen += [text for text in fits if text not in chosen][: count - len(chosen)]
    while chosen and not within_lengths([key, *chosen]):
        chosen.remove(max(chosen, key=lambda text: abs(len(text) - len(key))))
    return chosen


def within_lengths(texts: Iterable[str]) -> bool:
    """Whether the longest text is at most twice as long as the shortest."""
    lengths = [len(text) for text in texts]
    return max(lengths) <= LONGEST_TO_SHORTEST * max(min(lengths), SHORT_OPTION)


def _terms_near(material: Material, place: Place | None) -> frozenset[str]:
    if place is None:
        return frozenset()
    sentences = material.paragraphs.get(place.sentence.passage, ())
    return frozenset(term.name for sentence in sentences for term in material.terms_at.get(sentence.number, ()))


def _same_form(other: Term, term: Term, *, cased: bool) -> bool:
    return (
        other.form.plural == term.form.plural
        and other.form.entity == term.form.entity
        and within_lengths([other.text, term.text])
        and (not cased or (other.text[:1].isupper() == term.text[:1].isupper() and other.form.vowel == term.form.vowel))
    )


def _strangeness(other: Term, term: Term) -> int:
    """How much the form differs in what is not forbidden to differ: words, hyphens, prepositions, capitals."""
    return (
        abs(other.form.words - term.form.words)
        + 2 * (("-" in other.text) != ("-" in term.text))
        + (other.text[:1].isupper() != term.text[:1].isupper())
        + (_has_preposition(other) != _has_preposition(term))
        + 2 * (other.concept.kind is not term.concept.kind)
        + 2 * (other.concept.rank > WELL_RANKED)
    )


def _has_preposition(term: Term) -> bool:
    return any(word in {"of", "on", "with", "for", "in"} for word in tokens(term.text))


def _unrelated(terms: Iterable[Term]) -> list[Term]:
    kept: list[Term] = []
    for term in terms:
        if not any(term.is_akin_to(other) for other in kept):
            kept.append(term)
    return kept
