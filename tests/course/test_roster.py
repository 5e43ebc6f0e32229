"""A list of people, line by line."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models import Role
from course.roster import COLUMNS, ROLE_WORDS, ROLES, Entry, Fault, Roster, read_roster, read_typed
from course.tables import NotATable

ADDRESS = "ana@example.org"


def entry(header: str, cell: str) -> Entry | Fault:
    [line] = read_roster(f'Email\t{header}\n{ADDRESS}\t"{cell}"').lines
    return line


def asked(header: str, cell: str) -> dict[str, Any]:
    """What the line asks for beside its address."""
    line = entry(header, cell)
    assert isinstance(line, Entry), line
    return {name: getattr(line, name) for name in Entry.__slots__ if getattr(line, name) != getattr(bare(), name)}


def bare() -> Entry:
    return Entry(2, ADDRESS)


@pytest.mark.parametrize("spelling", COLUMNS["address"].split("|"))
def test_the_column_of_addresses_has_many_names(spelling: str) -> None:
    assert read_roster(f"{spelling.upper()};Name\nAna@Example.org;Ana").lines == (Entry(2, ADDRESS, "Ana"),)


@pytest.mark.parametrize(
    ("header", "cell", "found"),
    [
        ("Full name", "  Ana   Maria ", {"name": "Ana Maria"}),
        ("First name", "Ana", {"name": "Ana"}),
        ("Surname", "Moravec", {"name": "Moravec"}),
        ("Role", "Teaching assistant", {"role": "assistant"}),
        ("Role", "Student", {"role": "learner"}),
        ("Part", "OBSERVER", {"role": "observer"}),
        ("Class", "Evening  class", {"cohort": "Evening class"}),
        ("Group", "Two\nlines", {"cohort": "Two lines"}),
        ("Time factor", "1.5", {"time_factor": Decimal("1.50")}),
        ("Extra time", "1,25", {"time_factor": Decimal("1.25")}),
        ("Time", "150 %", {"time_factor": Decimal("1.50")}),
        ("Time", "× 2", {"time_factor": Decimal("2.00")}),
        ("Time", "10", {"time_factor": Decimal("10.00")}),
        ("Extra days", "0", {"extra_days": 0}),
        ("Days", "366", {"extra_days": 366}),
        ("Begins", "2027-01-31", {"starts_at": datetime(2027, 1, 31)}),  # noqa: DTZ001 -- a wall clock's time
        ("Start date", "31.1.2027 9:30", {"starts_at": datetime(2027, 1, 31, 9, 30)}),  # noqa: DTZ001 -- a wall clock's time
        ("Ends", "2027-01-31", {"ends_at": datetime(2027, 2, 1)}),  # noqa: DTZ001 -- a wall clock's time
        ("Until", "31 January 2027", {"ends_at": datetime(2027, 2, 1)}),  # noqa: DTZ001 -- a wall clock's time
        ("Until", "2027-01-31T18:00", {"ends_at": datetime(2027, 1, 31, 18)}),  # noqa: DTZ001 -- a wall clock's time
        ("Ends", "", {}),
        ("Role", "", {}),
        ("Time", "", {}),
        ("Phone", "555", {}),
    ],
)
def test_a_cell_says_what_it_says(header: str, cell: str, found: dict[str, Any]) -> None:
    assert asked(header, cell) == found


@pytest.mark.parametrize(
    ("header", "cell", "reason"),
    [
        ("Role", "king", "“king” is no part in a course. There are: owner, editor"),
        ("Name", "x" * 151, "The name is longer than 150 characters."),
        ("Cohort", "x" * 121, "The name of a cohort is longer than 120 characters."),
        ("Time", "0.5", "“0.5” is no multiple of the usual time: write a number from 1 to 10."),
        ("Time", "11", "is no multiple of the usual time"),
        ("Time", "NaN", "is no multiple of the usual time"),
        ("Time", "1e999999", "is no multiple of the usual time"),
        ("Time", "1E+9999999", "is no multiple of the usual time"),
        ("Time", "1E-9999999 %", "is no multiple of the usual time"),
        ("Time", "sNaN", "is no multiple of the usual time"),
        ("Time", "0.999", "is no multiple of the usual time"),
        ("Time", "10.001", "is no multiple of the usual time"),
        ("Time", "1.5.5", "is no multiple of the usual time"),
        ("Time", "%", "is no multiple of the usual time"),
        ("Time", "twice", "is no multiple of the usual time"),
        ("Time", "1_0", "is no multiple of the usual time"),
        ("Time", "1_5 %", "is no multiple of the usual time"),
        ("Days", "367", "“367” is no number of days: write a whole number from 0 to 366."),
        ("Days", "-1", "is no number of days"),
        ("Days", "1.5", "is no number of days"),
        ("Days", "٣", "is no number of days"),
        ("Begins", "1/2/2027", "“1/2/2027” is no day: write it like 2027-01-31"),
        ("Begins", "2027-02-30", "is no day"),
        ("Ends", "9999-12-31", "is no day"),
        ("Ends", "0001-01-01", "is no day"),
        ("Ends", "soon", "is no day"),
    ],
)
def test_a_cell_that_says_nothing_sensible_is_a_fault_of_its_line(header: str, cell: str, reason: str) -> None:
    line = entry(header, cell)
    assert isinstance(line, Fault)
    assert (line.line, line.address, reason in line.reason) == (2, ADDRESS, True)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Ana,2027-01-01,", "There is no email address."),
        ("ana@example.org,Ana,2027-01-02,2027-01-01", "It ends before it begins."),
        ("ana@example.org,Ana,2027-01-02,2027-01-03,more", "The line has more cells than there are columns."),
    ],
)
def test_a_line_that_does_not_fit_together_is_a_fault(row: str, reason: str) -> None:
    [line] = read_roster(f"Email,Name,Begins,Ends\n{row}").lines
    assert isinstance(line, Fault)
    assert reason in line.reason


def test_one_day_is_a_time_of_one_day() -> None:
    [line] = read_roster("Email,Begins,Ends\nana@example.org,2027-01-01,2027-01-01").lines
    assert isinstance(line, Entry)
    assert line.starts_at is not None
    assert line.ends_at is not None
    assert (line.ends_at - line.starts_at).days == 1


def test_first_and_last_name_make_a_name_unless_there_is_a_whole_one() -> None:
    roster = read_roster("Email,First name,Last name,Name\na@example.org,Ana,Moravec,\nb@example.org,B,B,Bob\n")
    assert [line.name for line in roster.lines if isinstance(line, Entry)] == ["Ana Moravec", "Bob"]


def test_a_shorter_line_says_less_and_empty_cells_behind_say_nothing() -> None:
    assert read_roster("Email,Name,Role\na@example.org\nb@example.org,,,,").lines == (
        Entry(2, "a@example.org"),
        Entry(3, "b@example.org"),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ana@example.org\nbob@example.org", [(1, "ana@example.org", ""), (2, "bob@example.org", "")]),
        ("Ana,ana@example.org\nBob,bob@example.org", [(1, "ana@example.org", "Ana"), (2, "bob@example.org", "Bob")]),
    ],
)
def test_a_list_of_addresses_needs_no_header(text: str, found: list[tuple[int, str, str]]) -> None:
    lines = read_roster(text).lines
    assert [(line.line, line.address, line.name) for line in lines if isinstance(line, Entry)] == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Name,Class\nAna,A", "No column is called “Email”."),
        ("Ana,A,ana@example.org", "No column is called “Email”."),
        ("a@example.org,b@example.org", "No column is called “Email”."),
        ("Email,Name", "Below the names of its columns, this list is empty."),
        ("Email,Mail,Name\na,b,c", "Two columns are the same"),
        ("", "This list is empty."),
    ],
)
def test_a_list_nobody_can_follow_is_refused_whole(text: str, sentence: str) -> None:
    with pytest.raises(NotATable, match=sentence):
        read_roster(text)


def test_what_is_not_used_is_told() -> None:
    assert read_roster("Email,Phone,,Shoe size\na@example.org,1,,2").ignored == ("Phone", "Shoe size")


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_a_roster_or_a_sentence(text: str) -> None:
    assert roster_or_sentence(text)


def roster_or_sentence(text: str) -> bool:
    try:
        return isinstance(read_roster(text), Roster)
    except NotATable as refused:
        return str(refused).endswith((".", "…", "”"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ana@example.org", [("ana@example.org", "")]),
        ("ana@example.org bob@example.org\ncyd@example.org", [(f"{n}@example.org", "") for n in ("ana", "bob", "cyd")]),
        ("Ana B <ana@example.org>; <bob@example.org>", [("ana@example.org", "Ana B"), ("bob@example.org", "")]),
        (
            '"Moravec, Ana" <Ana@example.org>,bob@example.org',
            [("ana@example.org", "Moravec, Ana"), ("bob@example.org", "")],
        ),
    ],
)
def test_addresses_are_typed_as_in_a_mail(text: str, found: list[tuple[str, str]]) -> None:
    lines = read_typed(text, role="observer", cohort="A").lines
    assert lines == tuple(Entry(n, *each, role="observer", cohort="A") for n, each in enumerate(found, 1))


@pytest.mark.parametrize("text", ["", " , ;\n", '"'])
def test_nothing_typed_is_refused(text: str) -> None:
    with pytest.raises(NotATable, match="Write at least one email address"):
        read_typed(text)


def test_too_many_typed_are_refused() -> None:
    with pytest.raises(NotATable, match="more than 500 addresses"):
        read_typed("a@example.org " * 501)


@given(st.text(max_size=200))
def test_whatever_is_typed_has_a_line_for_each_address(text: str) -> None:
    try:
        lines = read_typed(text).lines
    except NotATable:
        return
    assert [line.line for line in lines] == list(range(1, len(lines) + 1))


def test_every_word_for_a_part_is_a_part() -> None:
    assert set(ROLE_WORDS.values()) == set(ROLES) == set(Role.values)
