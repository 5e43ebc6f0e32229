"""Downloads that a spreadsheet opens as text and numbers, and as nothing else."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.studio.spreadsheets import BOM, FORMULA, cell, csv_file


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
