"""A file is cut into sections; what cannot be a course file at all is told at once."""

from __future__ import annotations

import pytest

from quizzes.formats.course_file.problems import ProblemLog, UnreadableCourseFile
from quizzes.formats.course_file.sections import FIRST_LINE, MAX_CHARACTERS, MAX_LINE, cut, decode


def sections_of(text: str) -> tuple[list[tuple[str, str, int]], list[tuple[int, str]]]:
    log = ProblemLog()
    found = [(section.kind, section.name, section.line) for section in cut(text, log)]
    return found, [(problem.line, problem.code) for problem in log.in_order()]


def test_sections_come_in_order_with_their_names_and_lines() -> None:
    text = f"{FIRST_LINE}\ntitle: x\n== article\n\n== lesson one\n== outside\n== quiz q_1 \n== outside"
    assert sections_of(text) == (
        [("course", "", 1), ("article", "", 3), ("lesson", "one", 5), ("outside", "", 6), ("quiz", "q_1", 7),
         ("outside", "", 8)],
        [],
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "title: x", "Postil course file, version 2", "\x00\x01\x02", "%PDF-1.7"])
def test_a_text_that_does_not_start_as_a_course_file_is_one_problem(text: str) -> None:
    assert sections_of(text) == ([], [(1, "first_line")])


def test_a_file_that_is_too_large_is_one_problem() -> None:
    assert sections_of("x" * (MAX_CHARACTERS + 1)) == ([], [(1, "too_large")])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("== chapter one", "unknown_section"),
        ("== ", "unknown_section"),
        ("== lesson", "section_name"),
        ("== lesson two words", "section_name"),
        ("== lesson " + "x" * 81, "section_name"),
        ("== article one", "section_name"),
        ("== outside one", "section_name"),
        ("words \x00 words", "control_sign"),
        ("words \x85 words", "control_sign"),
        ("words \ud800 words", "control_sign"),
        ("one\rtwo", "control_sign"),
        ("\tstem: x", "tab"),
        ("  \tstem: x", "tab"),
        ("x" * (MAX_LINE + 1), "long_line"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(line: str, code: str) -> None:
    assert sections_of(f"{FIRST_LINE}\n\n{line}\n")[1] == [(3, code)]


def test_a_name_may_be_used_once_for_each_kind_of_section() -> None:
    text = f"{FIRST_LINE}\n== lesson a\n== quiz a\n== lesson a\n== article\n== article"
    assert sections_of(text)[1] == [(4, "twice"), (6, "twice")]


def test_windows_line_ends_and_a_byte_order_mark_are_read_past() -> None:
    assert sections_of(f"\ufeff{FIRST_LINE}\r\n== article\r\n") == ([("course", "", 1), ("article", "", 2)], [])


def test_bytes_are_utf_8_or_told_with_the_line_of_the_first_wrong_one() -> None:
    assert decode("\ufeffGrüße".encode()) == "Grüße"
    with pytest.raises(UnreadableCourseFile) as caught:
        decode(b"one\ntwo\n\xff\xfe")
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [(3, "not_utf8")]


def test_a_hostile_file_cannot_fill_the_memory_with_problems() -> None:
    problems = sections_of(f"{FIRST_LINE}\n" + "== x\n" * 10_000)[1]
    assert len(problems) == 200
