"""A changed text over REST: compared in the background, looked at, applied, undone; by those who edit the course."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from course.models import Course, TextChange
from tests.course.domain.revised_courses import ESSAY, lie, make_essay
from tests.factories import make_course
from tests.quizzes.domain.regraded import run_every_job
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.studio.drafts import make_author, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REWORDED = ESSAY.replace("named that the sleeping tax", "called this the sleeping tax")


@pytest.fixture
def owner() -> User:
    return make_author("Ada")


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


@pytest.fixture
def course(owner: User) -> Course:
    return make_essay(owner)


def below(course: Course, *parts: object) -> str:
    return "/".join([f"courses/{course.slug}/drafts/text/changes", *map(str, parts), ""])


def compared(caller: Caller, course: Course, text: str = REWORDED) -> str:
    change: str = caller.post(below(course), {"text": text}).json()["change"]
    run_every_job("plan_text_change")
    return change


def test_from_the_text_to_its_readers_and_back(caller: Caller, course: Course) -> None:
    before = lie(course)
    sent = caller.post(below(course), {"text": REWORDED})
    body = sent.json()
    assert (sent.status_code, sent["Location"]) == (202, body["status"])
    assert caller.get(f"jobs/{body['job']}/").json()["state"] == "queued"
    waiting = caller.get(below(course, body["change"])).json()
    assert (waiting["change"]["state"], waiting["report"]) == ("planning", None)

    run_every_job("plan_text_change")
    planned = caller.get(below(course, body["change"])).json()
    assert planned["change"]["state"] == "planned"
    assert planned["report"]["words"] == {"kept": 60, "new": 2, "gone": 2}
    assert planned["report"]["places"] == {"exact": 6, "moved": 1, "orphaned": 0}
    assert [each["status"] for each in planned["report"]["questions"]] == ["moved"]
    assert lie(course) == before

    applied = caller.post(below(course, body["change"], "apply")).json()
    assert applied["change"]["state"] == "applied"
    assert lie(course) != before
    undone = caller.post(below(course, body["change"], "undo")).json()
    assert (undone["change"]["state"], lie(course)) == ("undone", before)


def test_a_file_is_a_changed_text_too(caller: Caller, course: Course) -> None:
    answer = caller.post_form(below(course), {"file": SimpleUploadedFile("essay.txt", REWORDED.encode())})
    assert answer.status_code == 202
    assert TextChange.objects.get().new.text == REWORDED


def test_what_moved_is_looked_at_and_confirmed(caller: Caller, course: Course) -> None:
    change = compared(caller, course)
    caller.post(below(course, change, "apply"))
    shown = caller.get(below(course, change)).json()["report"]
    (moved,) = shown["questions"]
    confirmed = caller.post(below(course, change, "confirm"), {"version": moved["version"]}).json()["report"]
    assert (confirmed["questions"], confirmed["places"]["moved"]) == ([], 0)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "non_field_errors"),
        ({"text": ""}, "text"),
        ({"text": "\x00"}, "text"),
        ({"text": None}, "text"),
        ({"text": "w " * 150_000}, "text"),
        ({"file": "essay"}, "file"),
        ([], "non_field_errors"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_text_names_its_field(caller: Caller, course: Course, body: Any, field: str) -> None:
    assert list(caller.post(below(course), body).json()["errors"]) == [field]
    assert not TextChange.objects.exists()


def test_the_same_text_or_a_second_one_is_a_conflict(caller: Caller, course: Course, owner: User) -> None:
    assert told(caller.post(below(course), {"text": ESSAY}))[:2] == (409, "text_unchanged")
    compared(caller, course)
    assert told(caller.post(below(course), {"text": f"{ESSAY} More."}))[:2] == (409, "text_change_waits")
    empty = make_course(published=False, owner=owner)
    empty.lessons.all().delete()
    assert told(caller.post(below(empty), {"text": ESSAY}))[:2] == (409, "no_text_yet")


@pytest.mark.parametrize(
    ("state", "deed"),
    [("planning", "apply"), ("planning", "undo"), ("planned", "undo"), ("applied", "apply"), ("applied", "discard"),
     ("undone", "apply"), ("undone", "undo"), ("discarded", "apply")],
)  # fmt: skip
def test_a_step_that_does_not_follow_is_a_conflict(caller: Caller, course: Course, state: str, deed: str) -> None:
    change = caller.post(below(course), {"text": REWORDED}).json()["change"]
    if state != "planning":
        run_every_job("plan_text_change")
    for step in {"applied": ["apply"], "undone": ["apply", "undo"], "discarded": ["discard"]}.get(state, []):
        assert caller.post(below(course, change, step)).status_code == 200
    assert told(caller.post(below(course, change, deed)))[:2] == (409, "text_change_not_ready")
    assert TextChange.objects.get().state == state


def test_all_of_them_are_listed(caller: Caller, course: Course) -> None:
    first = compared(caller, course)
    caller.post(below(course, first, "discard"))
    second = compared(caller, course)
    rows = caller.get(below(course)).json()["results"]
    assert [(row["uuid"], row["state"], row["by"]) for row in rows] == [
        (first, "discarded", "Ada"),
        (second, "planned", "Ada"),
    ]
    assert [(row["old"], row["new"]) for row in rows] == [(1, 2), (1, 2)]


def test_comparing_again_is_harmless(caller: Caller, course: Course) -> None:
    change = compared(caller, course)
    answer = caller.post(below(course, change, "retry"))
    assert (answer.status_code, answer.json()["change"]) == (202, change)
    assert TextChange.objects.get().state == "planned"


def test_what_is_not_of_the_course_is_not_found(caller: Caller, course: Course, owner: User) -> None:
    change = compared(caller, course)
    other = make_course(owner=owner)
    for deed in ("apply", "undo", "discard", "retry", "confirm"):
        assert told(caller.post(below(other, change, deed)))[:2] == (404, "not_found")
        assert told(caller.post(below(course, UUID(int=1), deed)))[:2] == (404, "not_found")
    elsewhere = {"version": str(versions_of(make_essay(owner))[0].uuid)}
    assert told(caller.post(below(course, change, "confirm"), elsewhere))[:2] == (404, "not_found")


def test_only_those_who_edit_the_course_do_any_of_it(caller: Caller, course: Course) -> None:
    change = compared(caller, course)
    only_for(course, lambda who: who.get(below(course, change)))
    only_for(course, lambda who: who.post(below(course, change, "retry")))
    only_for(course, lambda who: who.post(below(course, change, "discard")))
