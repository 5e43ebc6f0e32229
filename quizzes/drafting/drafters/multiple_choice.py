"""Multiple choice: which expressions belong to a part of the article, which explanations are its own."""

from __future__ import annotations

from collections.abc import Iterator

from quizzes.drafting.contents import choice_content, drawn, in_quotes, quoted_at_end, snippet
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.drafters.single_choice import where_else
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import evidence_of_term
from quizzes.drafting.registry import drafter, drafter_up_to
from quizzes.drafting.rules.options import within_lengths
from quizzes.drafting.terms import Term
from quizzes.drafting.words import capitalised, content_roots

RIGHT, WRONG = 2, 3


@drafter_up_to(50)
def expressions_of_a_part(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which of these expressions does the author use in this part of the article?"""
    if not term.places or term.concept.rank > 20:
        return
    place = term.places[0]
    title = material.titles.get(place.sentence.lesson)
    if title is None:
        return
    stem = f"Which of these expressions does the author use in the part headed {in_quotes(title)}?"
    alike = _alike(material, term, stem)
    here = [other for other in alike if any(at.sentence.lesson == place.sentence.lesson for at in other.places)]
    away = [other for other in alike if other not in here and _stays_away(other, place.sentence.lesson)]
    right, wrong = [term, *here[: RIGHT - 1]], away[:WRONG]
    if len(right) < RIGHT or len(wrong) < RIGHT:
        return
    content = choice_content(
        stem,
        right={capitalised(each.text): _stands_here(each, place.sentence.lesson) for each in right},
        wrong={capitalised(each.text): where_else(each) for each in wrong},
        explanation="The passages of this part show which expressions stand in it.",
    )
    span = evidence_of_term(term)
    if span is not None:
        yield DraftedQuestion("multiple_choice", term.name, content, span, "expressions_of_a_part", strength=50)


@drafter
def explanations_of_the_article(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which of these explanations does the article give?"""
    if term.meaning is None or term.meaning.place is None:
        return
    explained = [
        other for other in _alike(material, term, "") if other.meaning is not None and other.meaning.place is not None
    ]
    if len(explained) < 3:
        return
    first, second, third = explained[:3]
    if second.may_mean(third.meanings[0]) or third.may_mean(second.meanings[0]):
        return
    pairs = {
        _pair(term, term): True,
        _pair(first, first): True,
        _pair(second, third): False,
        _pair(third, second): False,
    }
    if len(pairs) < 4 or not within_lengths(pairs):
        return
    notes = {
        True: "Right: the article explains the expression so.",
        False: "The article uses this expression for something else.",
    }
    content = choice_content(
        "Which of these expressions are explained here in the way the article explains them?",
        right={text: notes[True] for text, correct in pairs.items() if correct},
        wrong={text: notes[False] for text, correct in pairs.items() if not correct},
        explanation="The article explains each of these expressions where it first uses it.",
    )
    span = term.meaning.place.sentence.span
    yield DraftedQuestion("multiple_choice", term.name, content, span, "explanations_of_the_article", strength=81)


def _pair(term: Term, source: Term) -> str:
    meaning = source.meaning.text if source.meaning else ""
    return f"{capitalised(term.text)}: {meaning}"


def _alike(material: Material, term: Term, stem: str) -> list[Term]:
    taken = content_roots(stem) | term.roots
    fits = [each.term for each in material.lookalikes(term) if each.term.roots.isdisjoint(taken)]
    kept: list[Term] = []
    for other in sorted(fits, key=lambda each: drawn(stem + term.text + each.text, 1 << 30)):
        if other.roots.isdisjoint(taken):
            kept.append(other)
            taken |= other.roots
    return kept


def _stays_away(term: Term, lesson: int) -> bool:
    places = {place.sentence.lesson for place in term.places} | {place.lesson for place in term.headings}
    return bool(places) and lesson not in places


def _stands_here(term: Term, lesson: int) -> str:
    for place in term.places:
        if place.sentence.lesson == lesson:
            return f"Right: {quoted_at_end(snippet(place.sentence, place.start, place.end))}"
    return "Right: it stands in this part."
