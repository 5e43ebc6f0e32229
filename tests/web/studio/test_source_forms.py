"""An article or a course that is brought in: pasted, as a file, or by its address; one way at a time."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from authoring.domain.course_import import LARGEST as LARGEST_COURSE
from web.studio.forms import COURSE_TOO_LARGE, ChangedTextForm, ConfirmForm, CourseFileForm, ImportForm

TEXT = "A lake feeds two towns. The upper town built a wall."


def upload(content: bytes, name: str = "article.txt") -> Any:
    return {"file": SimpleUploadedFile(name, content)}


def told(form: Any) -> dict[str, list[str]]:
    form.is_valid()
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


@pytest.mark.parametrize("form", [ImportForm, ChangedTextForm])
@pytest.mark.parametrize(("sent", "files"), [({"text": TEXT}, {}), ({}, upload(TEXT.encode()))])
def test_a_text_comes_in_either_way(form: Any, sent: dict[str, str], files: Any) -> None:
    if files:
        files["file"].seek(0)
    bound = form(sent, files)

    assert told(bound) == {}
    assert TEXT in bound.source.text


@pytest.mark.parametrize(
    ("sent", "files", "field"),
    [
        ({}, {}, "text"),
        ({"text": " \n "}, {}, "text"),
        ({}, upload(b"", "empty.txt"), "file"),
        ({}, upload(b"\x00\x01\x02" * 50, "picture.png"), "file"),
        ({"text": "x" * 1_000_001}, {}, "text"),
    ],
    ids=["nothing", "blanks", "empty", "picture", "endless"],
)
def test_what_nobody_can_read_is_told_at_the_field_it_came_by(sent: dict[str, str], files: Any, field: str) -> None:
    if files:
        files["file"].seek(0)

    assert list(told(ImportForm(sent, files))) == [field]


def test_two_ways_at_once_are_refused_with_what_to_do() -> None:
    bound = ImportForm({"text": TEXT}, upload(TEXT.encode()))

    assert told(bound) == {"file": ["Paste the article or choose a file, not both."]}


def test_an_address_is_asked_for_only_where_the_installation_allows_it(settings: Settings) -> None:
    settings.IMPORT_BY_URL = False
    assert "address" not in ImportForm().fields
    assert ImportForm({"text": TEXT, "address": "https://example.org/"}, {}).is_valid()

    settings.IMPORT_BY_URL = True
    assert "address" in ImportForm().fields


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/article", "https://example.org/article"),
        ("example.org/article", "https://example.org/article"),
        (" example.org ", "https://example.org/"),
    ],
)
def test_an_address_without_a_scheme_is_taken_as_secure(settings: Settings, typed: str, address: str) -> None:
    settings.IMPORT_BY_URL = True
    bound = ImportForm({"address": typed}, {})

    assert told(bound) == {}
    assert bound.address_given == address


@pytest.mark.parametrize(
    "typed", ["ftp://example.org/a", "javascript:alert(1)", "file:///etc/passwd", "https://", "a b"]
)
def test_what_is_no_web_address_is_told_there(settings: Settings, typed: str) -> None:
    settings.IMPORT_BY_URL = True

    assert list(told(ImportForm({"address": typed}, {}))) == ["address"]


def test_three_ways_are_told_as_three(settings: Settings) -> None:
    settings.IMPORT_BY_URL = True
    bound = ImportForm({"text": TEXT, "address": "https://example.org/"}, {})

    assert told(bound) == {
        "address": ["Paste the article, choose a file or give its address: one of them."],
    }


def test_each_form_that_is_opened_has_a_key_of_its_own() -> None:
    keys = {str(ImportForm()["once"].value()) for _ in range(3)}

    assert len(keys) == 3
    assert list(told(ImportForm({"text": TEXT, "once": "twice"}, {}))) == ["once"]


def test_what_the_author_says_of_the_article_is_kept() -> None:
    facts = {"title": "The wall", "author": "Ada", "publisher": "The Lake", "rights": "CC BY 4.0"}
    bound = ImportForm({"text": TEXT, "source_url": "https://example.org/", **facts}, {})

    assert told(bound) == {}
    found = bound.facts()
    assert {name: getattr(found, name) for name in facts} == facts
    assert found.source_url == "https://example.org/"


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        (b"== course x", {}),
        (b"", {"file": ["This file is empty. Choose the course file again."]}),
        (None, {"file": ["Choose a course file."]}),
        (b"x" * (LARGEST_COURSE + 1), {"file": [COURSE_TOO_LARGE]}),
    ],
    ids=["a file", "empty", "none", "large"],
)
def test_a_course_file_is_received_up_to_its_limit(content: bytes | None, errors: dict[str, list[str]]) -> None:
    files: Any = {} if content is None else upload(content, "course.postil")

    assert told(CourseFileForm({}, files)) == errors


@pytest.mark.parametrize("question", ["", "1", "all", "\x00"])
def test_only_a_question_by_its_id_is_confirmed(question: str) -> None:
    assert list(told(ConfirmForm({"question": question}))) == ["question"]
