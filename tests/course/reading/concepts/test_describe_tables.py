"""How a concept reads: its term, its sort, its mentions and the sentence that explains it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.concepts import find_concepts
from course.reading.outline import ConceptKind, ConceptOutline, PassageKind
from tests.course.reading.concepts.articles import concepts_in, passages_of


def concept(term: str, text: str) -> ConceptOutline:
    return next(each for each in concepts_in(text) if each.term == term)


@pytest.mark.parametrize(
    ("text", "term", "mentions"),
    [
        ("A Velvet Cage it was. They left the velvet cage.", "velvet cage", ["Velvet Cage", "velvet cage"]),
        ("Two rust hedges. One rust hedge.", "rust hedges", ["rust hedges", "rust hedge"]),
        ("One rust hedge. Two rust hedges. A rust hedge.", "rust hedge", ["rust hedge", "rust hedges", "rust hedge"]),
        ("“Blind purse” is what they say.", "blind purse", ["Blind purse"]),
        ("They saw the UN flag.", "UN flag", ["UN flag"]),
        ("iPhone users left.", "iPhone users", ["iPhone users"]),
        ("They saw the rust\n\u00a0hedge there.".replace("\n", " "), "rust hedge", ["rust \u00a0hedge"]),
        ("The co-tax is old. Co-tax is dear.", "co-tax", ["co-tax", "Co-tax"]),
    ],
)
def test_a_term_is_written_as_it_is_most_often_and_smallest(text: str, term: str, mentions: list[str]) -> None:
    assert [mention.quote(text) for mention in concept(term, text).mentions] == mentions


@pytest.mark.parametrize(
    ("text", "term", "definition"),
    [
        ("The rust hedge, meaning a wall, is old.", "rust hedge", "The rust hedge, meaning a wall, is old."),
        ("They like it. A slow bond means pain. They left.", "slow bond", "A slow bond means pain."),
        ("It is a slow bond. A slow bond means pain.", "slow bond", "A slow bond means pain."),
        ("- A slow bond means that nobody is paid.", "slow bond", "A slow bond means that nobody is paid."),
        ("They own a co-tax, that is, a tax. A co-tax is old.", "co-tax", "They own a co-tax, that is, a tax."),
        ("It is a slow bond. It means pain.", "slow bond", None),
        ("They saw the rust hedge.", "rust hedge", None),
    ],
)
def test_the_first_sentence_that_explains_a_term_is_its_definition(
    text: str, term: str, definition: str | None
) -> None:
    found = concept(term, text).definition
    assert (found.quote(text) if found else None) == definition


def test_a_heading_explains_nothing_even_if_it_reads_like_it() -> None:
    text = "A slow bond means pain\nThey saw the slow bond."
    kinds = {"A slow bond means pain": PassageKind.HEADING}
    found = find_concepts(text, passages=passages_of(text, kinds), title="", language="en")
    assert next(each for each in found if each.term == "slow bond").definition is None


@pytest.mark.parametrize(
    ("text", "term", "kind"),
    [
        ("They met Oda Brisk there.", "Oda Brisk", ConceptKind.NAME),
        ("They own a ferry-goat divide.", "ferry-goat divide", ConceptKind.EXPRESSION),
        ("They asked for a “blind purse” again.", "blind purse", ConceptKind.EXPRESSION),
        ("They owe a deposit, that is, a part of it.", "deposit", ConceptKind.TOPIC),
        ("They saw the UN flag.", "UN flag", ConceptKind.EXPRESSION),
    ],
)
def test_a_concept_is_a_name_an_expression_or_a_topic(text: str, term: str, kind: ConceptKind) -> None:
    assert concept(term, text).kind is kind


WORDS = st.sampled_from(
    "They saw the a rust hedge Hask Board ’s “ ” , . meaning is of velvet cage co-tax Rust UN 7 — (".split()
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=60)
def test_a_term_is_on_one_line_without_article_or_marks_at_its_ends(text: str) -> None:
    for each in concepts_in(text):
        assert each.term == " ".join(each.term.split()) != ""
        assert each.term.split()[0].lower() not in {"a", "an", "the"} or len(each.term.split()) == 1
        assert each.term[0].isalnum()
        assert each.term.rstrip(".")[-1:].isalnum()


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=60)
def test_a_definition_is_one_whole_sentence_around_a_mention(text: str) -> None:
    for each in concepts_in(text):
        if each.definition is not None:
            assert any(each.definition.start <= at.start and at.end <= each.definition.end for at in each.mentions)
            assert each.definition.quote(text) == each.definition.quote(text).strip()
            assert each.kind is not ConceptKind.NAME
