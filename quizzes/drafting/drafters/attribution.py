"""Attribution: who holds a view, says a thing, or gives something its name. The options are the article's speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from course.reading.outline import Span
from quizzes.drafting.contents import choice_content, drawn, in_quotes
from quizzes.drafting.distractors import spread_texts
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.plainness import SHORTEST
from quizzes.drafting.registry import drafter
from quizzes.drafting.speakers import Claim, inside, is_group, is_learned, is_vague, with_article
from quizzes.drafting.terms import BODY, Term
from quizzes.drafting.words import OPENERS, content_roots, tokens

FEWEST_WRONG = 2
_OF_ONESELF = re.compile(r"(?:he|she)\s(?P<rest>.+)")
_TELLS_WHO = re.compile(r"\b(?:he|him|his|she|her|hers|himself|herself)\b", re.IGNORECASE)
LONGEST_CLAIM = 28


@drafter
def who_names_it(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Who calls it so?"""
    if term.name not in material.namers:
        return
    namer, place = material.namers[term.name]
    stem = f"Who, according to the article, uses the expression {in_quotes(place.surface)}?"
    namers = [other for other, _place in material.namings[term.name]]
    yield from _who(material, term, stem, namer, place.sentence.span, others=namers, strength=84)


@drafter
def who_holds_it(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Who holds this view, or says these words?"""
    for place in term.first_places:
        for claim in material.claims.get(place.sentence.number, ()):
            if stem := _ask(claim):
                holders = material.holders_of(claim.text)
                yield from _who(material, term, stem, claim.holder, claim.evidence, others=holders, strength=85)


def _who(
    material: Material,
    term: Term,
    stem: str,
    holder: str,
    evidence: Span,
    *,
    others: Sequence[str],
    strength: int,
) -> Iterator[DraftedQuestion]:
    """The question whose answer is the holder; `others` would be right as well and are not offered."""
    right_as_well = content_roots(" ".join(others))
    wrong = _other_speakers(
        material, holder, stem=stem, there=content_roots(material.evidence_text(evidence)) | right_as_well
    )
    if len(wrong) < FEWEST_WRONG or content_roots(holder) & content_roots(stem):
        return
    content = choice_content(
        stem,
        right={holder: f"Right: the article attributes it to {inside(holder)}."},
        wrong={other: f"The article does not attribute it to {inside(other)}." for other in wrong},
        explanation=says(material, evidence),
    )
    yield DraftedQuestion("single_choice", term.name, content, evidence, "attribution", strength=strength)


def _other_speakers(material: Material, holder: str, *, stem: str, there: frozenset[str]) -> list[str]:
    asked = content_roots(stem)
    own = content_roots(holder)
    pool: list[str] = []
    taken: set[str] = set()
    for speaker in sorted(material.speakers, key=lambda name: (is_vague(name), drawn(stem + name, 1 << 30))):
        roots = content_roots(speaker)
        if not _is_of_a_sort(speaker, holder) or roots & (asked | there | own | taken):
            continue
        if is_group(speaker) and holder.startswith("The "):
            pool.append(with_article(speaker))
        elif speaker.startswith("The ") is holder.startswith("The "):
            pool.append(speaker)
        taken |= roots
    return spread_texts(pool, holder, count=3, seed=stem)


def _is_of_a_sort(speaker: str, holder: str) -> bool:
    """Whether both are people, groups or bodies, and not two names for people of learning."""
    is_same = is_group(speaker) is is_group(holder) and bool(BODY.search(speaker)) is bool(BODY.search(holder))
    return is_same and not (is_learned(speaker) and is_learned(holder))


def _ask(claim: Claim) -> str | None:
    """The question for the holder, None where the claim cannot be read alone."""
    words = tokens(claim.text)
    if not SHORTEST - 4 <= len(words) <= LONGEST_CLAIM:
        return None
    of_oneself = _OF_ONESELF.fullmatch(claim.text)
    if of_oneself and not claim.is_quote and not _TELLS_WHO.search(of_oneself["rest"]):
        return f"Who says this about themselves in the article: {in_quotes('… ' + of_oneself['rest'])}?"
    if words[0].lower() in OPENERS - {"we", "i", "if", "our", "my", "no"}:
        return None
    asks = "Who says this in the article" if claim.is_quote else "Who holds this view, according to the article"
    return f"{asks}: {in_quotes(claim.text)}?"
