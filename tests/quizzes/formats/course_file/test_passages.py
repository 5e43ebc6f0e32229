"""The article's text as blocks."""

from __future__ import annotations

import pytest
from hypothesis import given

from course.reading.outline import PassageKind
from quizzes.formats.course_file.model import PassageEntry
from quizzes.formats.course_file.passages import PassageReader, passage_lines
from quizzes.formats.course_file.problems import ProblemLog
from quizzes.formats.course_file.tree import Line
from tests.quizzes.formats.course_file.courses import passages


def read(text: str) -> tuple[PassageReader, list[tuple[int, str]]]:
    log = ProblemLog()
    reader = PassageReader(log)
    reader.read([Line(number, words) for number, words in enumerate(text.split("\n"), start=1)])
    return reader, [(problem.line, problem.code) for problem in log.in_order()]


@given(passages)
def test_any_passage_reads_back_as_it_was(passage: PassageEntry) -> None:
    reader, problems = read("\n".join(passage_lines(passage)))
    assert reader.passages == [passage]
    assert problems == []


def test_blank_lines_and_signs_part_the_passages() -> None:
    text = "One line.\nAnd another.\n\n# Heading\nText below.\n- a\n- b\n\n"
    text += "> quote\n>> pulled\n| a | b\n! figure\n~ junk\n### Third"
    reader, problems = read(text)
    assert problems == []
    assert [(passage.kind.value, passage.text, passage.level) for passage in reader.passages] == [
        ("paragraph", "One line. And another.", 0),
        ("heading", "Heading", 0),
        ("paragraph", "Text below.", 0),
        ("list_item", "a", 0),
        ("list_item", "b", 0),
        ("quote", "quote", 0),
        ("pull_quote", "pulled", 0),
        ("table", "a | b", 0),
        ("figure", "figure", 0),
        ("boilerplate", "junk", 0),
        ("heading", "Third", 3),
    ]
    assert reader.lines == [1, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14]


def test_attributes_stand_before_the_passage_they_belong_to() -> None:
    reader, problems = read("One.\n@reason: asks for money\n@gap: \\n-\n~ Give now!\n\n@level: 1\n# Top")
    assert problems == []
    assert reader.passages == [
        PassageEntry(PassageKind.PARAGRAPH, "One."),
        PassageEntry(PassageKind.BOILERPLATE, "Give now!", reason="asks for money", gap="\n-"),
        PassageEntry(PassageKind.HEADING, "Top", level=1),
    ]


def test_a_text_that_looks_like_a_sign_is_guarded() -> None:
    assert passage_lines(PassageEntry(PassageKind.PARAGRAPH, "- no list")) == [r"\- no list"]
    assert passage_lines(PassageEntry(PassageKind.PARAGRAPH, "== lesson x")) == [r"\== lesson x"]


def test_signs_without_a_space_are_ordinary_text() -> None:
    reader, _ = read("#hashtag and -5 degrees")
    assert reader.passages == [PassageEntry(PassageKind.PARAGRAPH, "#hashtag and -5 degrees")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("#", [(1, "empty_passage")]),
        ("x\n\n@reason: alone", [(3, "empty_passage")]),
        ("@level: two\n# x", [(1, "attribute")]),
        ("@gap: a\n@gap: b\nx", [(2, "attribute")]),
        ("fine \\q", [(1, "bad_escape")]),
        ("fine\nnot \\q fine", [(2, "bad_escape")]),
    ],
)
def test_what_is_no_passage_is_told_with_its_line(text: str, problems: list[tuple[int, str]]) -> None:
    assert read(text)[1] == problems
