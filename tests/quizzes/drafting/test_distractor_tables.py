"""Wrong options: of the same form as the key, of like length, and neither akin to it nor to each other."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.outline import Outline
from quizzes.drafting.distractors import similar_terms, spread_lengths, spread_texts
from quizzes.drafting.material import prepare
from quizzes.drafting.rules.options import within_lengths
from quizzes.drafting.words import content_roots
from tests.quizzes.drafting.drafters.proposals import outline_on, term_of
from tests.quizzes.drafting.invented import outlines


def wrong_for(key: str, *others: str, stem: str = "Which?", cased: bool = False) -> set[str]:
    text = "#\n\n" + "\n\n".join(f"They saw the {name} there." for name in (key, *others))
    material = prepare(outline_on(text, key, *others), {})
    found = similar_terms(material, term_of(material, key), stem=stem, seed="s", cased=cased)
    return {term.text for term in found}


@pytest.mark.parametrize(
    ("key", "other", "fits"),
    [
        ("clay bell", "iron gate", True),
        ("clay bell", "iron gates", False),
        ("clay bells", "iron gates", True),
        ("clay bell", "clay pot", False),
        ("clay bell", "bellman", True),
        ("clay bell", "Iron Council", False),
        ("Salt Board", "Iron Council", True),
        ("clay bell", "sand-and-straw budget hut", False),
        ("clay bell", "ox", False),
        ("clay bell", "ember levy", True),
    ],
)
def test_an_option_has_the_form_of_the_key_and_none_of_its_words(key: str, other: str, fits: bool) -> None:
    assert (other in wrong_for(key, other)) is fits


@pytest.mark.parametrize(
    ("key", "other", "fits"),
    [("clay bell", "ember levy", False), ("ember levy", "iron gate", True), ("clay bell", "salt vote", True)],
)
def test_in_a_sentence_the_sound_before_it_has_to_fit_as_well(key: str, other: str, fits: bool) -> None:
    assert (other in wrong_for(key, other, cased=True)) is fits


def test_no_option_holds_a_word_of_the_question_or_of_another_option() -> None:
    others = ("iron gate", "iron mill", "salt vote", "salt gate", "marsh toll")
    found = wrong_for("clay bell", *others, stem="What did the people of the marsh ring?")
    assert "marsh toll" not in found
    for one, other in combinations(found, 2):
        assert not content_roots(one) & content_roots(other)


@pytest.mark.parametrize(
    ("texts", "within"),
    [
        (["x" * 8, "x" * 4], True), (["x" * 9, "x" * 4], False), (["x" * 8, "x"], True), (["x" * 9, "x"], False),
        (["x" * 40, "x" * 20], True), (["x" * 41, "x" * 20], False), (["x"], True), ([""], True),
    ],
)  # fmt: skip
def test_the_longest_is_at_most_twice_the_shortest(texts: list[str], within: bool) -> None:
    assert within_lengths(texts) is within


POOL = st.lists(st.text(alphabet="abcdefg", min_size=4, max_size=12), max_size=8, unique=True)


@given(POOL, st.text(alphabet="xyz", min_size=6, max_size=8), st.integers(1, 4))
def test_as_many_are_picked_as_fit_and_as_are_wanted(pool: list[str], key: str, count: int) -> None:
    fits = [text for text in pool if within_lengths([key, text])]
    picked = spread_texts(pool, key, count=count, seed="s")
    assert len(picked) <= min(count, len(fits))
    assert len(picked) == min(count, len(fits)) or not within_lengths([key, *fits])


@given(POOL, st.text(alphabet="xyz", min_size=6, max_size=8))
def test_the_same_seed_picks_the_same_and_the_order_of_the_pool_is_kept(pool: list[str], key: str) -> None:
    picked = spread_texts(pool, key, count=3, seed="s")
    assert picked == spread_texts(pool, key, count=3, seed="s")
    longer, others = ([text for text in picked if (len(text) > len(key)) is is_longer] for is_longer in (True, False))
    for part in (longer, others):
        assert sorted(part, key=pool.index) == part or len(picked) == 3


@given(outlines())
@settings(max_examples=15)
def test_in_any_article_the_options_of_a_term_are_others_of_its_form(outline: Outline) -> None:
    material = prepare(outline, {})
    for term in material.terms:
        found = similar_terms(material, term, stem="Which?", seed="s", near=term.places[0] if term.places else None)
        assert len(found) <= 3
        assert term not in found
        assert within_lengths([term.text, *(other.text for other in found)])
        for other in found:
            assert (other.form.plural, other.form.entity) == (term.form.plural, term.form.entity)
            assert not other.is_akin_to(term)
            assert not other.is_fragment


@given(outlines())
@settings(max_examples=15)
def test_terms_picked_by_length_are_of_the_pool_and_each_once(outline: Outline) -> None:
    first, *others = prepare(outline, {}).terms
    picked = spread_lengths(others, first, count=3, seed="s")
    assert all(term in others for term in picked)
    assert len({term.text for term in picked}) == len(picked)
