"""Terms that may be one thing: which pairs are proposed, for which reason, and which never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.likeness import LAST, REASONS, SHORT, SPELLED, alike_terms


def pairs(*terms: str) -> list[tuple[str, str, str]]:
    return [(found.term, found.other, found.reason) for found in alike_terms({term: term for term in terms})]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("water wheel", "water-wheel"),
        ("waterwheel", "water wheel"),
        ("Lock", "lock"),
        ("locks", "lock"),
        ("LOCKS", "Lock"),
        ("Straße", "strasse"),
        ("Mühlen-Rad", "mühlenrad"),
        ("Шлюз", "шлюз"),
    ],
)
def test_the_same_words_in_two_spellings_are_proposed_once(one: str, other: str) -> None:
    assert len(pairs(one, other)) == 1
    assert pairs(one, other)[0][2] == REASONS[SPELLED]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("RLB", "River Lock Board"),
        ("RLB", "River Lock board"),
        ("BR", "Board of the River"),
        ("MOT", "Ministry Over Tides"),
        ("МР", "Министерство рек"),
    ],
)
def test_the_first_letters_stand_for_the_words(short: str, long: str) -> None:
    assert pairs(short, long) == pairs(long, short) == [(short, long, REASONS[SHORT])]


@pytest.mark.parametrize(
    ("last", "whole"),
    [("Miller", "Anna Miller"), ("Bank", "River Bank"), ("Łódź", "Nowa Łódź"), ("Река", "Белая Река")],
)
def test_a_name_goes_by_its_last_word(last: str, whole: str) -> None:
    assert pairs(last, whole) == [(last, whole, REASONS[LAST])]


@pytest.mark.parametrize(
    "terms",
    [
        (),
        ("lock",),
        ("lock", "weir"),
        ("glas", "glass"),
        ("miller", "Anna Miller"),
        ("Miller", "anna Miller"),
        ("Anna", "Anna Miller"),
        ("R", "River"),
        ("rl", "River Lock"),
        ("RL", "River Lock Board"),
        ("OT", "Of The"),
        ("…", "?!"),
        ("", " "),
        ("鷺", "白鷺"),
    ],
    ids=range(14),
)
def test_what_is_not_plainly_one_is_not_proposed(terms: tuple[str, ...]) -> None:
    assert pairs(*terms) == []


def test_each_lesser_term_is_proposed_with_the_first_that_fits() -> None:
    assert pairs("Miller", "Anna Miller", "Bert Miller") == [("Miller", "Anna Miller", REASONS[LAST])]
    assert pairs("RLB", "River Lock Board", "Rye Loaf Bakery") == [("RLB", "River Lock Board", REASONS[SHORT])]


def test_spelling_comes_before_letters_and_letters_before_the_last_word() -> None:
    assert pairs("A.M.", "am", "Ann Moss") == [("am", "A.M.", REASONS[SPELLED])]
    assert pairs("AM", "am", "Ann Moss") == [
        ("AM", "Ann Moss", REASONS[SHORT]),
        ("am", "AM", REASONS[SPELLED]),
    ]


TERMS = st.sampled_from(
    ["Lock", "locks", "River Lock", "RL", "rl", "Anna Lock", "the lock", "鷺", "?", "Roads, Ltd", ""]
)


@given(st.lists(TERMS, max_size=8))
def test_no_pair_is_proposed_both_ways_and_no_term_twice_as_the_lesser(terms: list[str]) -> None:
    found = alike_terms(dict(enumerate(terms)))
    lesser = [pair.term for pair in found]
    assert len(set(lesser)) == len(lesser)
    assert not {(pair.term, pair.other) for pair in found} & {(pair.other, pair.term) for pair in found}
    assert all(pair.term != pair.other and pair.reason in REASONS.values() for pair in found)


@given(st.lists(TERMS, max_size=6))
def test_a_term_like_no_other_changes_no_proposal(terms: list[str]) -> None:
    keyed = {str(place): term for place, term in enumerate(terms)}
    assert alike_terms({**keyed, "new": "Zugbrücke"}) == alike_terms(keyed)
