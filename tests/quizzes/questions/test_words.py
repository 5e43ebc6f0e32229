"""What a person reads in a question is what it is found by."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import kinds
from quizzes.questions.words import asked_text, folded, search_text
from tests.factories import single_choice

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(json)
def test_whatever_the_content_it_has_words_or_none(content: Any) -> None:
    for text in (search_text(content), asked_text(content)):
        assert text == "\n".join(folded(line) for line in text.split("\n"))


def is_its_own_capital(text: str) -> bool:
    """Whether capitals lead back to the same letters: those of a dotless i are those of another letter."""
    return text.upper().casefold() == text.casefold()


@given(st.text().filter(is_its_own_capital))
def test_folding_again_changes_nothing_a_search_asks_for(text: str) -> None:
    once = folded(text)
    assert folded(once.upper()) == folded(once) == folded(f"  {text} ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("  The  UPPER\ntown ", "the upper town"),
        ("“It’s” – so", '"it\'s" - so'),
        ("Straße, ÉTÉ", "strasse, été"),
        ("ﬁne ½", "fine 1⁄2"),
        ("Минск", "минск"),
        ("", ""),
    ],
)
def test_what_a_search_does_not_ask_for_is_folded_away(text: str, found: str) -> None:
    assert folded(text) == found


def test_stem_options_feedback_and_explanation_are_found_and_ids_are_not() -> None:
    text = search_text(single_choice("Who built it?"))
    assert text.split("\n") == [
        "who built it?",
        "the second sentence says so.",
        "the upper town",
        "yes, in the second sentence.",
        "the lower town",
        "it only has a name for it.",
    ]


def test_what_is_asked_leaves_out_what_is_said_about_it() -> None:
    content = single_choice("Who built it?") | {"hints": ["Look up."]}
    assert asked_text(content).split("\n") == ["who built it?", "the upper town", "the lower town"]


def test_gaps_are_no_words() -> None:
    content = {"text": "The {{g1}} town", "gaps": [{"id": "g1", "accepted": ["upper"]}]}
    assert search_text(content) == "the ... town\nupper"


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_every_kind_is_found_by_its_title(kind: Any) -> None:
    for example in kind.examples():
        words = folded(kind.title(example.content).replace("____", "")).replace("… ", "").split()
        assert [word for word in words if word.strip("_…;.,") and word not in search_text(example.content)] == []
