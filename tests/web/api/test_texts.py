"""Text and lessons over REST: what is seen, every edit, and two editors at once of whom neither loses anything."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from accounts.models import User
from course.models import Course, Lesson, TextEdit
from tests.factories import TEXT, make_course
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.studio.drafts import drop, make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST, SECOND = TEXT.split("\n")


@pytest.fixture
def owner() -> User:
    return make_author("Ada")


@pytest.fixture
def course(owner: User) -> Course:
    return make_draft(owner)


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


def below(course: Course, place: str) -> str:
    return f"courses/{course.slug}/drafts/{place}"


def edit(caller: Caller, course: Course, do: str, **told_with: Any) -> Any:
    """The edit by somebody who has just looked."""
    seen = caller.get(below(course, "text/")).json()["edition"]
    return caller.post(below(course, "text/edits/"), {"do": do, "seen": seen, **told_with})


def titles(caller: Caller, course: Course) -> list[str]:
    return [lesson["title"] for lesson in caller.get(below(course, "lessons/")).json()["lessons"]]


class TestLooking:
    def test_every_line_with_what_was_found_and_decided(self, caller: Caller, course: Course) -> None:
        drop(course, position=1)
        lesson = course.lessons.get()
        shown = caller.get(below(course, "text/")).json()
        assert (shown["edition"], shown["last"]) == (0, None)
        assert shown["lines"] == [
            {
                "number": 1,
                "text": FIRST,
                "kind": "paragraph",
                "found": "paragraph",
                "reason": "",
                "is_read": True,
                "is_decided": False,
                "lesson": str(lesson.uuid),
                "start": 0,
                "end": len(FIRST),
            },
            {
                "number": 2,
                "text": SECOND,
                "kind": "boilerplate",
                "found": "boilerplate",
                "reason": "donation",
                "is_read": False,
                "is_decided": False,
                "lesson": str(lesson.uuid),
                "start": len(FIRST) + 1,
                "end": len(TEXT),
            },
        ]

    def test_the_lessons_with_their_facts(self, caller: Caller, course: Course) -> None:
        lesson = course.lessons.get()
        assert caller.get(below(course, "lessons/")).json() == {
            "edition": 0,
            "last": None,
            "lessons": [
                {
                    "uuid": str(lesson.uuid),
                    "slug": "the-wall",
                    "position": 1,
                    "title": "The wall",
                    "words": 19,
                    "minutes": 1,
                    "level": None,
                    "joins": False,
                }
            ],
        }

    @pytest.mark.parametrize("place", ["text/", "lessons/", "origins/", "text/changes/"])
    def test_only_those_who_edit_the_course_look(self, course: Course, place: str) -> None:
        only_for(course, lambda who: who.get(below(course, place)))


class TestEditing:
    @pytest.mark.parametrize(
        ("do", "kind", "is_read"),
        [("drop", "boilerplate", False), ("heading", "heading", True), ("paragraph", "paragraph", True)],
    )
    def test_a_line_is_read_as_it_is_decided(
        self, caller: Caller, course: Course, do: str, kind: str, is_read: bool
    ) -> None:
        answer = edit(caller, course, do, line=2)
        line = caller.get(below(course, "text/")).json()["lines"][1]
        assert answer.status_code == 200
        assert (line["kind"], line["is_read"]) == (kind, is_read)
        assert (answer.json()["edit"] is None) is (do == "paragraph")

    def test_a_line_that_was_left_out_is_kept_and_left_out_again_by_undo(self, caller: Caller, course: Course) -> None:
        drop(course, position=1)
        kept = edit(caller, course, "keep", line=2).json()
        assert (kept["edition"], kept["edit"]["kind"], kept["edit"]["by"]) == (1, "keep", "Ada")
        shown = caller.get(below(course, "text/")).json()
        assert (shown["lines"][1]["is_read"], shown["last"]) == (True, kept["edit"])

        undone = edit(caller, course, "undo").json()

        assert (undone["edition"], undone["edit"]) == (2, kept["edit"])
        assert caller.get(below(course, "text/")).json()["lines"][1]["is_read"] is False
        assert told(edit(caller, course, "undo"))[:2] == (409, "nothing_to_undo")

    def test_lessons_are_split_renamed_moved_joined_and_all_of_it_undone(self, caller: Caller, course: Course) -> None:
        before = caller.get(below(course, "lessons/")).json()["lessons"]
        assert edit(caller, course, "split", line=2).json()["edit"]["kind"] == "split"
        first, second = (UUID(each["uuid"]) for each in caller.get(below(course, "lessons/")).json()["lessons"])
        edit(caller, course, "rename", lesson=str(second), title="  The  lower town ")
        assert titles(caller, course) == ["The wall", "The lower town"]
        assert Lesson.objects.get(uuid=second).slug == "the-lower-town"
        edit(caller, course, "move", lesson=str(second), to=1)
        assert titles(caller, course) == ["The lower town", "The wall"]
        edit(caller, course, "move", lesson=str(second), to=2)
        edit(caller, course, "join", lesson=str(first))
        assert titles(caller, course) == ["The wall"]
        for _ in range(5):
            assert edit(caller, course, "undo").status_code == 200
        assert caller.get(below(course, "lessons/")).json()["lessons"] == before

    def test_where_a_lesson_begins_is_moved_by_a_line(self, caller: Caller, owner: User) -> None:
        course = make_course(published=False, owner=owner, text=f"{FIRST}\n{SECOND}\nIt rained for a week.")
        edit(caller, course, "split", line=2)
        second = caller.get(below(course, "lessons/")).json()["lessons"][1]["uuid"]
        homes = []
        for do in ("later", "earlier"):
            assert edit(caller, course, do, lesson=second).json()["edit"]["kind"] == "break"
            lines = caller.get(below(course, "text/")).json()["lines"]
            homes.append([line["lesson"] == second for line in lines])
        assert homes == [[False, False, True], [False, True, True]]
        assert told(edit(caller, course, "earlier", lesson=second))[:2] == (409, "cannot_rearrange")

    def test_of_two_editors_at_once_the_second_is_told_who_and_nothing_is_lost(
        self, caller: Caller, course: Course
    ) -> None:
        other = Caller(make_author())
        course.enrollments.create(user=other.person, role="editor", enrolled_at=course.created_at)
        mine = caller.post(below(course, "text/edits/"), {"do": "drop", "line": 2, "seen": 0})
        theirs = other.post(below(course, "text/edits/"), {"do": "heading", "line": 1, "seen": 0})
        assert (mine.status_code, told(theirs)[:2]) == (200, (409, "text_edited"))
        assert "Ada has changed this text" in theirs.json()["detail"]
        assert TextEdit.objects.count() == 1
        again = other.post(below(course, "text/edits/"), {"do": "heading", "line": 1, "seen": mine.json()["edition"]})
        assert again.json()["edition"] == 2

    def test_a_key_edits_once(self, caller: Caller, course: Course) -> None:
        sent = {"do": "drop", "line": 2, "seen": 0}
        first, again = (caller.post(below(course, "text/edits/"), sent, Idempotency_Key="one") for _ in range(2))
        assert (first.status_code, again.json(), TextEdit.objects.count()) == (200, first.json(), 1)

    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            ({}, ["seen", "do"]),
            ({"do": "drop"}, ["seen"]),
            ({"do": "drop", "seen": 0}, ["line"]),
            ({"do": "split", "seen": 0, "lesson": str(UUID(int=1))}, ["line"]),
            ({"do": "rename", "seen": 0}, ["lesson", "title"]),
            ({"do": "move", "seen": 0, "lesson": str(UUID(int=1))}, ["to"]),
            ({"do": "join", "seen": 0, "line": 1}, ["lesson"]),
            ({"do": "erase", "seen": 0, "line": 1}, ["do"]),
            ({"do": ["drop"], "seen": 0, "line": 1}, ["do"]),
            ({"do": "drop", "seen": -1, "line": 1}, ["seen"]),
            ({"do": "drop", "seen": 2**31, "line": 1}, ["seen"]),
            ({"do": "drop", "seen": "new", "line": 1}, ["seen"]),
            ({"do": "drop", "seen": 0, "line": 0}, ["line"]),
            ({"do": "drop", "seen": 0, "line": 2**40}, ["line"]),
            ({"do": "drop", "seen": 0, "line": None}, ["line"]),
            ({"do": "rename", "seen": 0, "lesson": "first", "title": "t"}, ["lesson"]),
            ({"do": "rename", "seen": 0, "lesson": str(UUID(int=1)), "title": "t\x00"}, ["title"]),
            ({"do": "rename", "seen": 0, "lesson": str(UUID(int=1)), "title": "t" * 301}, ["title"]),
            ([], ["non_field_errors"]),
        ],
        ids=lambda value: str(value)[:60],
    )
    def test_what_an_edit_lacks_is_named_and_nothing_is_edited(
        self, caller: Caller, course: Course, body: Any, fields: list[str]
    ) -> None:
        answer = caller.post(below(course, "text/edits/"), body)
        assert told(answer)[:2] == (400, "invalid")
        assert list(answer.json()["errors"]) == fields
        assert not TextEdit.objects.exists()

    @pytest.mark.parametrize(
        ("do", "told_with"),
        [
            ("drop", {"line": 3}),
            ("split", {"line": 1}),
            ("split", {"line": 99}),
            ("join", {"lesson": str(UUID(int=1))}),
            ("rename", {"lesson": str(UUID(int=1)), "title": "Gone"}),
            ("earlier", {"lesson": str(UUID(int=1))}),
        ],
    )
    def test_what_cannot_be_arranged_is_a_conflict(
        self, caller: Caller, course: Course, do: str, told_with: dict[str, Any]
    ) -> None:
        assert told(edit(caller, course, do, **told_with))[:2] == (409, "cannot_rearrange")
        assert not TextEdit.objects.exists()

    def test_only_those_who_edit_the_course_edit_its_text(self, course: Course) -> None:
        def again(who: Caller) -> Any:
            return who.post(below(course, "text/edits/"), {"do": "paragraph", "line": 1, "seen": 0})

        only_for(course, again)


class TestOrigins:
    @pytest.fixture
    def path(self, course: Course) -> str:
        return below(course, f"origins/{course.lessons.get().revision.article.uuid}/")

    def test_what_readers_are_told_is_put_right(self, caller: Caller, course: Course, path: str) -> None:
        before = caller.get(path).json()
        assert caller.get(below(course, "origins/")).json() == [before]
        changes = {"author": "Ada Bek", "source_url": "https://example.org/a", "language": "pt-BR", "rights": "Mine"}

        answer = caller.patch(path, changes)

        assert (answer.status_code, answer.json()) == (200, {**before, **changes})
        assert caller.get(f"courses/{course.slug}/").json()["language"] == "pt-BR"
        assert before["title"] == "The wall above the lake"

    def test_of_two_at_once_the_second_is_told(self, caller: Caller, path: str) -> None:
        tag = caller.get(path)["ETag"]
        assert caller.patch(path, {"author": "Ada"}, If_Match=tag).status_code == 200
        assert told(caller.patch(path, {"author": "Bek"}, If_Match=tag))[:2] == (412, "changed_meanwhile")
        assert caller.get(path).json()["author"] == "Ada"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", ""),
            ("title", "t" * 301),
            ("author", "a" * 201),
            ("author", ["Ada"]),
            ("publisher", "\x00"),
            ("source_url", "nowhere"),
            ("source_url", "javascript:alert(1)"),
            ("rights", {}),
            ("language", "English"),
            ("language", "e"),
            ("language", "en\n"),
            ("language", None),
        ],
    )
    def test_what_cannot_be_told_is_refused(self, caller: Caller, path: str, field: str, value: Any) -> None:
        before = caller.get(path).json()
        answer = caller.patch(path, {field: value})
        if field == "language" and value == "en\n":
            assert answer.json()["language"] == "en"
        else:
            assert list(answer.json()["errors"]) == [field]
            assert caller.get(path).json() == before

    def test_an_article_of_another_course_is_not_found(self, caller: Caller, course: Course, owner: User) -> None:
        other = make_course(owner=owner).lessons.get().revision.article.uuid
        for ask in (caller.get, lambda path: caller.patch(path, {"author": "Ada"})):
            assert told(ask(below(course, f"origins/{other}/")))[:2] == (404, "not_found")

    def test_only_those_who_edit_the_course_put_it_right(self, course: Course, path: str) -> None:
        only_for(course, lambda who: who.patch(path, {"author": "Ada"}))
