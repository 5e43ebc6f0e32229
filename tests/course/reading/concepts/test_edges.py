"""Where a term is torn out of two phrases, and beside each the nearest that is one phrase."""

from __future__ import annotations

import pytest

from course.reading.concepts.edges import is_owner, is_torn
from tests.course.reading.concepts.parsing import setting_of


def is_torn_in(text: str, term: str) -> bool:
    found, given = setting_of(text)
    return is_torn(found[term].found[0], given)


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (
            ("The inhabitants of Hask and Norvik drinking at his well left.", "norvik drinking"),
            ("They like the Norvik drinking at the well.", "norvik drinking"),
        ),
        (
            ("She calls the habit waiting on the quay.", "habit waiting"),
            ("She praised the boat waiting on the quay.", "boat waiting"),
        ),
        (
            ("Shops cancelled weddings.", "shops cancelled weddings"),
            ("They like the shop-led weddings.", "shop-led weddings"),
        ),
        (
            ("They contain mostly beetles and moths.", "mostly beetles"),
            ("They contain likely beetles and moths.", "likely beetles"),
        ),
        (
            ("They left. With that sum Norvik could run its buses.", "sum norvik"),
            ("They left. The brig Norvik could run.", "brig norvik"),
        ),
        (
            ("They left. For this reason manufacturers measure coins.", "reason manufacturers"),
            ("They left. The coin manufacturers measure coins.", "coin manufacturers"),
        ),
        (
            ("They met Sofia Brandt of the tenants.", "sofia brandt of the tenants"),
            ("They met the Brandt Institute of the arts.", "brandt institute of the arts"),
        ),
        (
            ("They met Sofia Brandt of the tenants.", "sofia brandt of the tenants"),
            ("They raised an Iron Curtain of silence.", "iron curtain of silence"),
        ),
    ],
)
def test_a_term_is_torn_where_another_phrase_begins(torn: tuple[str, str], whole: tuple[str, str]) -> None:
    assert is_torn_in(*torn)
    assert not is_torn_in(*whole)


@pytest.mark.parametrize(
    ("text", "owns"),
    [
        ("They met the tenants' union.", True),
        ("They met the tenants’ union.", True),
        ("They met the tenants.", False),
        ("They met the 'tenants' there.", False),
        ("They met the ‘tenants’ there.", False),
    ],
)
def test_several_own_what_follows_their_apostrophe(text: str, owns: bool) -> None:
    found, given = setting_of(text)
    assert is_owner(found["tenants"].found[0][1], given) is owns
