"""A concept as drafters see it: its form, its written form, what it means and whether it is a piece of something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.outline import ConceptKind, ConceptOutline, Span
from quizzes.drafting.material import prepare
from quizzes.drafting.terms import (
    Place,
    Sentence,
    Term,
    are_fragments,
    entity_of,
    form_of,
    given_meaning,
    roots_of,
    written_form,
)
from tests.quizzes.drafting.drafters.proposals import outline_on


def place(text: str, term: str) -> Place:
    return Place(Sentence(0, Span(0, len(text)), text, 0, 1), text.index(term), text.index(term) + len(term))


def term(text: str, name: str, kind: ConceptKind = ConceptKind.EXPRESSION) -> Term:
    (found,) = prepare(outline_on(f"#\n\n{text}", (name, kind)), {}).terms
    return found


@pytest.mark.parametrize(
    ("text", "before", "entity"),
    [
        ("wicker bridge", "They closed the ", "thing"),
        ("Wicker bridge", "", "thing"),
        ("wicker Bridge", "the ", "thing"),
        ("Fen Council", "the ", "body"),
        ("University of Hask", "the ", "body"),
        ("Oda Brisk", "They met ", "person"),
        ("Oda Maria Brisk", "They met ", "person"),
        ("Oda", "They met Professor ", "person"),
        ("Brisk", "They met Mrs ", "person"),
        ("Dunmere", "They live in ", "place"),
        ("New Dunmere", "They live near ", "place"),
        ("Dunmere Hollow", "Residents of ", "place"),
        ("Great Fen", "They crossed the ", "name"),
        ("Hask", "They praised ", "name"),
        ("Old Iron Saddle Road", "They praised ", "name"),
        ("", "", "thing"),
    ],
)
def test_what_a_term_stands_for_is_read_from_its_capitals_and_the_words_before(
    text: str, before: str, entity: str
) -> None:
    assert entity_of(text, befores=[before]) == entity


def test_a_name_is_never_a_thing_however_it_is_written() -> None:
    assert entity_of("hask", kind=ConceptKind.NAME) == "name"
    assert entity_of("hask", kind=ConceptKind.TOPIC) == "thing"


def test_one_mention_with_a_title_makes_a_person() -> None:
    assert entity_of("Hask", befores=["in ", "They met Dr "]) == "person"
    assert entity_of("Hask", befores=["in ", "They met the drunk "]) == "place"


@pytest.mark.parametrize(
    ("text", "plural", "vowel", "words"),
    [
        ("wicker bridge", False, False, 2),
        ("empty saddles", True, True, 2),
        ("one-way pasture", False, False, 2),
        ("house of cards", False, False, 3),
        ("амбар", False, False, 1),
        ("—", False, False, 0),
    ],
)
def test_the_form_holds_what_options_must_share(text: str, plural: bool, vowel: bool, words: int) -> None:
    form = form_of(text)
    assert (form.plural, form.vowel, form.words) == (plural, vowel, words)


@pytest.mark.parametrize(
    ("name", "kind", "sentences", "written"),
    [
        ("Wicker bridge", ConceptKind.EXPRESSION, ["They crossed the wicker bridge."], "wicker bridge"),
        ("Wicker bridge", ConceptKind.EXPRESSION, ["Wicker bridge is old."], "wicker bridge"),
        ("Wicker Bridge", ConceptKind.EXPRESSION, ["They crossed the Wicker Bridge."], "Wicker Bridge"),
        ("Wicker Bridge", ConceptKind.EXPRESSION, [], "Wicker Bridge"),
        ("The wicker bridge", ConceptKind.TOPIC, [], "wicker bridge"),
        ("“wicker bridge”", ConceptKind.TOPIC, [], "wicker bridge"),
        ("Hask", ConceptKind.NAME, ["They saw hask."], "Hask"),
        ("The Hask", ConceptKind.NAME, [], "Hask"),
        ("Gasthof", ConceptKind.EXPRESSION, ["Der alte Gasthof brannte."], "Gasthof"),
        ("iPhone", ConceptKind.EXPRESSION, [], "iPhone"),
        ("X-ray", ConceptKind.EXPRESSION, [], "x-ray"),
    ],
)
def test_a_capital_that_only_a_sentence_gave_is_put_down(
    name: str, kind: ConceptKind, sentences: list[str], written: str
) -> None:
    bare = name.strip("“”").removeprefix("The ")
    places = [
        place(text, bare if bare in text else next(word for word in (bare.lower(),) if word in text))
        for text in sentences
    ]
    assert written_form(ConceptOutline(name, kind, 1, ()), places) == written


@pytest.mark.parametrize(
    ("definitions", "meaning"),
    [
        ({"marsh toll": "what the marsh takes."}, "what the marsh takes"),
        ({"The Marsh Toll": " what  the\nmarsh takes "}, "what the marsh takes"),
        ({"“marsh toll”": "a fee"}, "a fee"),
        ({"marsh toll": " "}, None),
        ({"marsh tolls": "a fee"}, None),
        ({"marsh": "a bog", "toll": "a fee"}, None),
        ({"marsh toll": "", "MARSH TOLL": "a fee"}, "a fee"),
        ({}, None),
    ],
)
def test_the_author_s_definition_is_found_by_the_term_and_put_on_one_line(
    definitions: dict[str, str], meaning: str | None
) -> None:
    found = given_meaning("marsh toll", definitions)
    assert (found.text if found else None) == meaning
    assert found is None or (found.given, found.place) == (True, None)


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        ("marsh tolls", {"marsh", "toll"}),
        ("half-built gate", {"half-built", "half", "built", "gate"}),
        ("what it is", {"what", "it", "is"}),
        ("is it", {"is", "it"}),
        ("港の歌", {"港の歌"}),
        ("!", set()),
    ],
)
def test_a_term_of_little_words_is_known_by_all_of_them(text: str, roots: set[str]) -> None:
    assert roots_of(text) == roots


TWICE = (
    "They pay the marsh toll, a charge on every cart that enters by night. Nobody likes it.\n\n"
    "They speak of the marsh toll, meaning the habit of counting wet fields."
)


def test_everything_that_a_term_is_said_to_mean_is_kept_and_the_first_is_told() -> None:
    found = term(TWICE, "marsh toll")
    assert found.meanings == ("a charge on every cart that enters by night", "the habit of counting wet fields")
    assert found.meaning is not None
    assert found.meaning.text == found.meanings[0]


def test_the_author_s_meaning_comes_before_those_of_the_article() -> None:
    outline = outline_on(f"#\n\n{TWICE}", "marsh toll")
    (found,) = prepare(outline, {"marsh toll": "a fee"}).terms
    assert found.meanings[0] == "a fee"
    assert len(found.meanings) == 3


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("a charge on every cart that enters by night", True),
        ("a charge on carts", True),
        ("a charge upon each cart entering", True),
        ("the habit of counting fields", True),
        ("a boat without oars or a captain", False),
        ("a cart without a horse, a driver or a wheel", False),
    ],
)
def test_a_term_may_mean_what_shares_half_of_the_words_of_one_of_its_meanings(text: str, may: bool) -> None:
    assert term(TWICE, "marsh toll").may_mean(text) is may


def test_a_term_without_a_meaning_means_nothing() -> None:
    assert not term("The marsh toll is old and dear to many.", "marsh toll").may_mean("a charge on carts")


@given(st.text(min_size=1, max_size=30).filter(lambda text: bool(roots_of(text))))
def test_every_term_may_mean_its_own_meaning(text: str) -> None:
    found = replace(term("The marsh toll is old.", "marsh toll"), meanings=(text,))
    assert found.may_mean(text)


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [
        ("marsh toll", "old tolls", True),
        ("marsh toll", "iron gate", False),
        ("half-built gate", "built house", True),
        ("is it", "it was", True),
    ],
)
def test_terms_of_one_word_family_are_akin_both_ways(one: str, other: str, akin: bool) -> None:
    a, b = (term(f"They saw {name} there.", name) for name in (one, other))
    assert (a.is_akin_to(b), b.is_akin_to(a)) == (akin, akin)


@pytest.mark.parametrize(
    ("texts", "torn"),
    [
        (["They lifted the fog of war."], True),
        (["They lifted the fog of war.", "Then fog came."], False),
        (["They saw fog."], False),
        ([], False),
    ],
)
def test_a_term_is_a_piece_only_if_it_is_torn_wherever_it_stands(texts: list[str], torn: bool) -> None:
    assert are_fragments([place(text, "fog") for text in texts], []) is torn


@given(st.text(max_size=40), st.text(min_size=1, max_size=8), st.text(max_size=40))
def test_a_place_divides_its_sentence_into_three(before: str, surface: str, after: str) -> None:
    text = before + surface + after
    found = Place(Sentence(0, Span(0, len(text)), text, 0, 1), len(before), len(before) + len(surface))
    assert (found.before, found.surface, found.after) == (before, surface, after)


def test_people_of_a_nation_keep_their_capital_at_the_start_of_a_sentence() -> None:
    material = prepare(
        outline_on("#\n\nChinese engineers came. Old engineers left.", "Chinese engineers", "Old engineers"), {}
    )
    assert [term.text for term in material.terms] == ["Chinese engineers", "old engineers"]
