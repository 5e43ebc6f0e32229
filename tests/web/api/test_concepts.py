"""Concepts under review over REST: seen with their reasons, decided, defined, merged, and all of it taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from course.models import Concept, Course
from jobs.models import Job
from quizzes.domain.questions import accept
from tests.factories import TEXT, make_course
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST, SECOND = TEXT.split("\n")


@pytest.fixture
def owner() -> User:
    return make_author()


@pytest.fixture
def course(owner: User) -> Course:
    return make_draft(owner, concepts=2)


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


def below(course: Course, *parts: object) -> str:
    return "/".join([f"courses/{course.slug}/drafts", *map(str, parts), ""])


def states(caller: Caller, course: Course) -> dict[str, str]:
    return {each["slug"]: each["state"] for each in caller.get(below(course, "concepts")).json()["concepts"]}


def undo(caller: Caller, course: Course) -> Any:
    last = caller.get(below(course, "concepts")).json()["last"]
    return caller.post(below(course, "concept-undo"), {"deed": last})


def test_each_suggestion_with_why_it_is_one(caller: Caller, course: Course) -> None:
    body = caller.get(below(course, "concepts")).json()
    assert body["last"] is None
    assert body["concepts"][0] == {
        "uuid": str(course.concepts.get(slug="suggestion-0").uuid),
        "slug": "suggestion-0",
        "term": "lake 0",
        "definition": "",
        "kind": "expression",
        "state": "suggested",
        "rank": 1,
        "reasons": ["It stands in a heading."],
        "undrafted": "",
        "line": 1,
        "places": 1,
        "questions": 1,
        "synonyms": [],
    }


def test_one_concept_with_all_that_hangs_on_it(caller: Caller, course: Course) -> None:
    version = versions_of(course)[0]
    body = caller.get(below(course, "concepts", "suggestion-0")).json()
    assert body["lines"] == [{"line": 1, "text": FIRST}]
    assert body["questions"] == [{"version": str(version.uuid), "title": "Who built wall 0?", "decision": "undecided"}]
    assert (body["proof"], body["merged_into"], body["merges"]) == (None, None, [])


@pytest.mark.parametrize("state", ["accepted", "rejected"])
def test_it_is_decided_and_undecided_again(caller: Caller, course: Course, state: str) -> None:
    for wanted in (state, state, "suggested"):
        assert caller.patch(below(course, "concepts", "suggestion-0"), {"state": wanted}).json()["state"] == wanted
        assert states(caller, course) == {"suggestion-0": wanted, "suggestion-1": "suggested"}


def test_it_is_renamed_and_defined_by_words_of_the_text_and_questions_are_drafted(
    caller: Caller, course: Course
) -> None:
    path = below(course, "concepts", "suggestion-0")
    sent = {"term": "the lake", "definition": "What feeds both towns.", "quote": "A lake feeds two towns."}
    body = caller.patch(path, sent).json()
    assert (body["term"], body["definition"]) == ("the lake", "What feeds both towns.")
    assert body["proof"] == {"quote": "A lake feeds two towns.", "start": 0, "end": 23}
    assert Job.objects.filter(kind="draft_further").count() == 1
    assert [undo(caller, course).json() for _ in range(2)] == [{"changes": 1}] * 2
    assert caller.get(path).json()["definition"] == ""


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"definition": "d", "quote": "These words stand nowhere."}, 409, "not_in_the_text"),
        ({"state": "accepted", "definition": "d", "quote": "Nowhere."}, 409, "not_in_the_text"),
        ({"state": "merged"}, 400, "invalid"),
        ({"state": ["accepted"]}, 400, "invalid"),
        ({"term": ""}, 400, "invalid"),
        ({"term": "t" * 201}, 400, "invalid"),
        ({"term": "\x00"}, 400, "invalid"),
        ({"definition": "d" * 2_001}, 400, "invalid"),
        ({"definition": None}, 400, "invalid"),
        ([], 400, "invalid"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_said_of_it_changes_nothing(
    caller: Caller, course: Course, body: Any, status: int, code: str
) -> None:
    path = below(course, "concepts", "suggestion-0")
    before = caller.get(path).json()
    assert told(caller.patch(path, body))[:2] == (status, code)
    assert caller.get(path).json() == before


def test_of_two_editors_at_once_the_second_is_told(caller: Caller, course: Course) -> None:
    path = below(course, "concepts", "suggestion-0")
    tag = caller.get(path)["ETag"]
    first = caller.patch(path, {"state": "accepted"}, If_Match=tag)
    assert (first.status_code, told(caller.patch(path, {"state": "rejected"}, If_Match=tag))[0]) == (200, 412)
    assert caller.patch(path, {"state": "rejected"}, If_Match=first["ETag"]).status_code == 200


def test_words_of_the_text_are_picked_once_and_taken_back(caller: Caller, course: Course) -> None:
    sent = {"line": 2, "phrase": "thirst machine"}
    picked = caller.post(below(course, "concepts"), sent)
    assert (picked.status_code, picked.json()["slug"], picked.json()["term"]) == (
        201,
        "thirst-machine",
        "thirst machine",
    )
    assert states(caller, course)["thirst-machine"] == "accepted"
    assert caller.post(below(course, "concepts"), sent).json()["deed"] is None
    assert undo(caller, course).json() == {"changes": 1}
    assert "thirst-machine" not in states(caller, course)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"line": 2, "phrase": "no such words"}, 409),
        ({"line": 9, "phrase": "thirst machine"}, 409),
        ({"line": 2, "phrase": "thirst machine", "nth": 2}, 409),
        ({"line": 0, "phrase": "thirst machine"}, 400),
        ({"line": 2, "phrase": "p" * 201}, 400),
        ({"line": 2, "phrase": "\x00"}, 400),
        ({"line": "two", "phrase": "thirst machine"}, 400),
        ({}, 400),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_does_not_stand_there_is_not_picked(caller: Caller, course: Course, body: Any, status: int) -> None:
    assert caller.post(below(course, "concepts"), body).status_code == status
    assert Concept.objects.count() == 2


def test_one_is_merged_into_another_and_taken_apart(caller: Caller, course: Course) -> None:
    merged = caller.post(below(course, "concepts", "suggestion-1", "merge"), {"into": "suggestion-0"}).json()
    assert (merged["slug"], [each["term"] for each in merged["merges"]]) == ("suggestion-0", ["lake 1"])
    assert caller.get(below(course, "concepts", "suggestion-1")).json()["merged_into"] == "suggestion-0"
    assert caller.get(below(course, "concepts")).json()["concepts"][0]["synonyms"] == ["lake 1"]
    renamed = caller.patch(below(course, "concepts", "suggestion-1"), {"term": "pond"})
    assert told(renamed)[:2] == (409, "concept_is_merged")
    caller.post(below(course, "concept-undo"), {"deed": merged["merges"][0]["deed"]})
    assert states(caller, course) == {"suggestion-0": "suggested", "suggestion-1": "suggested"}


@pytest.mark.parametrize(
    ("into", "status", "code"),
    [("suggestion-0", 409, "cannot_merge"), ("nothing", 404, "not_found"), ("not a slug", 400, "invalid")],
)
def test_it_is_not_merged_into_itself_or_into_nothing(
    caller: Caller, course: Course, into: str, status: int, code: str
) -> None:
    answer = caller.post(below(course, "concepts", "suggestion-0", "merge"), {"into": into})
    assert told(answer)[:2] == (status, code)


def test_several_are_decided_in_one_deed(caller: Caller, course: Course) -> None:
    other = make_draft(make_author(), concepts=1).concepts.get()
    Concept.objects.filter(pk=other.pk).update(slug="elsewhere")
    sent = {"concepts": ["suggestion-0", "suggestion-1", "elsewhere"], "state": "accepted"}
    deed = caller.post(below(course, "concept-groups"), sent).json()["deed"]
    assert set(states(caller, course).values()) == {"accepted"}
    assert Concept.objects.get(pk=other.pk).state == "suggested"
    assert caller.post(below(course, "concept-undo"), {"deed": deed}).json() == {"changes": 2}
    assert set(states(caller, course).values()) == {"suggested"}


def test_what_accepted_questions_ask_about_is_accepted(caller: Caller, course: Course) -> None:
    accept(versions_of(course)[1], by=None)
    deeds = [caller.post(below(course, "concepts-asked")).json()["deed"] for _ in range(2)]
    assert states(caller, course) == {"suggestion-0": "suggested", "suggestion-1": "accepted"}
    assert deeds[1] is None


def test_a_deed_is_taken_back_once_and_none_of_another_course(caller: Caller, course: Course) -> None:
    caller.patch(below(course, "concepts", "suggestion-0"), {"state": "accepted"})
    deed = caller.get(below(course, "concepts")).json()["last"]
    other = make_course(owner=caller.person)
    assert caller.post(below(other, "concept-undo"), {"deed": deed}).json() == {"changes": 0}
    assert [caller.post(below(course, "concept-undo"), {"deed": deed}).json()["changes"] for _ in range(2)] == [1, 0]
    assert caller.post(below(course, "concept-undo"), {"deed": str(uuid4())}).json() == {"changes": 0}
    assert told(caller.post(below(course, "concept-undo"), {"deed": "last"}))[:2] == (400, "invalid")


def test_only_those_who_edit_the_course_see_or_do_any_of_it(course: Course) -> None:
    one = below(course, "concepts", "suggestion-0")
    only_for(course, lambda who: who.get(below(course, "concepts")))
    only_for(course, lambda who: who.get(one))
    only_for(course, lambda who: who.patch(one, {"state": "suggested"}))
    only_for(course, lambda who: who.post(below(course, "concepts-asked")))
    only_for(course, lambda who: who.post(below(course, "concept-groups"), {"concepts": [], "state": "accepted"}))
    only_for(course, lambda who: who.post(below(course, "concept-undo"), {"deed": str(uuid4())}))
