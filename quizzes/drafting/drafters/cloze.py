"""Cloze: the article's own sentence, or heading, with the concept left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzes.drafting.contents import GAP, cloze_content, drawn, in_quotes
from quizzes.drafting.distractors import similar_terms
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.drafters.short_text import accepted_variants
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.plainness import is_plain, stands_free, without_lead
from quizzes.drafting.registry import drafter
from quizzes.drafting.terms import Place, Term
from quizzes.drafting.words import content_roots, tokens

FEWEST_OPTIONS = 3


@drafter
def gap_in_sentence(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """The sentence with the term left out: a list to choose from where good wrong options exist, else typed."""
    for place in term.places:
        if is_plain(place.sentence.text, english=material.is_english) and _leaves_a_gap(place, term):
            yield _gap(material, term, place)
            return


@drafter
def gap_in_heading(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """The heading with the term left out, for a concept that the author put there."""
    for place in term.headings:
        before, after = place.text[: place.start], place.text[place.end :]
        if len(tokens(before + after)) < 3 or content_roots(before + after) & term.roots:
            continue
        content = cloze_content(
            "Complete the heading of this part as the author has written it.",
            before=before,
            after=after,
            accepted=accepted_variants(term),
            options=(),
            feedback=f"The heading reads {in_quotes(place.text)}.",
            explanation=f"The heading reads {in_quotes(place.text)}.",
        )
        yield DraftedQuestion("cloze", term.name, content, place.span, "gap_in_heading", strength=58)
        return


def _gap(material: Material, term: Term, place: Place) -> DraftedQuestion:
    seed = place.before + place.after
    wrong = similar_terms(material, term, stem=f"{place.before} {GAP} {place.after}", seed=seed, near=place, cased=True)
    options = [place.surface, *(other.text for other in wrong)]
    offers = len(options) >= FEWEST_OPTIONS and place.surface == term.text and drawn(seed, 3) > 0
    content = cloze_content(
        "Complete the sentence with the expression that the article uses."
        if material.is_english
        else "Complete the sentence with the missing word or words.",
        before=_joined(without_lead(place.before)) + (" " if place.before.endswith((" ", "\n")) else ""),
        after=(" " if place.after.startswith((" ", "\n")) else "") + _joined(place.after),
        accepted=[place.surface] if offers else accepted_variants(term),
        options=options if offers else (),
        feedback=f"The article has {in_quotes(place.surface)} here.",
        explanation=says(material, place.sentence.span),
    )
    return DraftedQuestion("cloze", term.name, content, place.sentence.span, "gap_in_sentence", strength=80)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _leaves_a_gap(place: Place, term: Term) -> bool:
    """Whether the mention is a whole noun phrase, said once, and not the sentence's opening."""
    rest = f"{place.before} {place.after}"
    return (
        bool(tokens(place.before))
        and stands_free(place.before, place.after)
        and not content_roots(rest) & term.roots
        and not re.search(r"[“\"‘«„]\s*$", place.before)
    )
