"""Who did it: what the article tells of one person, with the others it names to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.reading.outline import Span
from quizzes.drafting.clauses import subject_of
from quizzes.drafting.contents import choice_content, drawn
from quizzes.drafting.distractors import spread_texts
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.plainness import is_plain, without_lead
from quizzes.drafting.registry import drafter_up_to
from quizzes.drafting.rephrasing import rephrased, with_subject
from quizzes.drafting.terms import Place, Term
from quizzes.drafting.words import content_roots, tokens

FEWEST_WRONG = 2
MOST_WORDS = 30
STRENGTH = 75
_TELLS_WHO = re.compile(r"\b(?:he|him|his|she|her|hers|himself|herself)\b", re.IGNORECASE)
"""Words that leave only the men or only the women to choose from."""


@drafter_up_to(STRENGTH)
def who_did_it(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Who did or was what a sentence tells, by name or as the "she" of the sentence before?"""
    for place in term.first_places:
        if place.sentence.is_spoken or material.claims.get(place.sentence.number):
            continue
        for statement, span in _statements(material, place):
            parts = subject_of(statement)
            person = _person_of(material, parts[0]) if parts else None
            if parts is None or person is None or not _is_asked_of(parts[1], place):
                continue
            stem = f"Who, according to the article, {parts[1]}?"
            wrong = _other_people(material, person, stem=stem, span=span)
            if len(wrong) >= FEWEST_WRONG:
                yield _draft(material, term, stem, person, wrong, span)
                return


def _statements(material: Material, place: Place) -> Iterator[tuple[str, Span]]:
    """The sentence in whole or shorter, read alone or with its subject from the sentence before, and what shows it."""
    sentence = " ".join(without_lead(place.sentence.text).split())
    if is_plain(sentence):
        for text in (sentence, *rephrased(sentence, around=place.surface)):
            yield text, place.sentence.span
    before = material.sentence_before(place.sentence)
    whole = with_subject(place.sentence.text, before.text) if before is not None and not before.is_spoken else None
    if before is not None and whole is not None and is_plain(whole):
        for text in (whole, *rephrased(whole, around=place.surface)):
            yield text, Span(before.span.start, place.sentence.span.end)


def _person_of(material: Material, subject: str) -> str | None:
    """The person whom the subject names in full, or by a last name that one person bears."""
    bearers = [name for name in material.people if subject in (name, name.rpartition(" ")[2])]
    return bearers[0] if len(bearers) == 1 else None


def _is_asked_of(predicate: str, place: Place) -> bool:
    return place.surface in predicate and len(tokens(predicate)) <= MOST_WORDS and not _TELLS_WHO.search(predicate)


def _other_people(material: Material, person: str, *, stem: str, span: Span) -> list[str]:
    """People who are not named where the answer stands, nor share a name with it."""
    taken = content_roots(f"{stem} {person} {material.evidence_text(span)}")
    pool: list[str] = []
    for name in sorted(material.people, key=lambda name: drawn(stem + name, 1 << 30)):
        if content_roots(name).isdisjoint(taken):
            pool.append(name)
            taken |= content_roots(name)
    return spread_texts(pool, person, count=3, seed=stem)


def _draft(material: Material, term: Term, stem: str, person: str, wrong: list[str], span: Span) -> DraftedQuestion:
    content = choice_content(
        stem,
        right={person: "Right: the article tells this of nobody else."},
        wrong=dict.fromkeys(wrong, "The article tells this of somebody else."),
        explanation=says(material, span),
    )
    return DraftedQuestion(
        "single_choice", term.name, content, span, "who_did_it", STRENGTH,
        "Make sure that it is true of no other option.",
    )  # fmt: skip
