"""Lists that come in as a file or a paste: read into words, or refused in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from course.tables import MOST_BYTES
from web.studio.uploads import GradeListForm, ListForm

LIST = "Email,Name\nana@example.org,Ana\n"


def form(text: str = "", file: bytes | None = None, **sent: str) -> ListForm:
    files: Any = {} if file is None else {"file": SimpleUploadedFile("list.csv", file)}
    return ListForm({"list": text, **sent}, files)


def told(bound: Any) -> dict[str, list[str]]:
    bound.is_valid()
    return {name: [str(error) for error in errors] for name, errors in bound.errors.items()}


@pytest.mark.parametrize(
    ("text", "file", "words"),
    [
        (LIST, None, LIST),
        (f"  {LIST}  ", None, f"  {LIST}  "),
        ("", LIST.encode(), LIST),
        (" \n\t ", LIST.encode(), LIST),
        ("", "\ufeff".encode() + LIST.encode(), LIST),
        ("", LIST.encode("utf-16"), LIST),
        ("", "Email,Name\na@example.org,Müller\n".encode("cp1252"), "Email,Name\na@example.org,Müller\n"),
        ("", b"", ""),
    ],
)
def test_a_list_is_read_into_words_whichever_way_it_comes(text: str, file: bytes | None, words: str) -> None:
    bound = form(text, file)

    assert told(bound) == {}
    assert bound.cleaned_data["words"] == words


NOTHING = {"list": ["Paste a list, or choose a file."]}


@pytest.mark.parametrize(
    ("text", "file", "errors"),
    [
        ("", None, NOTHING),
        (" \n\t ", None, NOTHING),
        (LIST, b"", {"file": ["Paste a list or choose a file, not both."]}),
        (LIST, LIST.encode(), {"file": ["Paste a list or choose a file, not both."]}),
        (
            "",
            b"PK\x03\x04 rest",
            {"file": ["This is a workbook. Save the sheet as CSV (“Save as”, “CSV UTF-8”) and bring that in."]},
        ),
        (
            "",
            b"a" * (MOST_BYTES + 1),
            {"file": ["This file is larger than 1 MB. Split the list, or leave out columns that are not needed."]},
        ),
        (
            "",
            b"\x81\x8d" * 30,
            {"file": ["This file is not text. Save the list as CSV in UTF-8 and bring that in."]},
        ),
        ("a\x00b", None, {"list": ["Null characters are not allowed."]}),
    ],
    ids=["nothing", "blanks", "a paste and an empty file", "both", "workbook", "large", "binary", "unprintable"],
)
def test_what_is_no_list_is_told_at_the_field_it_came_by(
    text: str, file: bytes | None, errors: dict[str, list[str]]
) -> None:
    assert told(form(text, file)) == errors


@pytest.mark.parametrize(("file", "field"), [(None, "list"), (LIST.encode(), "file")])
def test_a_list_that_says_nothing_sensible_is_told_where_it_came_in(file: bytes | None, field: str) -> None:
    bound = form("" if file else LIST, file)
    assert told(bound) == {}

    bound.refuse("No column is called “Email”.")

    assert told(bound) == {field: ["No column is called “Email”."]}


@pytest.mark.parametrize(
    ("reason", "errors"),
    [
        ("Oral exam", {}),
        ("", {"reason": ["This field is required."]}),
        ("  ", {"reason": ["This field is required."]}),
        ("x" * 301, {"reason": ["Ensure this value has at most 300 characters (it has 301)."]}),
    ],
)
def test_grades_are_given_for_a_reason(reason: str, errors: dict[str, list[str]]) -> None:
    assert told(GradeListForm({"list": LIST, "reason": reason})) == errors


def test_the_reason_is_asked_for_behind_the_list() -> None:
    assert list(GradeListForm().fields)[:3] == ["list", "file", "reason"]
