"""Short answer: name the expression that has this meaning."""

from __future__ import annotations

from collections.abc import Iterator

from quizzes.drafting.contents import short_text_content
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import ask_for_term, evidence_of_meaning, why_meaning
from quizzes.drafting.registry import drafter
from quizzes.drafting.terms import Term
from quizzes.drafting.words import without_article


@drafter
def name_the_expression(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which expression has this meaning? Typed, so that nothing can be guessed."""
    evidence = evidence_of_meaning(term)
    if term.meaning is None or evidence is None:
        return
    if any(other is not term and other.may_mean(term.meaning.text) for other in material.terms):
        return
    content = short_text_content(
        ask_for_term(term), accepted=accepted_variants(term), explanation=why_meaning(material, term)
    )
    yield DraftedQuestion("short_text", term.name, content, evidence, "name_the_expression", strength=86)


def accepted_variants(term: Term) -> list[str]:
    """The term and its other forms in the article; case, articles and hyphens are the matcher's business."""
    forms = {_folded(text): text for text in (*(place.surface for place in reversed(term.places)), term.text)}
    return [term.text, *(text for text in forms.values() if text != term.text)]


def _folded(text: str) -> str:
    return without_article(text).replace("-", " ").casefold()
