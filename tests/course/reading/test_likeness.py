"""Terms that may be one are proposed with a reason, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.likeness import alike_terms


def pairs(*terms: str) -> list[tuple[str, str]]:
    return [(terms[each.term], terms[each.other]) for each in alike_terms(dict(enumerate(terms)))]


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        (("thirst machine", "Thirst-Machine"), [("Thirst-Machine", "thirst machine")]),
        (("thirst machine", "thirst machines"), [("thirst machines", "thirst machine")]),
        (("Union of Lake Towns", "ULT"), [("ULT", "Union of Lake Towns")]),
        (("ult", "Union of Lake Towns"), []),
        (("Ilse Brandt", "Brandt"), [("Brandt", "Ilse Brandt")]),
        (("upper town", "town"), []),
        (("upper town", "Town"), []),
        (("glass", "glas"), []),
        (("wall", "lake"), []),
        (("I", "Ilse"), []),
        (("…", "—"), []),
        ((), []),
    ],
    ids=str,
)
def test_likeness_by_letters(terms: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert pairs(*terms) == found


def test_a_term_is_proposed_once_and_says_why() -> None:
    (likeness,) = alike_terms({"a": "Ilse Brandt", "b": "Anna Brandt", "c": "Brandt"})
    assert (likeness.term, likeness.other, likeness.reason) == ("c", "a", "One is the last word of the other.")


@given(st.lists(st.text("aB sS-", max_size=8), max_size=10))
def test_no_term_is_like_itself_and_no_pair_comes_twice(terms: list[str]) -> None:
    found = alike_terms(dict(enumerate(terms)))
    assert all(each.term != each.other for each in found)
    keys = [frozenset((each.term, each.other)) for each in found]
    assert len(keys) == len(set(keys))
