"""Turns of phrase that several drafters share."""

from __future__ import annotations

from course.reading.outline import Span
from quizzes.drafting.contents import in_quotes, shortened
from quizzes.drafting.material import Material
from quizzes.drafting.terms import Term


def ask_for_term(term: Term) -> str:
    """The question that a term answers, by what it means."""
    meaning = in_quotes(term.meaning.text) if term.meaning else ""
    if term.meaning is not None and term.meaning.given:
        return f"Which expression in the article stands for this idea: {meaning}?"
    if term.form.entity == "thing":
        return f"Which expression does the article use for {meaning}?"
    if term.form.entity == "person":
        return f"Whom does the article introduce to its readers as {meaning}?"
    if term.form.entity == "body":
        return f"Which organisation or body does the article describe as {meaning}?"
    return f"Which name belongs to what the article describes as {meaning}?"


def evidence_of_meaning(term: Term) -> Span | None:
    """The sentence that gives the meaning; with a meaning from the author, the first place of the term."""
    if term.meaning is not None and term.meaning.place is not None:
        return term.meaning.place.sentence.span
    return evidence_of_term(term)


def evidence_of_term(term: Term) -> Span | None:
    """The first sentence the term stands in, else its heading, else None."""
    if term.places:
        return term.places[0].sentence.span
    return term.headings[0].span if term.headings else None


def why_meaning(material: Material, term: Term) -> str:
    """The explanation that points at the passage."""
    span = evidence_of_meaning(term)
    return says(material, span) if span is not None else ""


def says(material: Material, span: Span) -> str:
    """The explanation that quotes the passage."""
    return f"The article says: {in_quotes(shortened(material.evidence_text(span), words=45))}"
