"""The fields of a section are taken as what they should be, and what is wrong falls back to the default."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from quizzes.formats.course_file.fields import Fields
from quizzes.formats.course_file.model import Quote
from quizzes.formats.course_file.problems import ProblemLog
from quizzes.formats.course_file.tree import Line, read_fields


def fields_of(text: str) -> Fields:
    log = ProblemLog()
    lines = [Line(number, words) for number, words in enumerate(text.split("\n"), start=2)]
    return Fields(read_fields(lines, log, line=1), log)


@pytest.mark.parametrize(
    ("method", "arguments", "text", "value"),
    [
        ("text", (), "a: words", "words"),
        ("text", ("default",), "b: words", "default"),
        ("required", (), "a: words", "words"),
        ("one_of", (["x", "y"], "y"), "a: x", "x"),
        ("one_of", (["x", "y"], "y"), "b: x", "y"),
        ("yes_no", (False,), "a: yes", True),
        ("yes_no", (True,), "b: no", True),
        ("whole", (None,), "a: 30", 30),
        ("whole", (None,), "b: 30", None),
        ("fraction", (), "a: 0.70", Decimal("0.7")),
        ("fraction", (), "b: 0.70", None),
        ("moment", (), "a: 2026-01-31T09:00:00+00:00", "2026-01-31T09:00:00+00:00"),
        ("moment", (), "b: x", ""),
        ("words", (), "a:\n  - x\n  - y", ("x", "y")),
        ("quotes", (), "a:\n  >2 x", (Quote("x", 2),)),
        ("record", (), "a:\n  x: y", {"x": "y"}),
        ("record", (), "b: x", {}),
    ],
)
def test_a_field_is_taken_as_what_it_should_be(method: str, arguments: tuple[Any, ...], text: str, value: Any) -> None:
    fields = fields_of(text)
    assert getattr(fields, method)("a", *arguments) == value
    assert fields.log.problems == []


@pytest.mark.parametrize(
    ("method", "arguments", "text", "value"),
    [
        ("text", (), "a = 1", ""),
        ("required", (), "a = 1", ""),
        ("required", (), "a:", ""),
        ("one_of", (["x", "y"], "y"), "a: z", "y"),
        ("yes_no", (True,), "a: true", True),
        ("whole", (None,), "a: -1", None),
        ("whole", (7,), "a = 1", 7),
        ("whole", (None,), "a: 1234567890", None),
        ("fraction", (), "a: 1.01", None),
        ("fraction", (), "a: 0,7", None),
        ("fraction", (), "a: 0.1234567", None),
        ("moment", (), "a: soon", ""),
        ("words", (), "a: x", ()),
        ("words", (), "a:\n  > x", ()),
        ("quotes", (), "a:\n  - x", ()),
        ("record", (), "a: x", {}),
    ],
)
def test_a_wrong_field_is_told_once_with_its_line(
    method: str, arguments: tuple[Any, ...], text: str, value: Any
) -> None:
    fields = fields_of("first: 1\n" + text)
    assert getattr(fields, method)("a", *arguments) == value
    assert [(problem.line, problem.code) for problem in fields.log.problems] == [(3, "wrong_value")]


def test_a_required_field_that_is_not_there_is_told_at_the_start_of_its_section() -> None:
    fields = fields_of("b: x")
    assert fields.required("a") == ""
    assert [(problem.line, problem.code) for problem in fields.log.problems] == [(1, "missing")]


def test_what_nobody_took_is_the_rest_and_can_be_refused() -> None:
    fields = fields_of("a: x\nb: y\nc: z")
    fields.text("a")
    assert fields.rest() == {"b": "y", "c": "z"}
    fields.refuse_rest()
    assert [(problem.line, problem.code) for problem in fields.log.problems] == [
        (3, "unknown_field"),
        (4, "unknown_field"),
    ]
