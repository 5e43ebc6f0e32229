from __future__ import annotations

import pytest

from course.reading.lines import Line, count_words, lines_of
from course.reading.outline import Mark, PassageKind, Source, Span


def only(text: str) -> Line:
    (line,) = lines_of(Source(text))
    return line


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("-But so it is", "But so it is"),
        ("???? Read on", "Read on"),
        ("•item", "item"),
        ("- item", "item"),
        ("– item", "item"),
        ("- ", "-"),
        ("????", "????"),
        ("-5 degrees", "-5 degrees"),
        ("—Dash of speech", "—Dash of speech"),
        ("  indented", "indented"),
    ],
)
def test_a_line_begins_after_stray_marks_and_bullets(raw: str, text: str) -> None:
    line = only(raw)
    assert line.text == text
    assert raw[line.span.start : line.span.end] == text


def test_a_gap_is_an_empty_line_above() -> None:
    assert [line.gap for line in lines_of(Source("a\nb\n\nc"))] == [False, False, True]


def test_a_mark_reaches_the_line_it_covers() -> None:
    marks = (Mark(Span(3, 6), PassageKind.QUOTE),)
    assert [line.kind for line in lines_of(Source("ab\ncde\nf", marks=marks))] == [None, PassageKind.QUOTE, None]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one", 1), ("it's well-known, isn't it", 4), ("1,000.5 kg", 2), ("— … —", 0), ("这是一个测试文本", 4)],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "terminated"),
    [
        ("So it is.", True),
        ("“So it is.”", True),
        ("So is it?", True),
        ("So it is", False),
        ("So it is.[3]", True),
        ("这是。", True),
    ],
)
def test_a_terminated_line_ends_like_a_sentence(text: str, terminated: bool) -> None:
    assert only(text).is_terminated is terminated


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("1. Fit", "1. "),
        ("2) Fit", "2) "),
        ("1.2 Fit", "1.2 "),
        ("Step 3: Fit", "Step 3: "),
        ("400 g flour", ""),
        ("Fit 1.", ""),
    ],
)
def test_a_leading_number_is_told_from_a_quantity(text: str, prefix: str) -> None:
    assert only(text).number_prefix == prefix


@pytest.mark.parametrize("behind", ["[edit]", " [ edit ]", "[edit | edit source]", "[Bearbeiten]", "¶", " ¶"])
def test_a_link_behind_a_heading_is_no_part_of_it(behind: str) -> None:
    source = Source(f"A first line.\nThe winter{behind}\nA last line.")
    line = lines_of(source)[1]
    assert (line.text, line.span.quote(source.text)) == ("The winter", "The winter")
    assert line.whole.quote(source.text) == f"The winter{behind}"


def test_a_link_alone_on_its_line_stays_a_line() -> None:
    assert [line.text for line in lines_of(Source("One.\n[edit]\nTwo."))] == ["One.", "[edit]", "Two."]
