from __future__ import annotations

from course.reading.clean import clean
from course.reading.formats import read_file
from course.reading.outline import PassageKind
from tests.course.reading.formats.files import pdf_file
from tests.course.reading.samples import HEADINGS, PASTE

LINES = PASTE.strip().split("\n")
STYLED = [("Heading2" if line in HEADINGS else "BodyText", line) for line in LINES]


def test_lines_are_joined_to_paragraphs_and_large_lines_are_headings() -> None:
    source = read_file("a.pdf", pdf_file(STYLED))
    assert source.text.split("\n\n") == LINES
    assert [mark.span.quote(source.text) for mark in source.marks] == HEADINGS


def test_without_larger_type_the_lines_are_judged() -> None:
    source = read_file("a.pdf", pdf_file([("BodyText", line) for line in LINES]))
    passages = clean(source).passages
    assert [p.span.quote(source.text) for p in passages if p.kind is PassageKind.HEADING] == HEADINGS


def test_a_line_at_the_foot_of_every_page_is_left_out() -> None:
    source = read_file("a.pdf", pdf_file(STYLED * 5, footer="The Tidewater Post, page"))
    assert "Tidewater Post, page" not in source.text


def test_paragraphs_go_on_over_the_end_of_a_page() -> None:
    long = " ".join(f"Sentence {n} of this paragraph tells about the harbour and the crane." for n in range(120))
    assert read_file("a.pdf", pdf_file([("BodyText", long)], footer="Page")).text == long


def test_the_one_largest_line_at_the_top_is_the_title() -> None:
    assert read_file("a.pdf", pdf_file([("Title", "Eleven benches"), *STYLED])).title == "Eleven benches"
