"""Downloads that a spreadsheet opens as text and numbers, and as nothing else."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.spreadsheets import BOM, FORMULA, MAIN, PARTS, XLSX, cell, csv_file, xlsx_file


@pytest.mark.promise(36)
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        ("a wall", "a wall"),
        (-3, "-3"),
        (-0.5, "-0.5"),
        ("-3", "'-3"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
    ],
)
def test_no_cell_is_a_formula(value: object, expected: str) -> None:
    assert cell(value) == expected


@pytest.mark.promise(36)
@given(st.text())
def test_no_text_at_all_is_a_formula(text: str) -> None:
    assert not cell(text).startswith(FORMULA)
    assert cell(text).removeprefix("'") == text.removeprefix("'") or cell(text) == text


def test_a_file_has_its_name_and_reads_back() -> None:
    answer = csv_file("results", ["Learner", "Points"], [["Ana, “A”", 3.5], ["=cmd", None]])

    assert answer["Content-Disposition"] == 'attachment; filename="results.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith(BOM)
    rows = list(csv.reader(StringIO(text.removeprefix(BOM))))
    assert rows == [["Learner", "Points"], ["Ana, “A”", "3.5"], ["'=cmd", ""]]


def sheet(*rows: list[object]) -> list[list[tuple[str, str]]]:
    """The cells of a workbook as a spreadsheet reads them: number or text, and what stands there."""
    answer = xlsx_file("results", ["Learner"], rows)
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        root = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [
        [
            ("text", "".join(each.itertext())) if each.get("t") == "inlineStr" else ("number", "".join(each.itertext()))
            for each in row
        ]
        for row in root.iter(f"{{{MAIN}}}row")
    ]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (3.5, ("number", "3.5")),
        (-3, ("number", "-3")),
        (0, ("number", "0")),
        (True, ("text", "True")),
        (None, ("text", "")),
        ("=1+1", ("text", "=1+1")),
        ("3.5", ("text", "3.5")),
        ("<b>&\"'</b>", ("text", "<b>&\"'</b>")),
        ("  two  ", ("text", "  two  ")),
        ("two\nlines", ("text", "two\nlines")),
        ("a\x00\x0bb\ufffe", ("text", "ab")),
        ("湖 🙂", ("text", "湖 🙂")),
    ],
)
def test_a_cell_of_a_workbook_is_a_number_or_text_and_never_a_formula(value: object, read: tuple[str, str]) -> None:
    assert sheet([value]) == [[("text", "Learner")], [read]]


@given(st.lists(st.text(), max_size=5))
def test_whatever_is_written_a_workbook_can_be_read(texts: list[str]) -> None:
    _, row = sheet(list(texts))

    assert [kind for kind, _ in row] == ["text"] * len(texts)


def test_a_workbook_has_all_its_parts_and_its_name() -> None:
    answer = xlsx_file("results", ["Learner", "Points"], [["Ana", 3]])

    assert answer["Content-Disposition"] == 'attachment; filename="results.xlsx"'
    assert answer["Content-Type"] == XLSX
    with ZipFile(BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == {*PARTS, "xl/worksheets/sheet1.xml"}
        for name in archive.namelist():
            ET.fromstring(archive.read(name))


@pytest.mark.parametrize("rows", [0, 1, 500])
def test_both_files_hold_every_row(rows: int) -> None:
    table: list[list[object]] = [[f"Learner {number}", number] for number in range(rows)]

    text = csv_file("results", ["Learner", "Points"], table).content.decode().removeprefix(BOM)

    assert len(list(csv.reader(StringIO(text)))) == rows + 1
    assert len(sheet(*table)) == rows + 1
