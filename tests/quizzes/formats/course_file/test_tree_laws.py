"""Laws of the indented fields: where they stand and how they are spaced changes nothing; every part has its line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.course_file.model import Quote
from quizzes.formats.course_file.problems import ProblemLog
from quizzes.formats.course_file.tree import MAX_DEPTH, Line, Node, read_fields
from quizzes.formats.course_file.tree_writer import MAX_NESTING, field_lines, record_lines
from tests.quizzes.formats.course_file.courses import texts, values

plain_names = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
records = st.dictionaries(plain_names, values, min_size=1, max_size=4)


def read(lines: list[str]) -> tuple[Node, list[tuple[int, str]]]:
    log = ProblemLog()
    node = read_fields([Line(number, words) for number, words in enumerate(lines, start=1)], log, line=1)
    return node, [(problem.line, problem.code) for problem in log.in_order()]


@settings(max_examples=50, deadline=None)
@given(records, st.integers(1, 30))
def test_a_block_that_stands_further_right_says_the_same(record: dict[str, Any], spaces: int) -> None:
    lines = [" " * spaces + line if line else line for line in record_lines(record)]
    node, problems = read(lines)
    assert (node.value, problems) == (record, [])


@settings(max_examples=50, deadline=None)
@given(records, st.integers(2, 5))
def test_a_wider_indent_says_the_same(record: dict[str, Any], width: int) -> None:
    lines = [" " * (width - 1) * (len(line) - len(line.lstrip(" "))) + line for line in record_lines(record)]
    node, problems = read(lines)
    assert (node.value, problems) == (record, [])


@settings(max_examples=50, deadline=None)
@given(records, st.data())
def test_blank_lines_say_nothing_but_move_the_lines_below(record: dict[str, Any], data: st.DataObject) -> None:
    lines = record_lines(record)
    at = data.draw(st.integers(0, len(lines)))
    node, problems = read([*lines[:at], "", "   ", *lines[at:]])
    before, _ = read(lines)
    assert (node.value, problems) == (record, [])
    for name, child in before.children.items():
        assert node.line_at(name) == child.line + (2 if child.line > at else 0)


@settings(max_examples=50, deadline=None)
@given(records)
def test_every_field_stands_in_the_line_that_names_it(record: dict[str, Any]) -> None:
    lines = record_lines(record)
    node, _ = read(lines)
    for name in record:
        assert lines[node.line_at(name) - 1].startswith((f"{name}:", f"{name} ="))


@settings(max_examples=50, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6))
def test_every_part_of_a_list_stands_in_a_line_of_its_own(words: list[str]) -> None:
    node, problems = read(field_lines("accepted", words))
    assert problems == []
    assert [node.line_at(f"accepted.{index}") for index in range(len(words))] == [*range(2, len(words) + 2)]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
        max_leaves=10,
    )
)
@settings(max_examples=50, deadline=None)
def test_json_after_an_equals_sign_is_read_as_json_reads_it(value: Any) -> None:
    node, problems = read([f"a = {json.dumps(value)}"])
    assert (node.value, problems) == ({"a": value}, [])


@pytest.mark.parametrize("depth", [1, 2, MAX_NESTING - 1, MAX_NESTING, MAX_NESTING + 1, 40])
def test_a_value_nested_too_deep_to_be_read_well_goes_on_as_json(depth: int) -> None:
    value: Any = "core"
    for _ in range(depth):
        value = {"a": value}
    lines = field_lines("a", value)
    node, problems = read(lines)
    assert (node.value, problems) == ({"a": value}, [])
    assert any(" = {" in line or line.endswith(" =") for line in lines) is (depth > MAX_NESTING)


@pytest.mark.parametrize(
    ("depth", "codes"), [(MAX_DEPTH, []), (MAX_DEPTH + 1, ["too_deep"]), (MAX_DEPTH + 9, ["too_deep"])]
)
def test_fields_may_stand_in_each_other_so_deep_and_no_deeper(depth: int, codes: list[str]) -> None:
    _, problems = read([*(" " * level + "a:" for level in range(depth)), " " * depth + "a: b"])
    assert [code for _, code in problems] == codes


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("a: b", {"a": "b"}),
        ("a:  b  c  ", {"a": "b  c"}),
        ("a: b: c", {"a": "b: c"}),
        ("a: = 1", {"a": "= 1"}),
        ("a: - b", {"a": "- b"}),
        ("a: [x] b", {"a": "[x] b"}),
        ("a: \\n", {"a": "\n"}),
        ("a: \\s", {"a": " "}),
        ("a1_b: c", {"a1_b": "c"}),
        ("a =  1 ", {"a": 1}),
        ("a = 1.50", {"a": 1.5}),
        ("a = -0.0", {"a": -0.0}),
        ('a = "b"', {"a": "b"}),
        ('a = "\\u00e9\\n"', {"a": "é\n"}),
        ("a = [ ]", {"a": []}),
        ("a:\tb", None),
        ("a : b", None),
        ("a=1", None),
        ("A: b", None),
        ("1a: b", None),
        ("_a: b", None),
        ("a-b: c", None),
        ("é: c", None),
        (": c", None),
        ("= 1", None),
        ("- b", None),
        ("[x] b", None),
    ],
)
def test_a_field_has_a_plain_name_and_a_colon_or_an_equals_sign_with_its_space(line: str, value: object) -> None:
    node, problems = read([line])
    assert node.value == (value or {})
    assert problems == ([] if value else [(1, "no_field")])


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("- b", "b"),
        ("-", ""),
        ("-  b  c", "b  c"),
        ("- - b", "- b"),
        ("- b: c", "b: c"),
        ("- \\- b", "- b"),
        ("> b", Quote("b")),
        (">1 b", Quote("b", 1)),
        (">12345 b", Quote("b", 12345)),
        ("> > b", Quote("> b")),
        ("[x] b", {"correct": True, "text": "b"}),
        ("[X] b", {"correct": True, "text": "b"}),
        ("[ ] b", {"correct": False, "text": "b"}),
        ("[x]", {"correct": True}),
        ("[x] (k7) b", {"correct": True, "id": "k7", "text": "b"}),
        ("[x] (k7)", {"correct": True, "id": "k7"}),
        ("[x] (k 7) b", {"correct": True, "text": "(k 7) b"}),
        ("[x] \\(k7) b", {"correct": True, "text": "(k7) b"}),
        ("[x] (a) (b) c", {"correct": True, "id": "a", "text": "(b) c"}),
        ("* b", {"text": "b"}),
        ("* (g1)", {"id": "g1"}),
        ("*", {}),
    ],
)
def test_a_line_of_a_list_is_told_by_the_sign_at_its_start(line: str, value: object) -> None:
    node, problems = read(["a:", f"  {line}"])
    assert (node.value, problems) == ({"a": [value]}, [])


@pytest.mark.parametrize(
    "line", ["-b", ">b", ">0 b", ">123456 b", ">2b", "[x]b", "[y] b", "[] b", "[  ] b", "*b", "**b**", "– b", "• b"]
)
def test_what_only_looks_like_the_sign_of_a_list_is_prose(line: str) -> None:
    node, problems = read(["a:", f"  {line}"])
    assert (node.value, problems) == ({"a": line}, [])


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (["a:", "  - b", "  > c"], [(3, "mixed_list")]),
        (["a:", "  > b", "  c"], [(3, "mixed_list")]),
        (["a:", "  * b", "  c: d"], [(3, "mixed_list")]),
        (["a:", "  b: c", "  - d"], [(3, "no_field")]),
        (["a:", "    - b", "  - c"], [(3, "indent")]),
        (["a:", "  [x] b", "    c"], []),
        (["a:", "  [x] b", "    c: d", "    e"], [(4, "no_field")]),
        (["a:", "  [x] (k1) b", "    id: k2"], [(3, "twice")]),
        (["a:", "  [x] b", "    correct = false"], [(3, "twice")]),
        (["a:", "  * b", "    c: d", "    c: e"], [(4, "twice")]),
        (["a:", "  - b \\q", "  - c \\z", "  - d"], [(2, "bad_escape"), (3, "bad_escape")]),
        (["a:", "  >", "  >2", "  > b"], [(2, "empty_quote"), (3, "empty_quote")]),
        (["a = [", "  1,", "  2", "  }"], [(4, "bad_json")]),
        (["a =", "  1", "  2"], [(3, "bad_json")]),
        (["a ="], [(1, "bad_json")]),
        (["a = 'b'"], [(1, "bad_json")]),
        (["a = Infinity"], [(1, "bad_json")]),
        (["a = -1e400"], [(1, "bad_json")]),
        (['a = {"b": {"c": 1, "c": 1}}'], [(1, "bad_json")]),
        (['a = "\\udc00"'], [(1, "refused_sign")]),
        (['a = {"\\u0000": 1}'], [(1, "refused_sign")]),
        (["a: b", "", "c", "a: d"], [(3, "no_field"), (4, "twice")]),
    ],
)
def test_each_mistake_is_told_at_its_line_and_no_other(lines: list[str], problems: list[tuple[int, str]]) -> None:
    assert read(lines)[1] == problems


def test_a_mistake_in_one_field_leaves_the_others_as_they_are() -> None:
    node, problems = read(["a = {", "b: c", "words", "d:", "  - e"])
    assert node.value == {"a": None, "b": "c", "d": ["e"]}
    assert problems == [(1, "bad_json"), (3, "no_field")]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a", 1),
        ("a.0", 2),
        ("a.0.text", 2),
        ("a.0.b", 3),
        ("a.1", 5),
        ("a.1.b.0", 7),
        ("a.1.b.9", 6),
        ("a.9", 1),
        ("", 1),
    ],
)
def test_a_dotted_path_finds_the_line_of_the_nearest_part(path: str, line: int) -> None:
    node, _ = read(["a:", "  [x] one", "    b: two", "", "  [ ] three", "    b:", "      - four"])
    assert node.line_at(path) == line
