"""Languages known by their little words: which are, and that their lists are lists of words."""

from __future__ import annotations

import pytest

from course.reading.concepts.lexicon import english_lexicon
from course.reading.concepts.tongues import SPOKEN, Tongue, tongue_of


@pytest.fixture(params=SPOKEN)
def tongue(request: pytest.FixtureRequest) -> Tongue:
    found = tongue_of(request.param)
    assert found is not None
    return found


@pytest.mark.parametrize(("code", "known"), [("fr", True), ("es-MX", True), ("DE", True), ("en", False), ("xx", False)])
def test_a_tongue_is_found_by_its_code_in_any_spelling(code: str, known: bool) -> None:
    assert (tongue_of(code) is not None) is known


def test_every_opening_and_link_is_a_little_word(tongue: Tongue) -> None:
    assert tongue.openings | tongue.links | tongue.indefinite <= tongue.lexicon.stop | tongue.indefinite
    assert tongue.genitives <= tongue.links


def test_no_list_of_a_tongue_holds_a_phrase(tongue: Tongue) -> None:
    lexicon = tongue.lexicon
    for words in (lexicon.generic, lexicon.organisations, lexicon.times, lexicon.stop):
        assert words
        assert not any(" " in word for word in words)


def test_the_weights_are_those_of_the_package_and_images_stay_english(tongue: Tongue) -> None:
    assert tongue.lexicon.weights == english_lexicon().weights
    assert tongue.lexicon.images == frozenset()
