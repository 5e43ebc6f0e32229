"""Readers raise BrokenQuestion and nothing else; checks gather problems and never raise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions.authored import (
    flag_of,
    flag_problems,
    id_problems,
    named_rows_of,
    optional_text_of,
    rows_of,
    rows_with_problems,
    same_text_problems,
    shared_problems,
    text_of,
    text_problems,
    texts_of,
    texts_problems,
)
from quizzes.questions.base import BrokenQuestion, Problem
from tests.quizzes.questions.cases import json_values

READERS: list[Callable[[Any, str], object]] = [
    text_of, optional_text_of, texts_of, rows_of, named_rows_of, partial(flag_of, default=True)
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=range(len(READERS)))
@given(content=st.one_of(json_values, st.dictionaries(st.just("name"), json_values)))
def test_reading_anything_raises_only_that_the_question_is_broken(
    reader: Callable[[Any, str], object], content: Any
) -> None:
    try:
        reader(content, "name")
    except BrokenQuestion as broken:
        message = str(broken)
        assert message.startswith("The question’s")


def test_what_is_left_out_reads_as_empty() -> None:
    assert optional_text_of({}, "name") == ""
    assert texts_of({"name": None}, "name") == []
    assert rows_of({}, "name") == []
    assert flag_of({}, "name", default=True) is True
    assert flag_of({"name": False}, "name", default=True) is False


def test_rows_have_names_of_their_own() -> None:
    rows = [{"id": "b", "n": 1}, {"id": "a", "n": 2}]
    assert list(named_rows_of({"rows": rows}, "rows")) == ["b", "a"]
    for broken in ([], [{"id": "a"}, {"id": "a"}], [{"n": 1}], [{"id": 4}]):
        with pytest.raises(BrokenQuestion):
            named_rows_of({"rows": broken}, "rows")


@pytest.mark.parametrize(
    ("value", "code"),
    [(None, "missing_text"), ("  ", "missing_text"), (4, "not_a_text"), ("a" * 11, "text_too_long"),
     ("a\x00", "unstorable_text"), ("\ud800", "unstorable_text")],
    ids=range(6),
)  # fmt: skip
def test_each_fault_of_a_text_has_its_code_and_place(value: Any, code: str) -> None:
    found = list(text_problems({"name": value}, "name", "the name", most=10, required=True, path="rows.2"))
    assert [(problem.code, problem.field) for problem in found] == [(code, "rows.2.name")]


def test_a_text_may_be_left_out_where_it_is_not_required() -> None:
    assert list(text_problems({}, "name", "the name")) == []
    assert list(text_problems({"name": ""}, "name", "the name")) == []


def test_lists_of_texts_are_counted_and_each_looked_at() -> None:
    found = texts_problems({"names": ["a", "", 3, "a" * 9]}, "names", "the names", least=1, most=3, longest=5)
    assert [(problem.code, problem.field) for problem in found] == [
        ("too_many", "names"),
        ("missing_text", "names.1"),
        ("not_a_text", "names.2"),
        ("text_too_long", "names.3"),
    ]
    assert list(texts_problems({}, "names", "the names", least=0, most=3, longest=5)) == []


def test_a_list_far_too_long_is_not_looked_through() -> None:
    rows, problems = rows_with_problems({"rows": [3] * 100_000}, "rows", "the rows", least=1, most=2)
    assert rows == []
    assert [problem.code for problem in problems] == ["too_many", "not_an_object", "not_an_object", "not_an_object"]


def test_rows_that_look_the_same_are_told() -> None:
    rows = [("rows.0", {"text": "Rain  fell"}), ("rows.1", {"text": "rain fell "}), ("rows.2", {"text": ""})]
    assert [problem.field for problem in same_text_problems(rows, "the rows")] == ["rows.1.text"]


@pytest.mark.parametrize("name", ["a b", "a.b", "ä", "{{a}}", "<b>", "a\n"])
def test_an_id_is_plain(name: str) -> None:
    assert [problem.code for problem in id_problems([("rows.0", {"id": name})])] == ["bad_id"]


def test_a_second_row_of_one_id_is_told_where_it_stands() -> None:
    rows = [("rows.0", {"id": "a"}), ("rows.1", {"id": "a"}), ("rows.2", {"id": "a"})]
    assert [problem.field for problem in id_problems(rows)] == ["rows.1.id", "rows.2.id"]


def test_settings_are_true_or_false() -> None:
    found = list(flag_problems({"one": True, "two": 1, "three": "yes"}, "one", "two", "three", "four"))
    assert found == [
        Problem("not_a_flag", "Set “two” to true or false.", "two"),
        Problem("not_a_flag", "Set “three” to true or false.", "three"),
    ]


@pytest.mark.parametrize("content", [None, [], "x", 3])
def test_content_that_is_no_object_is_said_first(content: Any) -> None:
    assert next(shared_problems(content)).code == "content_not_object"
