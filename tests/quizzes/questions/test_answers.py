"""What learners send is cleaned into plain strings, or refused with a sentence that says what to do."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions.answers import (
    MAX_PARTS,
    MAX_TEXT,
    all_in_order,
    answer_text,
    is_storable,
    one_of,
    some_of,
    texts_by_id,
)
from quizzes.questions.base import InvalidAnswer
from quizzes.questions.signs import is_blank

ASK = "Answer it."
KNOWN = {"a", "b", "c"}
any_text = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=50)


@given(text=any_text)
def test_storable_is_what_both_databases_take(text: str) -> None:
    has_surrogate = any("\ud800" <= character <= "\udfff" for character in text)
    assert is_storable(text) == (not has_surrogate and "\x00" not in text)


@given(text=any_text)
def test_a_text_is_composed_and_trimmed_or_refused(text: str) -> None:
    try:
        cleaned = answer_text(text, ask=ASK)
    except InvalidAnswer:
        assert not is_storable(text) or is_blank(text)
    else:
        assert cleaned == unicodedata.normalize("NFC", text).strip()
        assert answer_text(cleaned, ask=ASK) == cleaned


@pytest.mark.parametrize("empty", [None, "", "  \n\t\u00a0", [], [""], (None,)])
def test_nothing_is_asked_for_again(empty: Any) -> None:
    with pytest.raises(InvalidAnswer, match=r"^Answer it\.$"):
        answer_text(empty, ask=ASK)


def test_a_form_sends_a_list_of_one() -> None:
    assert answer_text([" soft landing "], ask=ASK) == "soft landing"
    with pytest.raises(InvalidAnswer, match="as text"):
        answer_text(["two", "texts"], ask=ASK)


def test_the_longest_text_is_kept_and_one_character_more_refused() -> None:
    assert answer_text("a" * MAX_TEXT, ask=ASK) == "a" * MAX_TEXT
    with pytest.raises(InvalidAnswer, match=r"Shorten it to 4,000 characters\.$"):
        answer_text("a" * (MAX_TEXT + 1), ask=ASK)


def test_a_text_that_grows_when_composed_is_measured_composed() -> None:
    assert len(unicodedata.normalize("NFC", "\ufb2c")) == 3
    with pytest.raises(InvalidAnswer, match="too long"):
        answer_text("\ufb2c" * (MAX_TEXT // 2), ask=ASK)


@pytest.mark.parametrize("text", ["\u202eabc", "👩‍👩‍👧", "e\u0301", "a\u200bb", "שלום", "😀" * 1_000])
def test_odd_but_honest_text_is_kept(text: str) -> None:
    assert answer_text(text, ask=ASK) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("data", [True, False, 0, 1.5, float("nan"), b"a", object(), {"a": "b"}, [["a"]]])
def test_what_is_no_text_is_refused(data: Any) -> None:
    with pytest.raises(InvalidAnswer, match="as text"):
        answer_text(data, ask=ASK)


def test_one_id_is_known_or_refused() -> None:
    assert one_of(" a ", KNOWN, ask=ASK) == "a"
    assert one_of(["b"], KNOWN, ask=ASK) == "b"
    with pytest.raises(InvalidAnswer, match="not part of this question"):
        one_of("d", KNOWN, ask=ASK)
    with pytest.raises(InvalidAnswer, match="as text"):
        one_of(["a", "b"], KNOWN, ask=ASK)


@given(chosen=st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=20))
def test_several_ids_are_a_set_in_one_order(chosen: list[str]) -> None:
    stored = some_of(chosen, KNOWN, ask=ASK)
    assert stored == sorted(set(chosen))
    assert some_of(stored, KNOWN, ask=ASK) == some_of(tuple(chosen), KNOWN, ask=ASK) == stored


def test_several_ids_may_be_one() -> None:
    assert some_of("c", KNOWN, ask=ASK) == ["c"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, r"^Answer it\.$"),
        ("", r"^Answer it\.$"),
        ([], r"^Answer it\.$"),
        ([""], r"^Answer it\.$"),
        ({"a": True}, "as a list"),
        (3, "as a list"),
        ([1], "by its id"),
        ([["a"]], "by its id"),
        ([None, "a"], "by its id"),
        (["a", "d"], "not part of this question"),
        (["a"] * (MAX_PARTS + 1), "too many"),
    ],
)
def test_what_is_no_list_of_known_ids_is_refused(data: Any, reason: str) -> None:
    with pytest.raises(InvalidAnswer, match=reason):
        some_of(data, KNOWN, ask=ASK)


def test_texts_by_id_leave_blanks_out() -> None:
    assert texts_by_id({"a": " x ", "b": "", "c": None}, KNOWN, ask=ASK) == {"a": "x"}
    assert texts_by_id({"a": ["x"], "b": [" "], "c": []}, KNOWN, ask=ASK) == {"a": "x"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, r"^Answer it\.$"),
        ({}, r"^Answer it\.$"),
        ({"a": " "}, r"^Answer it\.$"),
        ("x", "named by the gap"),
        (["x"], "named by the gap"),
        (3, "named by the gap"),
        ({"d": "x"}, "not part of this question"),
        ({1: "x"}, "not part of this question"),
        ({"a": 4}, "as text"),
        ({"a": True}, "as text"),
        ({"a": {"b": "c"}}, "as text"),
        ({"a": "\x00"}, "cannot be stored"),
        ({"a": "x" * 4_001}, "too long"),
        ({str(number): "x" for number in range(MAX_PARTS + 1)}, "too many"),
    ],
)
def test_what_is_no_text_for_known_gaps_is_refused(data: Any, reason: str) -> None:
    with pytest.raises(InvalidAnswer, match=reason):
        texts_by_id(data, KNOWN, ask=ASK)


def test_parts_are_called_as_their_kind_calls_them() -> None:
    with pytest.raises(InvalidAnswer, match=r"^One of the rows is not part of this question\. Answer it\.$"):
        texts_by_id({"d": "x"}, KNOWN, ask=ASK, part="row")


@given(order=st.permutations(sorted(KNOWN)))
def test_an_order_is_kept_as_it_is_given(order: list[str]) -> None:
    assert all_in_order(order, KNOWN, ask=ASK) == all_in_order(tuple(order), KNOWN, ask=ASK) == order


def test_empty_places_between_the_steps_mean_nothing() -> None:
    assert all_in_order(["", "b", " c ", "a"], KNOWN, ask=ASK) == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, r"^Answer it\.$"),
        ("", r"^Answer it\.$"),
        ([], r"^Answer it\.$"),
        (["", " "], r"^Answer it\.$"),
        ("a", r"^Steps without a place: 2\. Answer it\.$"),
        (["a", "b"], r"^Steps without a place: 1\. Answer it\.$"),
        (["a", "b c"], r"^Two steps stand at place 2\. Give each a place of its own\.$"),
        (["a", "b", "a"], r"^One step stands at two places\. Give each step one place\.$"),
        (["a", "b", "d"], "not part of this question"),
        ({"a": "1"}, "as a list"),
        (3, "as a list"),
        ([1, 2, 3], "as a list"),
        ([["a"], "b", "c"], "as a list"),
        (["a"] * (MAX_PARTS + 1), "too many"),
    ],
)
def test_what_is_no_whole_order_is_refused_with_what_is_missing(data: Any, reason: str) -> None:
    with pytest.raises(InvalidAnswer, match=reason):
        all_in_order(data, KNOWN, ask=ASK)
