"""What belongs to whoever calls: messages, a goal, a way into a course, what is kept, and its end."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from accounts.domain.inbox import notify
from accounts.models import InboxMessage, User
from course.domain.join_codes import make_code
from course.models import Enrollment
from jobs.domain import run_job
from quizzes.models import WeeklyGoal
from tests.factories import make_course, make_person
from tests.web.api.callers import Caller, told
from tests.web.api.learners import Learner

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def person() -> User:
    return make_person("Ana")


@pytest.fixture
def caller(person: User) -> Caller:
    return Caller(person)


class TestInbox:
    def test_what_one_was_told_comes_newest_first_and_from_nobody_else(self, person: User, caller: Caller) -> None:
        for text in ("One.", "Two."):
            notify(person, kind="hello", text=text, url="/progress/")
        notify(make_person(), kind="hello", text="Another's.")
        found = caller.get("inbox/").json()["results"]
        assert [(each["text"], each["url"], each["read_at"]) for each in found] == [
            ("Two.", "/progress/", None),
            ("One.", "/progress/", None),
        ]

    def test_one_message_is_read_and_the_others_are_not(self, person: User, caller: Caller) -> None:
        for text in ("One.", "Two."):
            notify(person, kind="hello", text=text)
        newest = caller.get("inbox/").json()["results"][0]["uuid"]
        assert caller.post(f"inbox/{newest}/read/").json()["read_at"] is not None
        kept = [(each.text, each.read_at is None) for each in person.inbox.order_by("pk")]
        assert kept == [("One.", True), ("Two.", False)]

    @pytest.mark.parametrize(("up_to", "read"), [(None, 3), (0, 1), (1, 2), (2, 3)])
    def test_all_that_was_seen_is_read(self, person: User, caller: Caller, up_to: int | None, read: int) -> None:
        for text in ("One.", "Two.", "Three."):
            notify(person, kind="hello", text=text)
        sent = {} if up_to is None else {"up_to": str(person.inbox.order_by("pk")[up_to].uuid)}
        assert caller.post("inbox/read/", sent).json() == {"read": read}
        assert caller.post("inbox/read/", sent).json() == {"read": 0}

    def test_somebody_elses_message_is_not_there(self, caller: Caller) -> None:
        other = make_person()
        notify(other, kind="hello", text="Secret.")
        message = InboxMessage.objects.get()
        assert told(caller.post(f"inbox/{message.uuid}/read/"))[:2] == (404, "not_found")
        assert told(caller.post("inbox/read/", {"up_to": str(message.uuid)}))[:2] == (404, "not_found")
        assert InboxMessage.objects.get().read_at is None


class TestGoal:
    def test_without_one_there_is_none(self, caller: Caller) -> None:
        assert caller.get("goal/").json() == {"days": None, "is_paused": False, "standing": None}

    def test_it_is_set_and_shown_with_how_one_stands(self, caller: Caller) -> None:
        shown = caller.put("goal/", {"days": 3}).json()
        assert shown == {
            "days": 3,
            "is_paused": False,
            "standing": {"days": 3, "week": [False] * 7, "weeks": 0, "is_kept": False},
        }
        assert caller.get("goal/").json() == shown

    def test_it_is_paused_and_taken_away(self, caller: Caller) -> None:
        assert caller.put("goal/", {"days": 3, "is_paused": True}).json() == {
            "days": 3,
            "is_paused": True,
            "standing": None,
        }
        assert caller.put("goal/", {"days": 0}).json()["days"] is None
        assert not WeeklyGoal.objects.exists()

    @pytest.mark.parametrize("sent", [{}, {"days": 8}, {"days": -1}, {"days": None}, {"days": "x"}, {"days": 1.5}])
    def test_a_week_has_seven_days(self, caller: Caller, sent: dict[str, Any]) -> None:
        assert told(caller.put("goal/", sent))[:2] == (400, "invalid")


class TestJoining:
    def test_a_code_lets_one_in_once(self, caller: Caller, person: User) -> None:
        course = make_course()
        code = make_code(course, actor=None).code
        answers = [caller.post("join/", {"code": code}) for _ in range(2)]
        assert [(each.status_code, each.json()["course"], each.json()["role"]) for each in answers] == [
            (201, course.slug, "learner")
        ] * 2
        assert Enrollment.objects.filter(user=person).count() == 1

    @pytest.mark.parametrize("code", ["NOTHING", "x", "’’’", "0" * 40])
    def test_a_code_that_is_none_lets_nobody_in(self, caller: Caller, code: str) -> None:
        assert told(caller.post("join/", {"code": code}))[:2] == (409, "code_refused")

    @pytest.mark.parametrize("sent", [{}, {"code": ""}, {"code": "x" * 41}, {"code": None}, {"code": "a\x00"}], ids=str)
    def test_what_is_no_code_at_all_is_refused(self, caller: Caller, sent: dict[str, Any]) -> None:
        assert told(caller.post("join/", sent))[:2] == (400, "invalid")


class TestWhatIsKept:
    def test_a_copy_holds_what_one_did(self) -> None:
        learner = Learner()
        learner.answers("k7", "m2")
        copy = learner.caller.get("own/copy/").json()
        assert copy["person"]["uuid"] == str(learner.part.user.uuid)
        assert [len(course["attempts"]) for course in copy["courses"]] == [1]

    def test_looking_at_what_would_be_erased_erases_nothing(self, caller: Caller, person: User) -> None:
        touched = {each["what"]: each["rows"] for each in caller.get("own/erasure/").json()}
        assert touched == {"account": 1, "personal token": 1}
        assert User.objects.get(pk=person.pk).name == "Ana"

    @pytest.mark.parametrize("sent", [{}, {"sure": ""}, {"sure": "yes"}, {"sure": True}], ids=str)
    def test_nobody_is_erased_by_accident(self, caller: Caller, sent: dict[str, Any]) -> None:
        assert told(caller.post("own/erasure/", sent))[:2] == (400, "invalid")
        assert caller.get("own/copy/").status_code == 200

    def test_whoever_says_so_is_erased_and_their_tokens_end(self, caller: Caller, person: User) -> None:
        answer = caller.post("own/erasure/", {"sure": "erase"})
        assert answer.status_code == 202
        assert told(caller.get("own/copy/"))[:2] == (401, "not_authenticated")
        run_job(answer.json()["job"])
        assert User.objects.get(pk=person.pk).name == ""

    def test_the_only_owner_of_a_course_stays(self) -> None:
        owner = make_person()
        make_course(owner=owner)
        assert told(Caller(owner).post("own/erasure/", {"sure": "erase"}))[:2] == (409, "last_owner")


def test_what_is_not_there_is_not_found(caller: Caller) -> None:
    assert caller.post(f"inbox/{uuid4()}/read/").status_code == 404
