"""Files made to break the reader: every one is refused in words, soon, and with a bounded list of problems."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzes.formats.course_file import UnreadableCourseFile, check, decode, parse
from quizzes.formats.course_file.parse import read_course_file
from quizzes.formats.course_file.problems import MAX_PROBLEMS
from quizzes.formats.course_file.sections import FIRST_LINE, MAX_CHARACTERS, MAX_LINE
from tests.quizzes.formats.course_file.test_write import TEXT

HEAD = f"{FIRST_LINE}\ntitle: Tides\nslug: tides\n== article\n"
QUESTION = "== question q1\nkind: true_false\n"
MUST_ANSWER_WITHIN_SECONDS = 20.0
"""Far above what any of these takes: only growth with the square or worse comes near it."""

FLOODS = {
    "sections of no kind": "== x\n" * 20_000,
    "sections without a name": "== lesson\n" * 20_000,
    "one section again and again": "== concept c\nterm: c\n" * 20_000,
    "sections of every name": "".join(f"== concept c{number}\n" for number in range(5_000)),
    "lines that are no field": QUESTION + "words\n" * 20_000,
    "one field again and again": QUESTION + "stem: a\n" * 20_000,
    "fields of every name": QUESTION + "".join(f"a{number}: b\n" for number in range(10_000)),
    "indents that fall": QUESTION + "".join(" " * depth + "a: b\n" for depth in range(900, 0, -1)),
    "indents that rise": QUESTION + "".join(" " * depth + "a:\n" for depth in range(900)),
    "empty quotes": QUESTION + "evidence:\n" + "  >\n" * 20_000,
    "mixed lists": QUESTION + "options:\n  - a\n" + "  [ ] b\n" * 20_000,
    "wrong escapes": QUESTION + "stem:\n" + "  \\q\n" * 20_000,
    "one line of wrong escapes": QUESTION + "stem: " + "\\q" * 10_000,
    "tabs": QUESTION + "\tstem: a\n" * 20_000,
    "wrong items": "== quiz q\ntitle: Q\nquestions:\n" + "  - ?\n" * 20_000,
    "unknown items": "== quiz q\ntitle: Q\nquestions:\n" + "".join(f"  - q{number}\n" for number in range(10_000)),
    "the same item": QUESTION + "== quiz q\ntitle: Q\nquestions:\n" + "  - q1\n" * 10_000,
    "quotes of nothing": QUESTION + "evidence:\n" + "".join(f"  > lost {number}\n" for number in range(10_000)),
    "attributes of nothing": "\n" + "@reason: a\n\n" * 10_000,
    "attributes twice": "\n" + "@level: 1\n" * 10_000 + "text",
    "empty passages": "\n" + "#\n" * 20_000,
    "headings": "\n" + "# a\n" * 10_000,
    "backslashes": "\n" + "\\" * 110_000 + "\n",
    "dashes": "\n" + "- " * 90_000,
    "brackets in JSON": QUESTION + "stem = " + "[" * 110_000,
    "braces in JSON": QUESTION + "stem = " + '{"a":' * 30_000,
    "digits in JSON": QUESTION + "stem = " + "9" * 110_000,
    "spaces": QUESTION + "stem:" + " " * 110_000 + "a",
    "sentences": "\n" + "A. " * 20_000,
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_is_answered_soon_and_with_a_bounded_list(flood: str) -> None:
    started = time.process_time()
    problems = check(HEAD + flood)
    assert time.process_time() - started < MUST_ANSWER_WITHIN_SECONDS
    assert 1 <= len(problems) <= MAX_PROBLEMS
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


@pytest.mark.parametrize("repeats", [MAX_PROBLEMS - 1, MAX_PROBLEMS, MAX_PROBLEMS + 1, 10 * MAX_PROBLEMS])
def test_the_list_of_problems_ends_at_its_limit_and_not_before(repeats: int) -> None:
    read = read_course_file(HEAD + "== x\n" * repeats)
    assert Counter(problem.code for problem in read.problems) == {"unknown_section": min(repeats, MAX_PROBLEMS)}


def test_the_largest_file_is_read_and_one_more_sign_is_too_large() -> None:
    comment = "\n" + ("word " * 20 + "\n") * 20_000
    largest = (HEAD + comment)[:MAX_CHARACTERS].ljust(MAX_CHARACTERS, "x")
    assert "too_large" not in {problem.code for problem in read_course_file(largest).problems}
    (problem,) = read_course_file(largest + "x").problems
    assert (problem.line, problem.code) == (1, "too_large")
    assert problem.message == "The file has more than 2,000,000 characters."


@pytest.mark.parametrize(("length", "codes"), [(MAX_LINE, []), (MAX_LINE + 1, ["long_line"])])
def test_a_line_may_have_so_many_signs_and_no_more(length: int, codes: list[str]) -> None:
    read = read_course_file(HEAD + "\n" + "x" * length)
    assert [problem.code for problem in read.problems] == codes


@pytest.mark.parametrize(
    "sign",
    [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xD800, 0xDBFF, 0xDFFF],
    ids=lambda sign: f"U+{sign:04X}",
)
def test_every_control_sign_is_told_by_its_code_point(sign: int) -> None:
    (problem,) = read_course_file(f"{HEAD}\nOne {chr(sign)} two.").problems
    assert (problem.line, problem.code) == (6, "control_sign")
    assert problem.message == f"The line holds the invisible sign U+{sign:04X}; remove it or write \\x{{…}}."


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u202e", "\u2066", "\ufeff", "\u00a0", "\u00ad", "\u200b", "😀"])
def test_every_other_sign_may_stand_in_a_text(sign: str) -> None:
    assert parse(f"{HEAD}\nOne {sign} two.").article.text == f"One {sign} two."


@pytest.mark.parametrize(
    ("code", "sign"),
    [("41", "A"), ("1", "\x01"), ("2028", "\u2028"), ("202E", "\u202e"), ("feff", "\ufeff"), ("10FFFF", "\U0010ffff")],
)
def test_a_sign_that_cannot_be_seen_may_be_written_by_its_code_point(code: str, sign: str) -> None:
    assert parse(f"{HEAD}\nOne \\x{{{code}}} two.").article.text == f"One {sign} two."


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xff", 1),
        (b"one\n\xc3", 2),
        (b"one\ntwo\n\xed\xa0\x80", 3),
        (b"\xef\xbb\xbfone\n\n\n\xfe", 4),
        (b"one\r\ntwo\r\n\x80\r\n", 3),
        ("Größe\nGrö".encode() + "ß".encode("latin-1"), 2),
        ("Tides".encode("utf-16"), 1),
    ],
)
def test_bytes_that_are_no_utf_8_are_told_at_the_line_of_the_first_wrong_one(data: bytes, line: int) -> None:
    with pytest.raises(UnreadableCourseFile) as caught:
        decode(data)
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (line, "not_utf8")
    assert problem.message == "This is not a text in UTF-8; save the file as UTF-8 and try again."


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf" * 3)
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        expected = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        with pytest.raises(UnreadableCourseFile):
            decode(data)
    else:
        assert decode(data) == expected


@pytest.mark.parametrize(
    "start",
    [
        "",
        "\n",
        "postil course file, version 1",
        "Postil course file, version 1.",
        "Postil course file, version 10",
        "Postil course file,  version 1",
        "\ufeff\ufeffPostil course file, version 1",
        "# Postil course file, version 1",
        "\tPostil course file, version 1",
        "\nPostil course file, version 1",
        "Postil course file, version 1\rtitle: x",
        "PK\x03\x04",
        "%PDF-1.7",
        "<html>",
        '{"title": "x"}',
    ],
)
def test_only_the_first_line_to_the_letter_opens_a_course_file(start: str) -> None:
    assert [(problem.line, problem.code) for problem in check(f"{start}\ntitle: x")] == [(1, "first_line")]


@pytest.mark.parametrize(
    "start",
    ["Postil course file, version 1", "  Postil course file, version 1  ", "\ufeffPostil course file, version 1"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spaces_a_mark_and_the_line_end_around_the_first_line_are_read_past(start: str, end: str) -> None:
    assert parse(f"{start}{end}title: x{end}slug: x{end}== article{end}").title == "x"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT)))
def test_a_file_cut_off_anywhere_is_read_or_refused_with_a_line_that_is_there(length: int) -> None:
    cut = TEXT[:length]
    assert all(1 <= problem.line <= cut.count("\n") + 1 for problem in check(cut))


@settings(max_examples=100, deadline=None)
@given(st.permutations(TEXT.split("\n")[1:]))
def test_a_file_with_its_lines_shuffled_is_read_or_refused(lines: list[str]) -> None:
    problems = check("\n".join([FIRST_LINE, *lines]))
    assert all(1 <= problem.line <= len(lines) + 1 and problem.message for problem in problems)


@pytest.mark.parametrize("at", range(1, TEXT.count("\n")))
def test_a_file_without_one_of_its_lines_never_gives_a_course_of_another_name(at: int) -> None:
    lines = TEXT.split("\n")
    read = read_course_file("\n".join(lines[:at] + lines[at + 1 :]))
    assert read.course.title in ("Tides", "")
    assert all(1 <= problem.line < len(lines) for problem in read.problems)


@pytest.mark.parametrize("at", [at for at, line in enumerate(TEXT.split("\n")) if re.match(r"[a-z_]+:", line)])
def test_a_field_written_twice_is_told_at_the_second_and_changes_nothing(at: int) -> None:
    lines = TEXT.split("\n")
    again = lines[at].partition(":")[0] + ": another"
    read = read_course_file("\n".join([*lines[: at + 1], again, *lines[at + 1 :]]))
    assert (at + 2, "twice") in [(problem.line, problem.code) for problem in read.problems]
    assert "another" not in str(read.course)


@pytest.mark.parametrize("at", [at for at, line in enumerate(TEXT.split("\n")) if line.startswith("== ")])
def test_a_section_opened_twice_is_told_unless_it_is_outside(at: int) -> None:
    lines = TEXT.split("\n")
    read = read_course_file("\n".join([*lines[: at + 1], *lines[at:]]))
    is_told = (at + 2, "twice") in [(problem.line, problem.code) for problem in read.problems]
    assert is_told is (lines[at] != "== outside")
