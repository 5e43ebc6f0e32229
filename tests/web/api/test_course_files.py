"""Whole courses as one text over REST: out as the page gives them, in as drafts, and checked line by line."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from authoring.domain.course_export import export_course
from authoring.domain.course_import import import_course
from authoring.domain.demo import SAMPLE
from course.models import Article, Course, Enrollment, Role
from quizzes.formats.course_file import check, parse, write
from quizzes.models import Question
from tests.factories import make_person
from tests.web.api.callers import PROBLEM, Caller, told
from tests.web.api.editors import only_for
from tests.web.studio.drafts import make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = SAMPLE.read_text(encoding="utf-8")
BROKEN = TEXT.replace("\n", "\n@nothing\n", 3)


@pytest.fixture
def owner() -> User:
    return make_author()


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


def form(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("course.postil", content)}


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in (Course, Article, Question, Enrollment))


def test_a_course_goes_out_as_the_text_that_the_command_writes(caller: Caller, owner: User) -> None:
    course = make_draft(owner)
    answer = caller.get(f"courses/{course.slug}/file/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{course.slug}.postil"'
    assert answer.content.decode() == write(export_course(course))


@pytest.mark.parametrize("accepted", ["*/*", "text/plain", "application/json, text/plain;q=0.5", "text/*"])
def test_a_course_file_is_text_whatever_is_said_to_be_taken(caller: Caller, owner: User, accepted: str) -> None:
    course = make_draft(owner)
    assert caller.get(f"courses/{course.slug}/file/", Accept=accepted).status_code == 200
    lost = caller.get("courses/nothing/file/", Accept=accepted)
    assert (lost.status_code, lost["Content-Type"], lost.json()["code"]) == (404, PROBLEM, "not_found")


@pytest.mark.parametrize("way", ["text", "file"])
def test_a_course_file_becomes_a_draft_of_who_sends_it(caller: Caller, owner: User, way: str) -> None:
    answer = (
        caller.post_form("courses/", form(TEXT.encode())) if way == "file" else caller.post("courses/", {way: TEXT})
    )

    course = Course.objects.get()
    assert (answer.status_code, answer["Location"]) == (201, f"http://testserver/api/v1/courses/{course.slug}/")
    assert (answer.json()["slug"], answer.json()["state"]) == (course.slug, "draft")
    part = Enrollment.objects.get()
    assert (part.user, part.role) == (owner, Role.OWNER)


def test_out_and_in_again_is_the_same_course(caller: Caller) -> None:
    import_course(parse(TEXT), owner=caller.person)
    out = caller.get(f"courses/{Course.objects.get().slug}/file/").content.decode()
    Course.objects.update(slug="another")
    slug = caller.post("courses/", {"text": out}).json()["slug"]
    assert caller.get(f"courses/{slug}/file/").content.decode() == out


@pytest.mark.parametrize("way", ["text", "file"])
def test_every_error_is_told_with_its_line_and_nothing_is_kept(caller: Caller, way: str) -> None:
    answer = (
        caller.post_form("courses/", form(BROKEN.encode())) if way == "file" else caller.post("courses/", {way: BROKEN})
    )

    assert told(answer)[:2] == (422, "course_file_refused")
    errors = [problem for problem in check(BROKEN) if not problem.warning]
    assert len(errors) >= 3
    assert [(each["line"], each["code"], each["message"]) for each in answer.json()["problems"]] == [
        (problem.line, problem.code, problem.message) for problem in errors
    ]
    assert nothing_is_stored()


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"", 1, "first_line"),
        (b"\xff\xfe", 1, "not_utf8"),
        (b"postil\n\n\xff", 3, "not_utf8"),
        (b"PK\x03\x04", 1, "first_line"),
    ],
    ids=["empty", "no UTF-8", "no UTF-8 later", "an archive"],
)
def test_bytes_that_are_no_course_file_are_told_so(caller: Caller, content: bytes, line: int, code: str) -> None:
    answer = caller.post_form("courses/", form(content))
    assert [(each["line"], each["code"]) for each in answer.json()["problems"]] == [(line, code)]
    assert nothing_is_stored()


@pytest.mark.parametrize("path", ["courses/", "course-files/check/"])
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "non_field_errors"),
        ({"text": None}, "text"),
        ({"text": 7}, None),
        ({"text": [TEXT]}, "text"),
        ({"text": "postil\x00"}, "text"),
        ({"file": TEXT[:20]}, "file"),
        ([TEXT[:20]], "non_field_errors"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_text_at_all_names_its_field(caller: Caller, path: str, body: Any, field: str | None) -> None:
    answer = caller.post(path, body)
    if field is None:
        assert answer.status_code in (200, 422)
    else:
        assert told(answer)[:2] == (400, "invalid")
        assert list(answer.json()["errors"]) == [field]
    assert nothing_is_stored()


def test_a_file_over_five_megabytes_is_not_received(caller: Caller) -> None:
    assert told(caller.post_form("courses/", form(b"x" * 5_200_000)))[:2] == (413, "too_large")
    assert nothing_is_stored()


def test_an_address_that_is_taken_is_a_conflict(caller: Caller) -> None:
    assert caller.post("courses/", {"text": TEXT}).status_code == 201
    assert told(caller.post("courses/", {"text": TEXT}))[:2] == (409, "course_exists")


def test_a_key_brings_a_file_in_once(caller: Caller) -> None:
    answers = [caller.post("courses/", {"text": TEXT}, Idempotency_Key="monday") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


class TestChecking:
    @pytest.mark.parametrize("text", [TEXT, BROKEN, "", "words"], ids=["sound", "broken", "empty", "no course"])
    def test_it_says_what_the_command_says_and_keeps_nothing(self, caller: Caller, text: str) -> None:
        answer = caller.post("course-files/check/", {"text": text})
        assert answer.status_code == 200
        assert answer.json()["problems"] == [
            {"line": each.line, "code": each.code, "message": each.message, "warning": each.warning}
            for each in check(text)
        ]
        assert nothing_is_stored()

    def test_a_file_is_checked_as_its_bytes(self, caller: Caller) -> None:
        problems = caller.post_form("course-files/check/", form(b"\xff")).json()["problems"]
        assert [each["code"] for each in problems] == ["not_utf8"]


@pytest.mark.parametrize("path", ["courses/", "course-files/check/"])
def test_who_may_not_make_courses_brings_none_in(path: str) -> None:
    assert told(Caller(make_person()).post(path, {"text": TEXT}))[:2] == (403, "permission_denied")
    assert nothing_is_stored()


def test_only_those_who_edit_a_course_take_it_away(owner: User) -> None:
    course = make_draft(owner)
    only_for(course, lambda who: who.get(f"courses/{course.slug}/file/"))
