from __future__ import annotations

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
