from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.distractors import similar_terms, spread_texts
from quizzes.drafting.material import prepare
from quizzes.drafting.rules.options import within_lengths
from tests.quizzes.drafting.drafters.proposals import outline_on, term_of
from tests.quizzes.drafting.samples import harbour


def texts(term: str, *, stem: str = "Which?", **settings: object) -> list[str]:
    material = prepare(harbour(), {})
    without = settings.get("without", ())
    assert isinstance(without, tuple)
    return [
        other.text for other in similar_terms(material, term_of(material, term), stem=stem, seed=stem, without=without)
    ]


def test_a_name_is_no_wrong_option_for_an_expression() -> None:
    assert "Harbour Panel" not in texts("silent street")


def test_a_term_akin_to_the_key_is_left_out() -> None:
    assert "old bridge" not in texts("bridge levy")


def test_a_term_with_a_word_of_the_stem_is_left_out() -> None:
    assert "night market" not in texts("silent street", stem="Which market?")


def test_named_terms_are_left_out() -> None:
    first = texts("silent street")
    assert not set(texts("silent street", without=tuple(first))) & set(first)


def test_terms_of_the_same_passage_are_left_out() -> None:
    material = prepare(harbour(), {})
    term = term_of(material, "night market")
    found = similar_terms(material, term, stem="Which?", seed="x", near=term.places[0])
    assert "borrowed harbour" not in [other.text for other in found]


def test_a_plural_is_no_wrong_option_for_a_singular() -> None:
    outline = outline_on(
        "#\n\nA tide tax is paid.\n\nRope rules and sand bells go.", "tide tax", "rope rules", "sand bells"
    )
    material = prepare(outline, {})
    assert similar_terms(material, material.terms[0], stem="Which?", seed="x") == []


WORDS = st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=24), max_size=9, unique=True)


@given(WORDS, st.text(alphabet="xyz", min_size=1, max_size=24), st.text(max_size=4))
def test_picked_texts_are_few_different_and_of_like_length(pool: list[str], key: str, seed: str) -> None:
    picked = spread_texts(pool, key, count=3, seed=seed)
    assert len(picked) == len(set(picked)) <= 3
    assert set(picked) <= set(pool)
    assert within_lengths([key, *picked])


def test_the_key_takes_every_place_in_the_order_of_lengths() -> None:
    pool = ["aaaaa", "bbbbbb", "ccccccc", "ddddddddd", "eeeeeeeeee", "fffffffffff"]
    places = {sum(len(text) > 8 for text in spread_texts(pool, "xxxxxxxx", count=3, seed=str(n))) for n in range(60)}
    assert places == {0, 1, 2, 3}
