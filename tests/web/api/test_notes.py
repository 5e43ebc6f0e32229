"""Notes over REST: written on characters of the article, changed by whoever saw them, gone, put back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from course.models import Enrollment, Note
from tests.factories import make_person
from tests.web.api.callers import Caller, told
from tests.web.api.learners import Learner

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def learner() -> Learner:
    return Learner()


def write(learner: Learner, caller: Caller | None = None, **sent: Any) -> Any:
    path = f"{learner.path}lessons/{learner.lesson.slug}/notes/"
    return (caller or learner.caller).post(path, {"start": 0, "end": 9, **sent})


def test_a_note_stands_on_its_words(learner: Learner) -> None:
    answer = write(learner, text="Who?")
    note = answer.json()
    assert answer.status_code == 201
    assert {name: note[name] for name in ("kind", "text", "start", "end", "status", "lesson", "sequence")} == {
        "kind": "note",
        "text": "Who?",
        "start": 0,
        "end": 9,
        "status": "exact",
        "lesson": learner.lesson.slug,
        "sequence": 1,
    }
    assert note["quote"] == learner.lesson.revision.text[:9]
    assert learner.caller.get(f"notes/{note['uuid']}/").json() == note
    assert learner.caller.get(f"{learner.path}notes/").json() == [note]


def test_without_words_of_its_own_it_is_a_highlight(learner: Learner) -> None:
    assert write(learner).json()["kind"] == "highlight"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 0), (0, 10**6), (10**6, 10**6 + 1)])
def test_a_note_stands_on_words_of_its_lesson(learner: Learner, start: int, end: int) -> None:
    assert told(write(learner, start=start, end=end))[:2] == (409, "not_in_the_text")
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"start": -1}, {"end": 2**31}, {"text": "x" * 4001}, {"start": None}, {"text": "a\x00b"}], ids=range(5)
)
def test_what_makes_no_note_is_refused(learner: Learner, sent: dict[str, Any]) -> None:
    assert told(write(learner, **sent))[:2] == (400, "invalid")


def test_whoever_writes_one_takes_part(learner: Learner) -> None:
    stranger = make_person()
    assert write(learner, Caller(stranger)).status_code == 201
    assert Enrollment.objects.get(user=stranger).course == learner.course


def test_sent_again_with_its_key_it_is_one_note(learner: Learner) -> None:
    path = f"{learner.path}lessons/{learner.lesson.slug}/notes/"
    for _ in range(2):
        assert learner.caller.post(path, {"start": 0, "end": 9}, Idempotency_Key="a").status_code == 201
    assert Note.objects.count() == 1


def test_it_is_changed_by_whoever_saw_it_as_it_is(learner: Learner) -> None:
    note = f"notes/{write(learner, text='One').json()['uuid']}/"
    tag = learner.caller.get(note)["ETag"]
    changed = learner.caller.patch(note, {"text": "Two"}, If_Match=tag)
    assert (changed.status_code, changed.json()["text"], changed.json()["sequence"]) == (200, "Two", 2)
    assert told(learner.caller.patch(note, {"text": "Three"}, If_Match=tag))[:2] == (412, "changed_meanwhile")
    assert told(learner.caller.delete(note, If_Match=tag))[:2] == (412, "changed_meanwhile")
    assert learner.caller.get(note, If_None_Match=changed["ETag"]).status_code == 304


def test_changed_in_two_places_it_keeps_both(learner: Learner) -> None:
    note = f"notes/{write(learner, text='One').json()['uuid']}/"
    learner.caller.patch(note, {"text": "Two", "sequence": 1})
    joined = learner.caller.patch(note, {"text": "Three", "sequence": 1}).json()
    assert (joined["text"], joined["is_joined"]) == ("Two\n\nThree", True)


def test_deleted_it_is_in_no_list_and_a_change_puts_it_back(learner: Learner) -> None:
    note = f"notes/{write(learner, text='One').json()['uuid']}/"
    assert learner.caller.delete(note).status_code == 204
    assert learner.caller.get(f"{learner.path}notes/").json() == []
    assert learner.caller.get(note).json()["is_deleted"] is True
    assert learner.caller.patch(note, {"text": "One"}).json()["is_deleted"] is False
    assert len(learner.caller.get(f"{learner.path}notes/").json()) == 1


def test_it_is_nobody_elses(learner: Learner) -> None:
    note = f"notes/{write(learner).json()['uuid']}/"
    for other in (Caller(make_person()), Caller(learner.course.enrollments.get(role="owner").user)):
        assert [other.get(note).status_code, other.patch(note, {"text": ""}).status_code] == [404, 404]
        assert other.delete(note).status_code == 404
    assert Note.objects.get().deleted_at is None


def test_what_is_not_there_is_not_found(learner: Learner) -> None:
    assert learner.caller.get(f"notes/{uuid4()}/").status_code == 404
    assert learner.caller.post(f"{learner.path}lessons/none/notes/", {"start": 0, "end": 9}).status_code == 404
    assert Caller(make_person()).get(f"{learner.path}notes/").status_code == 404
