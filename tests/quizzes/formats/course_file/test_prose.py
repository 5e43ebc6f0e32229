"""How words are written on lines, and read back to the character."""

from __future__ import annotations

import pytest
from hypothesis import given

from quizzes.formats.course_file.prose import BadEscape, escape, guard, join, lines_of, unescape
from tests.quizzes.formats.course_file.courses import texts


@given(texts)
def test_a_text_on_one_line_reads_back_as_it_was(text: str) -> None:
    written = escape(text)
    assert "\n" not in written
    assert written == written.strip(" ")
    assert unescape(written) == text


@given(texts)
def test_a_text_on_several_lines_reads_back_as_it_was(text: str) -> None:
    assert join(lines_of(text)) == text


@given(texts)
def test_a_guarded_line_reads_as_the_same_words_and_never_as_syntax(text: str) -> None:
    for line in lines_of(text):
        assert unescape(guard(line)) == unescape(line)
        assert guard(line)[0] not in "#>|!~@=-[*("


def test_each_sentence_stands_on_a_line_of_its_own() -> None:
    text = "Why not? “Nobody asked.” He paid 3.5 per cent. Then, e.g. later, it rained."
    assert lines_of(text) == ["Why not?", "“Nobody asked.”", "He paid 3.5 per cent.", "Then, e.g. later, it rained."]


def test_what_cannot_be_seen_is_written_by_its_code_point() -> None:
    assert escape("a\u202eb\x07c\td\\e\nf") == r"a\x{202E}b\x{7}c\td\\e\nf"


def test_spaces_at_an_edge_are_written_visibly() -> None:
    assert escape(" a  b ") == r"\sa  b\s"
    assert escape(" ") == r"\s"


def test_a_line_that_ends_with_a_line_break_is_joined_without_a_space() -> None:
    assert join([r"one\n", "two", "three"]) == "one\ntwo three"


def test_a_backslash_makes_any_sign_ordinary() -> None:
    assert unescape(r"\# \- \“ \\n") == r"# - “ \n"


def test_a_line_that_looks_like_a_field_is_guarded_before_its_colon_or_equals_sign() -> None:
    assert guard("stem: words") == r"stem\: words"
    assert guard("stem = 1") == r"stem \= 1"
    assert guard("Note: this is prose") == "Note: this is prose"
    assert guard("https://example.org") == "https://example.org"


@pytest.mark.parametrize("line", [r"\q", "\\", r"\x{}", r"\x{110000}", r"\x{0}", r"\x{D800}", r"\x{1234567}", r"\7"])
def test_a_backslash_that_means_nothing_is_refused(line: str) -> None:
    with pytest.raises(BadEscape, match="A backslash means nothing before"):
        unescape(line)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\udfff end"])
def test_nul_and_half_a_surrogate_pair_are_never_written(text: str) -> None:
    with pytest.raises(ValueError, match="no NUL"):
        escape(text)
