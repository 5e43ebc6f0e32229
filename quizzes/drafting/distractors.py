"""Wrong options: terms of the same article and the same form, which do not fit where the key fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice

from quizzes.drafting.contents import drawn
from quizzes.drafting.lookalikes import Lookalike
from quizzes.drafting.material import Material
from quizzes.drafting.rules.options import within_lengths
from quizzes.drafting.terms import Place, Term
from quizzes.drafting.words import content_roots

SHORTLIST = 5


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
    fits = (
        each
        for each in material.lookalikes(term)
        if each.term.name not in there
        and each.term.name not in without
        and (not cased or _is_cased_like(each.term, term))
        and each.term.roots.isdisjoint(banned)
    )
    pool = list(islice(_unrelated(_least_strange_first(fits, seed=seed)), SHORTLIST))
    return spread_lengths(pool, term, count=count, seed=seed)


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


def _terms_near(material: Material, place: Place | None) -> frozenset[str]:
    if place is None:
        return frozenset()
    sentences = material.paragraphs.get(place.sentence.passage, ())
    return frozenset(term.name for sentence in sentences for term in material.terms_at.get(sentence.number, ()))


def _is_cased_like(other: Term, term: Term) -> bool:
    """Whether both take the same article and are written with or without capitals, as "northern France" is with one."""
    is_named = other.text.lower() == other.text, term.text.lower() == term.text
    is_upper = other.text[:1].isupper(), term.text[:1].isupper()
    return is_named[0] is is_named[1] and is_upper[0] is is_upper[1] and other.form.vowel == term.form.vowel


def _least_strange_first(lookalikes: Iterable[Lookalike], *, seed: str) -> Iterator[Term]:
    """Their terms, those of one strangeness in an order drawn from the seed."""
    by_strangeness: dict[int, list[Term]] = defaultdict(list)
    for each in lookalikes:
        by_strangeness[each.strangeness].append(each.term)
    for _, terms in sorted(by_strangeness.items()):
        yield from sorted(terms, key=lambda term: drawn(seed + term.text, 1 << 30))


def _unrelated(terms: Iterable[Term]) -> Iterator[Term]:
    taken: set[str] = set()
    for term in terms:
        if taken.isdisjoint(term.roots):
            taken |= term.roots
            yield term
