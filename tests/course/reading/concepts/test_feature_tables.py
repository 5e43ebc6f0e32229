"""What speaks for and against a term, each beside the nearest that does not; and the laws of all features."""

from __future__ import annotations

import math

import pytest
from hypothesis import given as hypothesised
from hypothesis import strategies as st

from course.reading.concepts.features import Features, features, head_of
from course.reading.concepts.ranking import total
from course.reading.concepts.reasons import reasons
from tests.course.reading.concepts.parsing import setting_of


def features_of(term: str, text: str, *, title: str = "") -> Features:
    found, given = setting_of(text, title=title)
    return features(found[term], given)


@pytest.mark.parametrize(
    ("feature", "shows", "does_not"),
    [
        ("single", ("lamp", "They saw the lamp."), ("co-lamp", "They saw the co-lamp.")),
        ("n2", ("iron cage", "They saw the iron cage."), ("cage", "They saw the cage.")),
        ("nn", ("iron cage", "They saw the iron cage."), ("old cage", "They saw the old cage.")),
        ("jn", ("old cage", "They saw the old cage."), ("iron cage", "They saw the iron cage.")),
        ("prep", ("scar with flowers", "They saw the scar with flowers."), ("lender of resort", "A lender of resort.")),
        ("hyphen", ("co-lamp", "They saw the co-lamp."), ("lamp", "They saw the lamp.")),
        ("coined", ("ferry-goat", "They saw the ferry-goat."), ("long-term", "They saw it long-term.")),
        ("generic", ("old question", "They saw the old question."), ("old lamp", "They saw the old lamp.")),
        ("generic_adjective", ("new lamp", "They saw the new lamp."), ("red lamp", "They saw the red lamp.")),
        ("number", ("seven lamps", "They saw seven lamps."), ("red lamps", "They saw red lamps.")),
        ("number", ("thirty-one lamps", "They saw thirty-one lamps."), ("one-off lamps", "They saw one-off lamps.")),
        ("graded", ("older lamp", "They saw an older lamp."), ("outer lamp", "They saw an outer lamp.")),
        ("agent", ("busywork", "They call it busywork."), ("network", "They call it a network.")),
        ("agent", ("beekeeper", "They saw the beekeeper."), ("bee", "They saw the bee.")),
        ("jn", ("victorian market", "A Victorian market opened."), ("kremlin puppet", "It is a Kremlin puppet.")),
        ("person", ("potter oda haufik", "They met the potter Oda Haufik."), ("brig hask", "They saw the brig Hask.")),
        ("time", ("winter evening", "It was a winter evening."), ("winter coat", "It was a coat of lamps.")),
        ("all_name", ("hask", "They like Hask."), ("lamp", "They like the lamp.")),
        ("person", ("oda brisk", "They met Oda Brisk."), ("fen council", "They met the Fen Council.")),
        ("organisation", ("fen council", "They met the Fen Council."), ("oda brisk", "They met Oda Brisk.")),
        ("surname", ("oda brisk", "They met Oda Brisk. They say Brisk left."), ("oda brisk", "They met Oda Brisk.")),
        ("common_name", ("black winter", "They like the Black Winter."), ("black zorb", "They like the Black Zorb.")),
        ("image_head", ("paper tiger", "They saw the paper tiger."), ("paper rate", "They saw the paper rate.")),
        ("physical_pair", ("velvet cage", "They saw the velvet cage."), ("annual cage", "They saw the annual cage.")),
        ("verb_like", ("villages growing", "They like the villages growing."), ("village mirror", "A village mirror.")),
    ],
)  # fmt: skip
def test_a_feature_is_seen_where_it_is_and_not_beside_it(
    feature: str, shows: tuple[str, str], does_not: tuple[str, str]
) -> None:
    assert feature in features_of(*shows)
    found, given = setting_of(does_not[1])
    assert does_not[0] not in found or feature not in features(found[does_not[0]], given)


@pytest.mark.parametrize(("times", "weight"), [(1, None), (2, 1.0), (4, 2.0), (8, 3.0), (20, 3.0)])
def test_coming_back_counts_by_doublings_up_to_eight_times(times: int, weight: float | None) -> None:
    assert features_of("rust hedge", "They saw the rust hedge. " * times).get("recurring") == weight


def test_a_lone_word_does_not_gain_by_coming_back() -> None:
    assert "recurring" not in features_of("hedge", "They saw the hedge. " * 5)


@pytest.mark.parametrize(
    ("title", "is_titled"),
    [
        ("The rust hedge of Senn", True), ("“Rust Hedges”", True), ("HEDGE: rust!", True), ("A rusty hedge", False),
        ("Rust", False), ("", False),
    ],
)  # fmt: skip
def test_a_title_has_all_words_of_a_term_in_any_form(title: str, is_titled: bool) -> None:
    assert ("title" in features_of("rust hedge", "They saw the rust hedge.", title=title)) is is_titled


@pytest.mark.parametrize(
    ("term", "text", "head"),
    [
        ("iron cage", "They saw the iron cage.", "cage"),
        ("scar with flowers", "They saw the scar with flowers.", "scar"),
        ("lender of resort", "It is a lender of resort.", "lender"),
        ("house on the hill", "They saw a house on the hill.", "house"),
        ("cage", "They saw the cage.", "cage"),
    ],
)
def test_a_phrase_is_about_the_word_before_its_link(term: str, text: str, head: str) -> None:
    found, given = setting_of(text)
    each = found[term]
    content = [i for i in range(*each.found[0]) if given.reading.lows[i] not in given.lexicon.stop]
    assert given.reading.words[head_of(each, content, given)] == head


WORDS = st.sampled_from(
    "They saw call it a the new rust hedge of with iron velvet cage seven Hask Council 's co-tax “ ” , . is".split()
)


@hypothesised(st.lists(WORDS, max_size=30).map(" ".join))
def test_every_feature_is_positive_has_a_weight_and_is_the_same_again(text: str) -> None:
    found, given = setting_of(text)
    for each in found.values():
        values = features(each, given)
        assert values == features(each, given)
        assert all(0 <= value <= 3 and math.isfinite(value) for value in values.values())
        assert values.keys() <= given.lexicon.weights.keys()
        assert math.isfinite(total(values, given.lexicon.weights))


@hypothesised(st.lists(WORDS, max_size=30).map(" ".join))
def test_every_term_has_one_to_three_different_reasons_in_sentences(text: str) -> None:
    found, given = setting_of(text)
    for each in found.values():
        told = reasons(features(each, given), weights=given.lexicon.weights)
        assert 1 <= len(told) <= 3
        assert len(set(told)) == len(told)
        assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in told)


@hypothesised(st.lists(WORDS, max_size=30).map(" ".join))
def test_no_term_is_one_word_and_several_at_once(text: str) -> None:
    found, given = setting_of(text)
    for each in found.values():
        sizes = features(each, given).keys() & {"single", "n2", "n3", "n4"}
        assert len(sizes) <= 1
