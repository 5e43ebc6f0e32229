"""The reference for authors says what the format does."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from quizzes.formats.course_file import EXTENSION, check, parse
from quizzes.formats.course_file.model import (
    ArticleEntry,
    ConceptEntry,
    CourseFile,
    LessonEntry,
    QuestionEntry,
    QuizEntry,
)
from quizzes.formats.course_file.sections import KINDS

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "course-file.md").read_text("utf-8")
HELD_ELSEWHERE = {
    "slug",
    "key",
    "content",
    "items",
    "article",
    "lessons",
    "concepts",
    "quizzes",
    "questions",
    "passages",
    "first",
    "end",
}


def test_the_small_course_of_the_page_is_a_clean_course_file() -> None:
    example = PAGE.split("```postil\n")[1].split("```")[0]
    assert check(example) == []
    assert len(parse(example).questions) == 2


def codes_in(source: str) -> set[str]:
    """The second argument of every call that tells a problem."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and len(node.args) >= 3]
    named = [call for call in calls if ast.unparse(call.func).endswith((".add", ".tell", "CourseFileProblem"))]
    return {str(code.value) for call in named if isinstance(code := call.args[1], ast.Constant)}


def test_every_code_in_the_source_is_on_the_page() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "quizzes/formats/course_file").glob("*.py")]
    codes = set().union(*map(codes_in, sources))
    assert len(codes) >= 35
    assert sorted(code for code in codes if f"`{code}`" not in PAGE) == []


@pytest.mark.parametrize("entry", [CourseFile, ArticleEntry, LessonEntry, ConceptEntry, QuizEntry, QuestionEntry])
def test_every_field_is_on_the_page(entry: type) -> None:
    names = {part.name for part in fields(entry)} - HELD_ELSEWHERE
    assert sorted(name for name in names if f"`{name}`" not in PAGE) == []


def test_every_section_and_the_extension_are_on_the_page() -> None:
    assert [kind for kind in KINDS if f"`== {kind}" not in PAGE] == []
    assert f"`{EXTENSION}`" in PAGE
