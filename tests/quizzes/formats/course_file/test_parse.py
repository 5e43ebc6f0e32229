"""Reading a course file: every problem of its form at once, with its line, and never a crash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.course_file import UnreadableCourseFile, parse, write
from quizzes.formats.course_file.parse import read_course_file
from quizzes.formats.course_file.sections import FIRST_LINE
from tests.quizzes.formats.course_file.courses import SYNTAX
from tests.quizzes.formats.course_file.test_write import SMALL, TEXT


def problems_of(text: str) -> list[tuple[str, str]]:
    """Each problem as the line it stands on and its code."""
    with pytest.raises(UnreadableCourseFile) as caught:
        parse(text)
    lines = text.split("\n")
    return [(lines[problem.line - 1].strip(), problem.code) for problem in caught.value.problems]


def test_blank_lines_wrapping_and_windows_line_ends_change_nothing() -> None:
    loose = TEXT.replace("The tide turns twice a day.\nNobody", "The tide turns\n  twice a day. Nobody")
    loose = loose.replace("kind: topic\n", "\n\nkind:   topic  \n").replace("\n", "\r\n")
    assert parse(loose) == SMALL


def test_the_order_of_sections_after_the_text_is_free() -> None:
    head, question = TEXT.split("== question", 1)
    before, concept = head.split("== concept", 1)
    assert parse(f"{before}== question{question}\n== concept{concept}") == SMALL


def test_all_problems_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = TEXT.replace("title: Tides\n", "").replace("kind: topic", "kind: thing").replace("  - q1\n", "  - q 1\n")
    assert problems_of(text.replace("kind: true_false\n", "")) == [
        (FIRST_LINE, "missing"),
        ("kind: thing", "wrong_value"),
        ("- q 1", "wrong_item"),
        ("== question q1", "missing"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("title: Tides", "title:", "title:", "wrong_value"),
        ("slug: tides", "slug: tides\ncolour: red", "colour: red", "unknown_field"),
        ("visibility: public", "visibility: secret", "visibility: secret", "wrong_value"),
        ("== article\ntitle: On tides\n", "", FIRST_LINE, "no_article"),
        ("title: One", "title: One\nlength: 3", "length: 3", "unknown_field"),
        ("== article", "== outside\n\nText.\n\n== article", "== article", "order"),
        ("kind: topic", "kind: topic\nstate: known", "state: known", "wrong_value"),
        ("  >2 tide", "  - tide", "mentions:", "wrong_value"),
        ("pass_fraction: 0.7", "pass_fraction: 70%", "pass_fraction: 70%", "wrong_value"),
        ("pass_fraction: 0.7", "pass_fraction: 1.1", "pass_fraction: 1.1", "wrong_value"),
        ("pass_fraction: 0.7", "time_limit_seconds: 0", "time_limit_seconds: 0", "wrong_value"),
        ("pass_fraction: 0.7", "attempts_allowed: many", "attempts_allowed: many", "wrong_value"),
        ("pass_fraction: 0.7", "attempts_allowed = 3", "attempts_allowed = 3", "wrong_value"),
        ("pass_fraction: 0.7", "opens_at: tomorrow", "opens_at: tomorrow", "wrong_value"),
        ("pass_fraction: 0.7", "opens_at: 2026-01-31T09:00:00", "opens_at: 2026-01-31T09:00:00", "wrong_value"),
        ("pass_fraction: 0.7", "feedback_policy: all", "feedback_policy: all", "wrong_value"),
        ("pass_fraction: 0.7", "feedback_policy:\n  a:\n    > b", "> b", "quote_here"),
        ("shuffle: yes", "shuffle: perhaps", "shuffle: perhaps", "wrong_value"),
        ("(2.5 points)", "(0 points)", "- q2 (0 points)", "wrong_item"),
        ("(2.5 points)", "(2 points)\n  - draw 3 of ebb", "- draw 3 of ebb", "wrong_item"),
        ("shuffle: yes", "late_credit:\n  - 24 hours, 0.8", "- 24 hours, 0.8", "wrong_step"),
        ("shuffle: yes", "try_penalty: 2", "try_penalty: 2", "wrong_value"),
        ("shuffle: yes", "tries_allowed: 0", "tries_allowed: 0", "wrong_value"),
        ("state: published", "tags: ebb", "tags: ebb", "wrong_value"),
        ("state: published", "state: printed", "state: printed", "wrong_value"),
        ("stem: It turns.", "options:\n  > It turns.", "> It turns.", "quote_here"),
        ("stem: It turns.", "content:\n  a: b", "answer: true", "unknown_field"),
        ("stem: It turns.\nanswer: true", "content: words", "content: words", "wrong_value"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: str, code: str) -> None:
    assert old in TEXT
    assert problems_of(TEXT.replace(old, new, 1)) == [(line, code)]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("question", "q1"), "== question q1"),
        (("question", "q1", "stem"), "stem: It turns."),
        (("question", "q1", "evidence.0"), "> turns"),
        (("passage", "0"), "# Tides"),
        (("course",), FIRST_LINE),
        (("question", "nobody"), FIRST_LINE),
    ],
)
def test_every_part_knows_its_line(place: tuple[str, ...], line: str) -> None:
    assert TEXT.split("\n")[read_course_file(TEXT).line(*place) - 1].strip() == line


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(SYNTAX), st.sampled_from(TEXT.split("\n")), st.text(max_size=4)), max_size=30)
)
def test_no_text_whatever_makes_reading_crash(pieces: list[str]) -> None:
    for text in ("\n".join(pieces), TEXT + "\n".join(pieces)):
        read = read_course_file(text)
        if not read.problems:
            assert parse(write(read.course)) == read.course


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.sampled_from(SYNTAX))
def test_a_damaged_file_is_read_or_refused_but_never_crashes(at: int, length: int, piece: str) -> None:
    read = read_course_file(TEXT[:at] + piece + TEXT[at + length :])
    assert all(problem.line >= 1 and problem.message for problem in read.problems)


def test_a_problem_reads_as_a_line_of_a_linter() -> None:
    with pytest.raises(UnreadableCourseFile) as caught:
        parse("words")
    message = "line 1: A course file starts with the line “Postil course file, version 1”. [first_line]"
    assert str(caught.value) == message
