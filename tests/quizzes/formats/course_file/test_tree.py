"""Indented fields are read as plain values, each with its line."""

from __future__ import annotations

import pytest

from quizzes.formats.course_file.model import Quote
from quizzes.formats.course_file.problems import ProblemLog
from quizzes.formats.course_file.tree import Line, Node, read_fields


def read(text: str) -> tuple[Node, list[tuple[int, str]]]:
    log = ProblemLog()
    lines = [Line(number, words) for number, words in enumerate(text.split("\n"), start=1)]
    node = read_fields(lines, log, line=1)
    return node, [(problem.line, problem.code) for problem in log.in_order()]


def value_of(text: str) -> object:
    node, problems = read(text)
    assert problems == []
    return node.value


def test_a_field_holds_the_words_after_its_colon() -> None:
    assert value_of("stem: What is meant?") == {"stem": "What is meant?"}


def test_a_field_without_words_is_empty() -> None:
    assert value_of("stem:") == {"stem": ""}


def test_deeper_lines_without_a_marker_are_prose() -> None:
    assert value_of("stem:\n  One line.\n    Another,\n  wrapped.") == {"stem": "One line. Another, wrapped."}


def test_words_after_the_colon_go_on_in_deeper_lines() -> None:
    assert value_of("stem: One line.\n  Another: with a colon.") == {"stem": "One line. Another: with a colon."}


def test_what_follows_an_equals_sign_is_json() -> None:
    text = 'typos = false\nlimit =\n  {\n    "a": [1, null]\n  }'
    assert value_of(text) == {"typos": False, "limit": {"a": [1, None]}}


def test_lines_with_a_dash_are_a_list_of_words() -> None:
    assert value_of("accepted:\n  - one\n  -\n  - a long\n    one") == {"accepted": ["one", "", "a long one"]}


def test_lines_with_an_angle_are_quotes_with_their_occurrence() -> None:
    assert value_of("evidence:\n  > one\n  >3 two") == {"evidence": [Quote("one", 1), Quote("two", 3)]}


def test_lines_with_a_box_or_a_star_are_records_with_fields_of_their_own() -> None:
    text = "options:\n  [x] (a1) Yes\n    feedback: Right.\n  [X] More\n    on two lines\n  [ ] \\(no) *\n"
    text += "  * (g1)\n    n = 1"
    assert value_of(text) == {
        "options": [
            {"correct": True, "id": "a1", "text": "Yes", "feedback": "Right."},
            {"correct": True, "text": "More on two lines"},
            {"correct": False, "text": "(no) *"},
            {"id": "g1", "n": 1},
        ]
    }


def test_deeper_fields_are_a_record() -> None:
    assert value_of("feedback:\n  true: Yes.\n  false: No.") == {"feedback": {"true": "Yes.", "false": "No."}}


def test_blank_lines_between_fields_mean_nothing() -> None:
    assert value_of("a: 1\n\n  \nb:\n\n  - x\n\n  - y") == {"a": "1", "b": ["x", "y"]}


def test_every_part_knows_its_line() -> None:
    node, _ = read("stem: x\noptions:\n  [x] a\n    feedback: b\n  [ ] c\n    feedback: d")
    assert node.line_at("") == 1
    assert node.line_at("options") == 2
    assert node.line_at("options.1") == 5
    assert node.line_at("options.1.feedback") == 6
    assert node.line_at("options.1.text") == 5
    assert node.line_at("options.9.feedback") == 2
    assert node.line_at("missing.part") == 1


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("just words", [(1, "no_field")]),
        ("a: 1\na: 2", [(2, "twice")]),
        ("  a: 1\nb: 2", [(2, "indent")]),
        ("a:\n  - x\n  y", [(3, "mixed_list")]),
        ("a:\n  - x\n  [ ] y", [(3, "mixed_list")]),
        ("a:\n  [x] y\n    text: z", [(3, "twice")]),
        ("a:\n  >", [(2, "empty_quote")]),
        ("a = {", [(1, "bad_json")]),
        ("a =\n  [1,\n  x]", [(3, "bad_json")]),
        ("a = NaN", [(1, "bad_json")]),
        ("a = 1e999", [(1, "bad_json")]),
        ('a = {"b": 1, "b": 2}', [(1, "bad_json")]),
        ("a = " + "[" * 100_000, [(1, "bad_json")]),
        ("a = " + "9" * 10_000, [(1, "bad_json")]),
        (r'a = "\u0000"', [(1, "refused_sign")]),
        (r'a = ["\ud800"]', [(1, "refused_sign")]),
        ("a:\n  one\n  two \\q", [(3, "bad_escape")]),
        ("a:\n  - \\q", [(2, "bad_escape")]),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, problems: list[tuple[int, str]]) -> None:
    assert read(text)[1] == problems


def test_json_may_hold_a_backslash_before_a_u() -> None:
    assert value_of(r'a = "\\u0000"') == {"a": r"\u0000"}


def test_fields_may_not_stand_in_each_other_without_end() -> None:
    text = "\n".join(" " * depth + "a:" for depth in range(3_000))
    assert [code for _, code in read(text)[1]] == ["too_deep"]
