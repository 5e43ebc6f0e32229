"""The laws every list of suggestions keeps."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.concepts import find_concepts
from course.reading.concepts.tokens import stem
from course.reading.outline import ConceptKind, ConceptOutline, PassageKind, Span
from tests.course.reading.concepts.articles import STORY, concepts_in, passages_of, terms_in

HEADINGS = {"The wandering harbour": PassageKind.HEADING, "What the insurers think": PassageKind.HEADING}
PIECES = (
    "the a silent harbour wall moves quickly “iron whisper” Senn Board known as of on rust-like hedge , . ! it is what"
)
WORDS = st.sampled_from(PIECES.split())
LITTLE_WORDS = st.sampled_from(
    ["the", "of", "and", "it", "is", "was", "were", "that", "which", "they", "in", "on", "by"]
)
TEXTS = st.lists(st.lists(WORDS, max_size=30).map(" ".join), max_size=6).map("\n".join)


def story(*, limit: int = 40) -> tuple[ConceptOutline, ...]:
    return find_concepts(STORY, passages=passages_of(STORY, HEADINGS), title="", language="en", limit=limit)


def by_term(term: str) -> ConceptOutline:
    return next(concept for concept in story() if concept.term == term)


def test_what_only_the_title_says_is_no_concept() -> None:
    passages = [
        replace(each, reason="title") if each.kind is PassageKind.HEADING and number == 0 else each
        for number, each in enumerate(passages_of(STORY, HEADINGS))
    ]
    found = find_concepts(STORY, passages=passages, title="The wandering harbour", language="en", limit=40)
    ends = [passages[0].span.end for each in found for mention in each.mentions if mention.start < passages[0].span.end]
    assert ends == []


def check_laws(text: str, concepts: tuple[ConceptOutline, ...], *, limit: int) -> None:
    assert [concept.rank for concept in concepts] == list(range(1, len(concepts) + 1))
    assert len(concepts) <= limit
    mentions = sorted(mention for concept in concepts for mention in concept.mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for concept in concepts:
        assert concept.mentions
        assert concept.reasons
        assert list(concept.mentions) == sorted(concept.mentions)
        assert {stems(mention.quote(text)) for mention in concept.mentions} == {stems(concept.term)}
        if concept.definition:
            assert any(concept.definition.overlaps(mention) for mention in concept.mentions)


def stems(surface: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in surface.replace("'", " '").replace("’", " '").split())


def test_the_coined_expressions_of_a_story_come_first() -> None:
    first = [concept.term for concept in story()[:6]]

    assert {"rust hedge", "drifting liability", "paper port", "sleeping dragon"} <= set(first)


def test_an_institution_is_a_name_and_its_mentions_are_all_found() -> None:
    board = by_term("Harbour Insurance Board")

    assert board.kind is ConceptKind.NAME
    assert [mention.quote(STORY) for mention in board.mentions] == ["Harbour Insurance Board"] * 2


def test_every_mention_of_a_term_is_found_in_order() -> None:
    hedge = by_term("rust hedge")

    assert [mention.quote(STORY) for mention in hedge.mentions] == ["rust hedge", "rust hedge"]


def test_the_sentence_that_explains_a_term_is_its_definition() -> None:
    liability = by_term("drifting liability")

    assert liability.definition is not None
    assert liability.definition.quote(STORY) == (
        "The insurers speak of a drifting liability, meaning a risk that is never found twice in the same place."
    )


def test_a_name_is_never_defined() -> None:
    text = "Anna Berg, a graduate student, met the Harbour Council, which is a body of nine, in the old hall."

    for concept in concepts_in(text):
        if concept.kind is ConceptKind.NAME:
            assert concept.definition is None
            assert not any("explain it" in reason or "explanation" in reason for reason in concept.reasons)


def test_a_story_keeps_the_laws() -> None:
    check_laws(STORY, story(), limit=40)


@given(TEXTS, st.integers(min_value=0, max_value=12), st.sampled_from(["en", "de", "fr", "xx"]))
@settings(deadline=None, max_examples=60)
def test_any_text_keeps_the_laws(text: str, limit: int, language: str) -> None:
    check_laws(text, concepts_in(text, limit=limit, language=language), limit=limit)


@given(st.text(max_size=400), st.sampled_from(["en", "ja"]))
@settings(deadline=None, max_examples=60)
def test_any_characters_keep_the_offsets(text: str, language: str) -> None:
    for concept in concepts_in(text, language=language):
        for mention in concept.mentions:
            assert 0 <= mention.start < mention.end <= len(text)


@given(TEXTS)
@settings(deadline=None, max_examples=40)
def test_the_same_text_gives_the_same_concepts(text: str) -> None:
    assert concepts_in(text) == concepts_in(text)


@given(st.lists(LITTLE_WORDS, min_size=1, max_size=12))
@settings(deadline=None, max_examples=40)
def test_a_paragraph_of_little_words_changes_nothing(words: list[str]) -> None:
    longer = STORY + " ".join(words) + ".\n"
    concepts = find_concepts(longer, passages=passages_of(longer, HEADINGS), title="", language="en")

    assert concepts == story()


def test_a_shorter_list_is_the_beginning_of_a_longer_one_while_no_share_is_full() -> None:
    assert [concept.term for concept in story(limit=5)] == [concept.term for concept in story()[:5]]


def test_no_two_suggestions_say_the_same_in_fewer_words() -> None:
    for one, other in combinations(story(), 2):
        assert not set(stems(one.term)) <= set(stems(other.term))


@pytest.mark.parametrize("kind", [PassageKind.BOILERPLATE, PassageKind.PULL_QUOTE, PassageKind.FIGURE])
def test_nothing_is_found_or_mentioned_in_what_is_not_read(kind: PassageKind) -> None:
    lines = STORY.splitlines()
    text = STORY + lines[2] + "\n" + "A golden whisper is a glass hammer.\n"
    kinds = HEADINGS | {"A golden whisper is a glass hammer.": kind}
    passages = [*passages_of(text, kinds)]
    repeated = passages[-2]
    passages[-2] = type(repeated)(repeated.position, kind, repeated.span)
    concepts = find_concepts(text, passages=passages, title="", language="en")

    assert [(concept.term, concept.mentions) for concept in concepts] == [
        (concept.term, concept.mentions) for concept in story()
    ]


def test_headings_are_mentions_too() -> None:
    text = "The rust hedge\nNobody owns the rust hedge, and it moves in winter.\n"
    passages = passages_of(text, {"The rust hedge": PassageKind.HEADING})
    hedge = find_concepts(text, passages=passages, title="", language="en")[0]

    assert (hedge.term, hedge.mentions) == ("rust hedge", (Span(4, 14), Span(31, 41)))


@pytest.mark.parametrize("text", ["", "\n\n", "the of and", "?", "—", "\u0301", "1,100 42 7."])
def test_a_text_without_terms_has_no_concepts(text: str) -> None:
    assert concepts_in(text) == ()


def test_one_paragraph_is_enough() -> None:
    assert terms_in("The treaty was a paper tiger, and everybody knew it.")[0] == "paper tiger"


def test_a_language_without_a_tagger_gives_quotations_names_and_what_comes_back() -> None:
    text = (
        "La ministre a parlé de la « fracture numérique » devant Jean Moulin.\n"
        "Le revenu universel revient. Selon la ministre, le revenu universel ne suffit pas contre l’exode rural.\n"
    )
    terms = terms_in(text, language="fr")

    assert {"fracture numérique", "Jean Moulin", "revenu universel"} <= set(terms)


def test_german_nouns_are_not_taken_for_names() -> None:
    text = "Der Hafen und die Mauer stehen im Meer. Nur Anna Berg kennt den Hafen und die Mauer von Senn am Meer.\n"
    names = [concept.term for concept in concepts_in(text, language="de") if concept.kind is ConceptKind.NAME]

    assert names == ["Anna Berg"]


def test_a_long_article_costs_no_more_for_each_word_than_a_short_one() -> None:
    short = STORY * 12
    long = STORY * 120
    concepts_in(STORY)

    began = time.process_time()
    concepts_in(short)
    middle = time.process_time()
    concepts_in(long)
    ended = time.process_time()

    assert ended - middle < 10 * 3 * (middle - began)


def test_a_text_without_end_is_read_in_bounded_time() -> None:
    text = "word " * 100_000

    assert len(terms_in(text)) <= 40
