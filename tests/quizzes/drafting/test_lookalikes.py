"""Lookalikes: terms of one form, and how strange each looks beside another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from course.reading.outline import Outline
from quizzes.drafting.contents import drawn
from quizzes.drafting.distractors import SHORTLIST, similar_terms, spread_lengths
from quizzes.drafting.lookalikes import lookalikes_of
from quizzes.drafting.material import Material, prepare
from quizzes.drafting.rules.options import within_lengths
from quizzes.drafting.terms import Term
from quizzes.drafting.words import content_roots
from tests.quizzes.drafting.drafters.proposals import outline_on, term_of
from tests.quizzes.drafting.invented import outlines


def material_on(*terms: str) -> Material:
    return prepare(outline_on("#\n\n" + "\n\n".join(f"They saw the {term} there." for term in terms), *terms), {})


def strangeness(key: str, other: str) -> int:
    material = material_on(key, other)
    found = {each.term.text: each.strangeness for each in lookalikes_of(term_of(material, key), material.terms)}
    return found[other]


@pytest.mark.parametrize(
    ("key", "other", "expected"),
    [
        ("clay bell", "iron gate", 0),
        ("clay bell", "old iron gate", 1),
        ("clay bell", "iron-gate", 3),
        ("clay bell", "gate of iron", 2),
    ],
)
def test_what_differs_in_form_is_counted(key: str, other: str, expected: int) -> None:
    assert strangeness(key, other) == expected


def test_a_term_looks_like_itself_and_like_no_fragment_and_nothing_of_another_form() -> None:
    material = material_on("clay bell", "iron gates", "enormous lighthouse keeper", "iron gate")
    found = [each.term.text for each in material.lookalikes(term_of(material, "clay bell"))]
    assert found == ["clay bell", "iron gate"]


def test_lookalikes_are_worked_out_once() -> None:
    material = material_on("clay bell", "iron gate")
    term = term_of(material, "clay bell")
    assert material.lookalikes(term) is material.lookalikes(term)


@given(outlines())
@settings(max_examples=30)
def test_similar_terms_are_those_of_all_terms_sorted_and_thinned_out(outline: Outline) -> None:
    material = prepare(outline, {})
    for term in material.terms:
        expected = spread_lengths(
            sorted_and_thinned_out(material, term, "A stem.")[:SHORTLIST], term, count=3, seed="s"
        )
        assert similar_terms(material, term, stem="A stem.", seed="s") == expected


def sorted_and_thinned_out(material: Material, term: Term, stem: str) -> list[Term]:
    fits = [
        each
        for each in lookalikes_of(term, material.terms)
        if not each.term.roots & (content_roots(stem) | term.roots) and within_lengths([each.term.text, term.text])
    ]
    fits.sort(key=lambda each: (each.strangeness, drawn(f"s{each.term.text}", 1 << 30)))
    kept: list[Term] = []
    for other in [each.term for each in fits]:
        if not any(other.is_akin_to(one) for one in kept):
            kept.append(other)
    return kept
