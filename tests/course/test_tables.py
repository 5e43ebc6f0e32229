"""Tables as spreadsheets, mail programs and people write them, and what is no table."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tables import (
    DELIMITERS,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    UNSEEN,
    NotATable,
    Row,
    columns_of,
    decoded,
    named,
    read_table,
)
from web.spreadsheets import cell, csv_file

KNOWN = {"email", "name"}
SAID = "Email,Name\nana@example.org,Ána Müller\n"
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), max_size=12)


def cells(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(text, known=KNOWN)]


def refusal(text: str) -> str:
    with pytest.raises(NotATable) as refused:
        read_table(text, known=KNOWN)
    return str(refused.value)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_a_file_is_read_in_every_encoding_that_spreadsheets_save(encoding: str) -> None:
    assert decoded(SAID.encode(encoding)).removeprefix("\ufeff") == SAID


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_marked_file_is_read_by_its_mark(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decoded(mark + SAID.encode(encoding)) == SAID


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_becomes_words_or_a_sentence(raw: bytes) -> None:
    assert words_or_sentence(raw)


def words_or_sentence(raw: bytes) -> bool:
    try:
        return isinstance(decoded(raw), str)
    except NotATable as refused:
        return str(refused).endswith(".")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"PK\x03\x04\x14\x00", "This is a workbook."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is a workbook."),
        (b"a" * (MOST_BYTES + 1), "larger than 1 MB"),
        (b"\x81\x8d\x8f\x90\x9d", "This file is not text."),
    ],
    ids=["new workbook", "old workbook", "too large", "no encoding"],
)
def test_what_is_no_text_is_refused_in_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(NotATable, match=sentence):
        decoded(raw)


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_dialect_is_read_alike(delimiter: str, ending: str) -> None:
    text = ending.join([delimiter.join(["Email", "Name"]), delimiter.join(["ana@example.org", '"Ana, of; all"']), ""])
    assert cells(text) == [("Email", "Name"), ("ana@example.org", "Ana, of; all")]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Email; Name, first", ("Email", "Name, first")),
        ("Email, Name; nick", ("Email", "Name; nick")),
        ("Email", ("Email",)),
        ('"Email";"Name"', ("Email", "Name")),
        ("sep=;\nEmail,x;Name", ("Email,x", "Name")),
        ("SEP=\t\r\nEmail\tName", ("Email", "Name")),
    ],
)
def test_the_delimiter_is_the_one_that_makes_most_known_columns(header: str, found: tuple[str, ...]) -> None:
    assert cells(header)[0] == found


def test_a_row_knows_the_line_it_begins_on() -> None:
    rows = read_table('sep=,\n\nEmail,Name\n"a@example.org","Ana\n\nMaria"\n , \nb@example.org,Bob', known=KNOWN)
    assert [row.line for row in rows] == [3, 4, 8]
    assert rows[1].cells == ("a@example.org", "Ana\n\nMaria")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This list is empty."),
        (" \n\n,,,\n", "This list is empty."),
        ("\ufeff", "This list is empty."),
        ("Email\x00", "This is not text"),
        ("Email\x1b[31m", "This is not text"),
        ('Email\nana@example.org\n"bob', "From line 3 on, quotation marks do not fit"),
        ('Email\n"ana"@example.org', "From line 2 on, quotation marks do not fit"),
        ("Email\n" + "x" * 140_000, "From line 2 on, quotation marks do not fit"),
        ("," * MOST_COLUMNS + "Email", f"more than {MOST_COLUMNS} columns"),
        ("Email\n" + "a@example.org\n" * (MOST_ROWS + 1), "more than 10,000 lines"),
        ("x" * (MOST_BYTES + 1), "longer than a million characters"),
    ],
    ids=lambda value: value[:20] if len(value) > 60 else None,
)
def test_what_is_no_table_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


def test_the_longest_list_is_read() -> None:
    assert len(read_table("Email\n" + "a@example.org\n" * MOST_ROWS, known=KNOWN)) == MOST_ROWS + 1


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(DELIMITERS))
def test_what_a_spreadsheet_wrote_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["Email", "Name"])
    writer.writerows(rows)
    # Signs that nobody sees are gone at the ends of a cell, and a row that holds nothing is none.
    wanted = [[cell(value.strip(UNSEEN)) for value in row] for row in rows]
    assert [[cell(value) for value in row] for row in cells(out.getvalue())[1:]] == [row for row in wanted if any(row)]


@given(CELLS)
def test_a_quote_before_a_formula_is_gone_again(value: str) -> None:
    written = csv_file("x", ["Email", "Name"], [["a@example.org", value]]).content.decode()
    assert cell(read_table(written, known=KNOWN)[1].cells[1]) == cell(value.strip(UNSEEN))


@pytest.mark.parametrize("header", ["E-Mail", "e mail", " EMAIL ", "Ｅｍａｉｌ", "e_mail:"])
def test_names_of_columns_are_compared_by_letters_and_figures(header: str) -> None:
    assert named(header) == "email"


def test_columns_are_found_by_name_and_the_others_told() -> None:
    header = Row(1, ("Phone", "E-Mail", "", "Name"))
    assert columns_of(header, lambda cell: named(cell) if named(cell) in KNOWN else None) == (
        {"email": 1, "name": 3},
        ("Phone",),
    )


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(NotATable, match="Two columns are the same: “Email” and “e-mail”"):
        columns_of(Row(1, ("Email", "e-mail")), named)
