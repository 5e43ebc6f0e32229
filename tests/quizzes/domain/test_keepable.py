"""What may be stored of an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.keepable import is_empty, keepable
from quizzes.errors import AnswerTooLarge, UnkeepableAnswer
from quizzes.questions.open_response import LONGEST

plain_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
plain_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(-1e29, 1e29) | plain_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_text, inner, max_size=4),
    max_leaves=12,
)


@given(plain_json)
def test_plain_json_is_kept_as_it_was_sent(raw: Any) -> None:
    assert keepable(raw) is raw


def test_exactly_20000_characters_are_kept_and_one_more_is_refused() -> None:
    assert keepable("x" * 19_998)
    with pytest.raises(AnswerTooLarge):
        keepable("x" * 19_999)


@pytest.mark.parametrize("sign", ["x", "ў", "中", "😀", '"', "\n"])
def test_the_longest_answer_is_kept_in_every_script(sign: str) -> None:
    assert keepable(sign * (LONGEST - 1)) == sign * (LONGEST - 1)


def test_characters_count_not_bytes() -> None:
    assert keepable("😀" * 19_998)
    with pytest.raises(AnswerTooLarge):
        keepable("😀" * 19_999)


@pytest.mark.parametrize(
    "raw",
    [
        "a\x00",
        {"\x00": 1},
        "\udfff",
        ["\ud800"],
        float("inf"),
        float("nan"),
        10**31,
        -(10**31),
        10**400,
        [-(10**400)],
        1e31,
        {1: "a"},
        b"bytes",
        {"a": {1, 2}},
    ],
    ids=repr,
)
def test_what_no_database_takes_is_refused(raw: Any) -> None:
    with pytest.raises(UnkeepableAnswer):
        keepable(raw)


def test_nesting_is_bounded() -> None:
    nineteen: Any = json.loads("[" * 19 + "]" * 19)
    assert keepable(nineteen) is nineteen
    with pytest.raises(UnkeepableAnswer):
        keepable([[nineteen]])


@pytest.mark.parametrize("raw", [None, "", " \n", [], {}, {"g1": "", "g2": None}])
def test_nothing_answered_is_empty(raw: Any) -> None:
    assert is_empty(raw)


@pytest.mark.parametrize("raw", ["0", ["a"], {"g1": "x", "g2": ""}, 0, False])
def test_anything_answered_is_not_empty(raw: Any) -> None:
    assert not is_empty(raw)
