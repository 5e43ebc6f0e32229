"""How a suggestion reads: its term is clean, its kind fits."""

from __future__ import annotations

import pytest

from course.reading.outline import ConceptKind, ConceptOutline
from tests.course.reading.concepts.articles import concepts_in, terms_in


def concept(term: str, text: str) -> ConceptOutline:
    return next(each for each in concepts_in(text) if each.term == term)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("corridor medicine", "Corridor medicine is a form of care."),
        ("rust hedge", "They saw the rust hedge."),
        ("co-aggressor", "The co-aggressor sat between two stools."),
        ("Potemkin ward", "It was a Potemkin ward, with a number on the door."),
        ("velvet cage", "A Velvet Cage it was. They left the velvet cage."),
        ("Arun Basin Council", "They wrote to the Arun Basin Council’s office."),
    ],
)
def test_the_term_is_clean(term: str, text: str) -> None:
    assert term in terms_in(text)


def test_no_term_begins_with_an_article_or_ends_in_a_possessive() -> None:
    text = "The sleeper's bed is the drain's rival. A house of the questions stands in a town's shadow economy."

    for each in terms_in(text):
        assert each.split()[0].lower() not in ("a", "an", "the")
        assert not each.endswith(("'s", "’s"))


def test_an_image_is_an_expression() -> None:
    assert concept("velvet cage", "It was also a velvet cage.").kind is ConceptKind.EXPRESSION


def test_a_defined_plain_term_is_a_topic() -> None:
    text = "It asks for a deposit requirement, that is, a part of every deposit."

    assert concept("deposit requirement", text).kind is ConceptKind.TOPIC


def test_an_institution_is_a_name() -> None:
    assert concept("Ridley Panel", "It was settled by the Ridley Panel today.").kind is ConceptKind.NAME


def test_a_heading_is_no_definition() -> None:
    assert concept("velvet cage", "It was also a velvet cage.").definition is None
