"""Candidates: each drafter is asked once on a term, and only where its drafts may count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given

from course.reading.outline import Outline
from quizzes.drafting import registry
from quizzes.drafting.candidates import WORTH_FURTHER_DOWN, Candidates
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.lint import are_at_odds, findings_between, lint
from quizzes.drafting.material import Material, prepare
from quizzes.drafting.registry import drafter_up_to, drafters
from quizzes.drafting.terms import FIRST_CONCEPTS, Term
from quizzes.questions.registry import question_type
from tests.quizzes.drafting.drafters.proposals import outline_on, term_of
from tests.quizzes.drafting.invented import outlines
from tests.quizzes.drafting.samples import harbour

TERMS = [
    f"{first} {last}"
    for first in ("bell", "lamp", "rope", "sail")
    for last in ("hut", "oath", "rule", "toll", "yard", "pit")
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The terms that a drafter of drafts of strength 60 is asked about; it is the only one."""
    monkeypatch.setattr(registry, "_DRAFTERS", {})
    monkeypatch.setattr(registry, "_STRONGEST", {})
    terms: list[str] = []

    @drafter_up_to(60)
    def gap_in_sentence(material: Material, term: Term) -> Iterator[DraftedQuestion]:
        terms.append(term.name)
        span = term.places[0].sentence.span
        for strength in (60, 40):
            yield DraftedQuestion("true_false", term.name, {"stem": "Lamps."}, span, "gap_in_sentence", strength)

    return terms


def material_with_many_terms() -> Material:
    return prepare(outline_on(f"#\n\n{' '.join(f'A {term} is here.' for term in TERMS)}", *TERMS), {})


def test_a_drafter_is_asked_once_on_a_term_and_its_drafts_come_in_its_order(asked: list[str]) -> None:
    material = material_with_many_terms()
    candidates, term = Candidates(material), material.terms[0]
    assert [each.draft.strength for each in candidates.on(term)] == [60, 40]
    assert [each.draft.strength for each in candidates.on(term, least=50)] == [60]
    assert asked == [term.name]


def test_a_drafter_whose_drafts_are_too_weak_is_not_asked(asked: list[str]) -> None:
    material = material_with_many_terms()
    assert list(Candidates(material).on(material.terms[0], least=61)) == []
    assert asked == []


def test_further_down_only_strong_drafts_are_looked_for(asked: list[str]) -> None:
    material = material_with_many_terms()
    candidates = Candidates(material)
    for term in material.terms:
        list(candidates.on(term))
    assert WORTH_FURTHER_DOWN > 60
    assert asked == [term.name for term in material.terms if term.concept.rank <= FIRST_CONCEPTS]
    assert len(asked) < len(material.terms)


@given(outlines())
def test_no_draft_is_stronger_than_its_drafter_says(outline: Outline) -> None:
    material = prepare(outline, {})
    for term in material.terms:
        for name, propose in drafters().items():
            for draft in propose(material, term):
                assert name in drafters(least=draft.strength)


@given(outlines())
def test_a_candidate_is_clean_where_neither_the_rules_nor_its_kind_find_fault(outline: Outline) -> None:
    material = prepare(outline, {})
    candidates = Candidates(material)
    for candidate in [each for term in material.terms for each in candidates.on(term)]:
        draft = candidate.draft
        evidence = [draft.evidence.quote(outline.text)]
        found = lint(draft.kind, draft.content, evidence=evidence, article=outline.text)
        assert candidate.is_clean is (found == [] and question_type(draft.kind).check(draft.content) == [])


def test_two_candidates_are_at_odds_where_rules_find_something_between_them() -> None:
    material = prepare(harbour(), {})
    candidates = Candidates(material)
    found = [each for other in material.terms[:6] for each in candidates.on(other)]
    for one, other in combinations([each.trace for each in found], 2):
        assert are_at_odds(one, other) is bool(findings_between(one, other))


def test_other_languages_have_the_drafters_that_need_no_english_words() -> None:
    material = prepare(outline_on("#\n\nDie Lampe ist hier.", "Lampe", language="de"), {})
    by_drafter = {each.draft.drafter for each in Candidates(material).on(term_of(material, "Lampe"))}
    assert by_drafter <= {"gap_in_sentence", "gap_in_heading", "evidence"}
