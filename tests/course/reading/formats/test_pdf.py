from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

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


def tight_pdf(blocks: Sequence[tuple[str, str]], *, head: str = "", foot: str = "") -> bytes:
    """A page in one size without space between paragraphs, as browsers print plain pages: (font, text)."""
    target = io.BytesIO()
    page = Canvas(target, pagesize=A4)
    height = 800.0
    for font, text in [*blocks, *([("Times-Roman", head)] if head else []), *([("Times-Roman", foot)] if foot else [])]:
        page.setFont(font, 11)
        if text in (head, foot):
            page.drawString(20, 830 if text == head else 15, text)
            continue
        height -= 8 if font == "Times-Bold" else 0
        for line in textwrap.wrap(text, 90):
            page.drawString(60, height, line)
            height -= 13
        height -= 8 if font == "Times-Bold" else 0
    page.showPage()
    page.save()
    return target.getvalue()


BOLD = [("Times-Bold" if line in HEADINGS else "Times-Roman", line) for line in LINES]


def test_short_lines_in_bold_type_above_running_text_are_headings() -> None:
    source = read_file("a.pdf", tight_pdf(BOLD))
    assert [mark.span.quote(source.text) for mark in source.marks] == HEADINGS


def test_bold_words_inside_a_paragraph_part_nothing() -> None:
    first, second = [line for line in LINES if len(line) > 100][:2]
    emphasised = [("Times-Roman", first), ("Times-Bold", textwrap.wrap(second, 90)[0]), ("Times-Roman", first)]
    assert read_file("a.pdf", tight_pdf(emphasised)).marks == ()


def test_space_around_headings_does_not_join_the_paragraphs_between_them() -> None:
    source = read_file("a.pdf", tight_pdf(BOLD))
    whole = [line for line in LINES if len(line) > 90]
    assert sum(line in source.text.split("\n\n") for line in whole) * 10 >= 8 * len(whole)


def test_what_a_browser_prints_around_a_single_page_is_left_out() -> None:
    head, foot = "5/3/24, 10:15 AM The Heron Post", "https://heron.example/crane?x=1 1/1"
    text = read_file("a.pdf", tight_pdf(BOLD, head=head, foot=foot)).text
    assert "Heron" not in text
    assert "heron" not in text
