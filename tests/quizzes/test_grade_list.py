"""A list of grades, line by line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tables import NotATable
from quizzes.grade_list import Graded, GradeList, read_grades

TITLES = {"wall": "The wall, checked", "end": "Final check", "end-2": "Final check", "email": "Mail"}
ADDRESS = "ana@example.org"


def read(text: str) -> GradeList:
    return read_grades(text, titles=TITLES)


def cell(text: str) -> Decimal | str:
    [line] = read(f"Email\twall\n{ADDRESS}\t{text}").lines
    return line.grades["wall"]


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("85", "0.85"),
        ("85.5", "0.855"),
        ("85,25 %", "0.8525"),
        ("85%", "0.85"),
        ("0", "0"),
        ("100", "1"),
        ("66.67", "0.6667"),
        ("83.3333333333333", "0.833333"),
        ("66,66666666666667 %", "0.666667"),
        ("17/20", "0.85"),
        ("2 / 3", "0.666667"),
        ("7,5/10", "0.75"),
        ("0/4", "0"),
    ],
)
def test_a_cell_is_per_cent_or_points_of_points(text: str, fraction: str) -> None:
    assert cell(text) == Decimal(fraction)


@pytest.mark.parametrize("text", ["A", "-5", "85 points", "1/0", "1/2/3", "NaN", "1e2", "٨٥", "=1+1", "85 % %"])
def test_what_is_no_grade_is_a_fault_of_its_cell(text: str) -> None:
    said = cell(text)
    assert isinstance(said, str)
    assert "is no grade: write per cent, such as 85, or points" in said


@pytest.mark.parametrize("text", ["100.01", "101 %", "21/20"])
def test_nobody_earns_more_than_everything(text: str) -> None:
    assert cell(text) == f"“{text}” is more than everything: write at most 100."


def test_the_gradebooks_own_columns_are_understood() -> None:
    header = "Learner,Email,Cohort,“The wall, checked”,wall,“Together, %”,Reason".replace("“", '"').replace("”", '"')
    with pytest.raises(NotATable, match="Two columns are the same"):
        read(f"{header}\n")
    found = read(f"{header.replace(',wall,', ',')}\nAna,Ana@Example.org,A,85,90,Oral exam\n")
    assert found.lines == (Graded(2, ADDRESS, {"wall": Decimal("0.85")}, "Oral exam"),)
    assert found.ignored == ("Learner", "Cohort", "Together, %")


def test_two_quizzes_of_one_name_go_by_their_addresses() -> None:
    found = read(f"Email,Final check,end,end-2\n{ADDRESS},1,2,3")
    assert found.ignored == ("Final check",)
    assert found.lines[0].grades == {"end": Decimal("0.02"), "end-2": Decimal("0.03")}


def test_a_quiz_called_like_the_address_does_not_take_its_place() -> None:
    found = read(f"Email,Mail\n{ADDRESS},85".replace("Mail", "wall"))
    assert found.lines[0].address == ADDRESS


@pytest.mark.parametrize(
    ("row", "fault"),
    [(",85", "There is no email address."), (f"{ADDRESS},85,more", "The line has more cells than there are columns.")],
)
def test_a_line_that_cannot_be_followed_is_a_fault(row: str, fault: str) -> None:
    [line] = read(f"Email,wall\n{row}").lines
    assert (line.fault, line.grades) == (fault, {})


def test_an_empty_cell_says_nothing() -> None:
    assert read(f"Email;wall;end\n{ADDRESS};;50").lines[0].grades == {"end": Decimal("0.5")}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Learner,wall\nAna,85", "No column is called “Email”."),
        ("Email,Shoe size\na@b.org,43", "No column is called like a quiz of this course."),
        ("Email,wall", "Below the names of its columns, this list is empty."),
        ("", "This list is empty."),
        ("\x00", "This is not text"),
    ],
)
def test_a_list_nobody_can_follow_is_refused_whole(text: str, sentence: str) -> None:
    with pytest.raises(NotATable, match=sentence):
        read(text)


def test_a_reason_is_kept_as_far_as_a_message_holds_it() -> None:
    assert len(read(f"Email,wall,Reason\n{ADDRESS},85,{'x' * 999}").lines[0].reason) == 300


@given(st.text(max_size=30))
def test_whatever_stands_in_a_cell_is_a_fraction_or_a_sentence(text: str) -> None:
    quoted = text.replace('"', '""')
    try:
        [line] = read(f'Email,wall\n{ADDRESS},"{quoted}"').lines
    except NotATable:
        return
    for said in line.grades.values():
        assert 0 <= said <= 1 if isinstance(said, Decimal) else said.endswith(".")


@given(points=st.integers(0, 999), of=st.integers(1, 999), sign=st.sampled_from(["/", " / ", "/ ", "\u00a0/"]))
def test_points_of_points_are_their_share_to_six_places(points: int, of: int, sign: str) -> None:
    typed = f"{points}{sign}{of}"
    too_many = f"“{typed}” is more than everything: write at most 100."
    assert cell(typed) == (too_many if points > of else round(Decimal(points) / of, 6))


@given(st.integers(0, 10_000), st.sampled_from(".,"), st.sampled_from(["", "%", " %", "\u00a0%"]))
def test_per_cent_is_read_with_either_decimal_mark(hundredths: int, point: str, behind: str) -> None:
    assert cell(f"{hundredths // 100}{point}{hundredths % 100:02}{behind}") == Decimal(hundredths) / 10_000


@pytest.mark.parametrize(
    "text",
    ["８５", "1_0", "+85", "-0", "85/", "/20", "0/0", "1/0.0", "17 of 20", "½", "0x10", "85;", "inf", "1" * 7,
     "0." + "1" * 21],
)  # fmt: skip
def test_what_only_looks_like_a_grade_is_quoted_as_it_was_written(text: str) -> None:
    assert cell(text) == f"“{text}” is no grade: write per cent, such as 85, or points, such as 17/20."
