"""Plain values are written so that people can read them, and the same value always in the same way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from quizzes.formats.course_file.problems import ProblemLog
from quizzes.formats.course_file.tree import Line, read_fields
from quizzes.formats.course_file.tree_writer import field_lines, record_lines
from tests.quizzes.formats.course_file.courses import values


@settings(max_examples=100, deadline=None)
@given(values)
def test_any_json_value_reads_back_as_it_was(value: Any) -> None:
    log = ProblemLog()
    lines = [Line(number, words) for number, words in enumerate(field_lines("a", value), start=1)]
    assert read_fields(lines, log, line=1).value == {"a": value}
    assert log.problems == []


def test_options_read_as_boxes_with_their_feedback() -> None:
    options = [{"correct": True, "feedback": "Yes.", "text": "One"}, {"text": "Two", "correct": False, "id": "k4"}]
    assert field_lines("options", options) == ["options:", "  [x] One", "    feedback: Yes.", "  [ ] (k4) Two"]


def test_gaps_read_as_named_rows() -> None:
    gaps = [{"id": "g1", "accepted": ["one", "two"], "feedback": ""}]
    lines = ["gaps:", "  * (g1)", "    accepted:", "      - one", "      - two", "    feedback:"]
    assert field_lines("gaps", gaps) == lines


def test_fields_stand_in_one_order_whatever_order_the_mapping_has() -> None:
    content = {"explanation": "c", "zeta": "b", "options": ["x"], "stem": "a"}
    lines = ["stem: a", "options:", "  - x", "zeta: b", "explanation: c"]
    assert record_lines(content) == lines
    assert record_lines(dict(reversed(content.items()))) == lines


def test_a_long_text_stands_below_its_name_one_sentence_on_a_line() -> None:
    text = "This is the first sentence of a text that does not fit. This is the second one, and it is not short either."
    assert field_lines("why", text) == ["why:", *("  " + part + "." for part in text.rstrip(".").split(". "))]


def test_words_that_look_like_syntax_are_written_with_a_backslash() -> None:
    text = "- no list\nstem: no field"
    assert field_lines("why", text) == ["why:", r"  \- no list\n", r"  stem\: no field"]
    assert field_lines("a", [{"text": "(b) c"}]) == ["a:", r"  * \(b) c"]


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (True, "a = true"),
        (None, "a = null"),
        (3, "a = 3"),
        ([], "a = []"),
        ({}, "a = {}"),
        ([1, "b"], 'a = [1, "b"]'),
        ({"No name": "x"}, 'a = {"No name": "x"}'),
        ([{"No name": "x"}], 'a = [{"No name": "x"}]'),
        (["x", None], 'a = ["x", null]'),
        ({"A\u2028B": "\ufeff"}, r'a = {"A\u2028B": "\ufeff"}'),
    ],
)
def test_what_has_no_form_of_its_own_is_written_as_json(value: Any, line: str) -> None:
    assert field_lines("a", value) == [line]


def test_long_json_is_indented_under_its_name() -> None:
    value = {"Left": "x" * 60, "Right": "y" * 60}
    lines = ["a =", "  {", f'    "Left": "{"x" * 60}",', f'    "Right": "{"y" * 60}"', "  }"]
    assert field_lines("a", value) == lines


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("nan")], "\x00", ["\x00", 1], [1, "\ud800"]])
def test_what_no_file_can_hold_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"NUL|JSON compliant"):
        field_lines("a", value)
