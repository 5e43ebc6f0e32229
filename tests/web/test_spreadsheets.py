"""Downloads that a spreadsheet opens as text and numbers, and as nothing else."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.spreadsheets import BOM, FORMULA, MAIN, PARTS, XLSX, cell, csv_file, xlsx_file

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://example.org/?"&A1,"more")',
    "\uff1d1+1",
    '","=1+1',
)
"""Ways to begin a cell so that some spreadsheet works it out (OWASP, CSV injection)."""
NEGATIVE = (-3, -0.5)


@pytest.mark.promise(36)
def test_eleven_formulas_are_words_in_both_files_and_negative_numbers_stay_numbers(
    reached: Callable[[str], None],
) -> None:
    text = csv_file("results", ["Learner"], [[each] for each in (*FORMULAS, *NEGATIVE)]).content.decode()
    _, *cells = [row[0] for row in csv.reader(StringIO(text.removeprefix(BOM), newline=""))]
    worked_out = [each for each in cells[: len(FORMULAS)] if each.startswith(FORMULA)]
    in_workbook = [kind for row in sheet(*[[each] for each in (*FORMULAS, *NEGATIVE)])[1:] for kind, _ in row]
    harmless = len(FORMULAS) - len(worked_out)
    reached(
        f"{harmless} of {len(FORMULAS)} are words in CSV, {in_workbook.count('text')} in XLSX; "
        f"{', '.join(cells[-2:])} stay numbers"
    )
    assert len(set(FORMULAS)) == 11
    assert worked_out == []
    assert [each.removeprefix("'") for each in cells] == [*FORMULAS, *map(str, NEGATIVE)]
    assert cells[-2:] == [str(each) for each in NEGATIVE]
    assert in_workbook == ["text"] * len(FORMULAS) + ["number"] * len(NEGATIVE)


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
        ("\n=1", "'\n=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a=1", "a=1"),
    ],
)
def test_no_cell_is_a_formula(value: object, expected: str) -> None:
    assert cell(value) == expected


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


def sheet(*rows: Sequence[object]) -> list[list[tuple[str, str]]]:
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
