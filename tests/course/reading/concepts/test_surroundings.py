"""What stands around a term: for each sign the sentence that shows it, and beside it the nearest that does not."""

from __future__ import annotations

import pytest
from hypothesis import given as hypothesised
from hypothesis import strategies as st

from course.reading.concepts.setting import is_name
from course.reading.concepts.surroundings import surroundings
from tests.course.reading.concepts.parsing import setting_of


def around(term: str, text: str, *, headings: tuple[str, ...] = ()) -> set[str]:
    found, given = setting_of(text, headings=headings)
    return set(surroundings(found[term], given, name=is_name(found[term], given)))


@pytest.mark.parametrize(
    ("sign", "term", "shows", "does_not"),
    [
        ("indefinite", "velvet cage", "It was a velvet cage.", "It was the velvet cage."),
        ("indefinite", "velvet cage", "It was a “velvet cage”.", "It was “velvet cage”."),
        ("indefinite", "velvet cage", "It was a new velvet cage.", "It was the new velvet cage."),
        ("clause_end", "velvet cage", "They saw the velvet cage.", "They saw the velvet cage there."),
        ("clause_end", "velvet cage", "They saw the velvet cage, and left.", "They saw the velvet cage and left."),
        ("not_left", "cage", "They saw the iron cage.", "They saw the cage."),
        ("not_left", "barometer", "They saw a broken barometer.", "They had mended barometer cases."),
        ("not_left", "slackwater", "They fear the settled slackwater.", "It is an hour called slackwater."),
        ("not_left", "barometer", "They saw the man's barometer.", "They saw the barometer."),
        ("not_right", "iron", "They saw the iron cage.", "They saw the iron."),
        ("not_right", "man", "They saw the man's hat.", "They saw the man."),
        ("not_right", "tenants", "They met the tenants' union.", "They met the 'tenants' there."),
        ("clause_end", "tenants", "They met the tenants.", "They met the tenants’ union."),
        ("torn", "hask drinking", "People of Hask drinking at a well.", "They like the Hask drinking at a well."),
        ("goes_on", "pendulum", "They saw the pendulum of politics.", "They saw the pendulum in politics."),
        ("defined", "slow bond", "A slow bond means that nobody is paid.", "A slow bond is that nobody is paid."),
        ("apposed", "knockers", "They fear the knockers, the spirits of a mine.", "They fear the knockers, and leave."),
        ("naming", "rust hedge", "They call it the rust hedge.", "They see it, the rust hedge."),
        ("naming_exact", "rust hedge", "They call it the rust hedge.", "They saw the rust hedge."),
        ("framing", "ghost town", "It became a ghost town.", "It left a ghost town."),
        ("quoted", "blind purse", "He asked for a “blind purse”.", "He asked for a blind purse."),
        ("cut_name", "fen council", "They wrote to the Upper Fen Council.", "They wrote to the Fen Council."),
        ("cut_name", "bank", "They trust the Bank of Hask.", "They trust the Bank of old."),
        ("verbal", "expected grief", "They had expected grief there.", "They liked expected grief there."),
        ("single_naming_exact", "lethargy", "They call this lethargy.", "They saw lethargy."),
        ("single_framing", "peacemaker", "They play the role of peacemaker.", "They saw the peacemaker."),
    ],
)
def test_a_sign_is_seen_where_it_is_and_not_beside_it(sign: str, term: str, shows: str, does_not: str) -> None:
    assert sign in around(term, shows)
    assert sign not in around(term, does_not)


def test_a_heading_is_a_sign_and_a_paragraph_is_not() -> None:
    text = "The rust hedge\nThey saw the velvet cage."
    assert "heading" in around("rust hedge", text, headings=("The rust hedge",))
    assert "heading" not in around("velvet cage", text, headings=("The rust hedge",))


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("They saw the iron cage. They built an iron cage door.", False),
        ("They saw the iron cage door. They built an iron cage door.", True),
    ],
)
def test_a_cut_counts_only_if_it_is_one_wherever_the_term_stands(text: str, is_cut: bool) -> None:
    assert ("not_right" in around("iron cage", text)) is is_cut


def test_one_good_place_is_enough_for_what_speaks_for_a_term() -> None:
    text = "They saw the rust hedge there. They call it a rust hedge. They saw the rust hedge there."
    assert {"naming", "indefinite", "clause_end"} <= around("rust hedge", text)


def test_nothing_that_defines_is_seen_around_a_name() -> None:
    signs = around("oda brisk", "She is called Oda Brisk, a clerk, which is to say a learner.")
    assert not signs & {"naming", "naming_exact", "framing", "defined", "apposed", "indefinite"}


def test_only_the_first_dozen_places_are_looked_at() -> None:
    plain = "They saw the rust hedge there. "
    assert "naming" in around("rust hedge", plain * 11 + "They call it a rust hedge.")
    assert "naming" not in around("rust hedge", plain * 12 + "They call it a rust hedge.")


WORDS = st.sampled_from(
    "They call it a the new rust hedge of iron doors Hask Council 's had “ ” , . is known as became which means".split()
)


@hypothesised(st.lists(WORDS, max_size=25).map(" ".join))
def test_no_sign_is_named_twice_and_each_has_a_weight_or_is_a_mark_for_another(text: str) -> None:
    found, given = setting_of(text)
    for each in found.values():
        signs = list(surroundings(each, given, name=is_name(each, given)))
        assert len(signs) == len(set(signs))
        assert not [sign for sign in signs if sign not in given.lexicon.weights]
