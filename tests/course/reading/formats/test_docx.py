from __future__ import annotations

import io
import re
import zipfile

from course.reading.clean import clean
from course.reading.formats import read_file
from course.reading.outline import PassageKind
from tests.course.reading.formats.files import word_file
from tests.course.reading.samples import HEADINGS, PASTE

STYLED = [
    ("Title", "The crane"),
    ("Normal", "It fell slowly, and people had time to step aside."),
    ("Heading 1", "What it left"),
    ("List Bullet", "one rope"),
    ("Quote", "We had time to watch it go."),
    ("Heading 2", "What it cost"),
    ("Normal", "Nobody knows to this day what the crane had cost."),
]


def test_styles_become_marks() -> None:
    source = read_file("a.docx", word_file(STYLED))
    assert [(mark.kind, mark.span.quote(source.text)) for mark in source.marks] == [
        (PassageKind.HEADING, "The crane"),
        (PassageKind.HEADING, "What it left"),
        (PassageKind.LIST_ITEM, "one rope"),
        (PassageKind.QUOTE, "We had time to watch it go."),
        (PassageKind.HEADING, "What it cost"),
    ]


def test_every_paragraph_is_a_line() -> None:
    assert read_file("a.docx", word_file(STYLED)).text.split("\n\n") == [text for _, text in STYLED]


def test_without_heading_styles_the_lines_are_judged() -> None:
    source = read_file("a.docx", word_file([("Normal", line) for line in PASTE.strip().split("\n")]))
    passages = clean(source).passages
    assert [p.span.quote(source.text) for p in passages if p.kind is PassageKind.HEADING] == HEADINGS


def document(body: str) -> bytes:
    """A Word file with this body in place of its paragraphs."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file([("Normal", "x")]))) as plain, zipfile.ZipFile(target, "w") as made:
        for name in plain.namelist():
            part = plain.read(name)
            text = re.sub(b"(<w:body>).*?(<w:sectPr)", rb"\1%b\2" % body.encode(), part, flags=re.DOTALL)
            made.writestr(name, text)
    return target.getvalue()


def words_in(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_row_of_a_table_is_one_line_and_a_table_of_paragraphs_is_none() -> None:
    cells = "".join(f"<w:tc>{words_in(text)}</w:tc>" for text in ("1990", "forty boats"))
    long = words_in("The harbour had one crane, and nobody knew what it was worth. " * 8)
    source = read_file(
        "a.docx", document(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:tbl><w:tr><w:tc>{long}</w:tc></w:tr></w:tbl>")
    )
    assert [(mark.kind, mark.span.quote(source.text)) for mark in source.marks] == [
        (PassageKind.TABLE, "1990 | forty boats")
    ]
    assert source.text.split("\n\n")[1].startswith("The harbour had one crane")


def test_what_its_author_has_hidden_is_not_shown_to_learners() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>The answer is seven.</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>How many cranes were there?</w:t></w:r>'
    source = read_file("a.docx", document(f"<w:p>{hidden}{shown}</w:p>{words_in('Nobody knew.')}"))
    assert source.text.split("\n\n") == ["How many cranes were there?", "Nobody knew."]
