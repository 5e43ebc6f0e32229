"""Quizzes over REST as their instructors have them: made, set, filled, ordered, weighed, put away and previewed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from accounts.models import User
from course.models import Course
from quizzes.domain.attempts import start_attempt
from quizzes.models import Quiz, QuizItem
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz
from tests.quality.canaries import canaries_in, with_canaries
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.learner import sittings
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def owner() -> User:
    return make_author()


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


@pytest.fixture
def course(owner: User) -> Course:
    return make_course(owner=owner)


@pytest.fixture
def quiz(course: Course) -> Quiz:
    return make_quiz(course, questions=3)


def below(course: Course, *parts: object) -> str:
    return "/".join([f"courses/{course.slug}/drafts/quizzes", *map(str, parts), ""])


def of(quiz: Quiz, *parts: object) -> str:
    return below(quiz.course, quiz.slug, *parts)


class TestSettings:
    def test_a_quiz_is_made_and_listed_with_all_its_settings(self, caller: Caller, course: Course) -> None:
        made = caller.post(below(course), {"title": "The dam", "mode": "exam", "lesson": "the-wall"})
        body = made.json()
        assert (made.status_code, body["slug"], body["mode"], body["lesson"]) == (201, "the-dam", "exam", "the-wall")
        assert caller.get(below(course)).json()["results"] == [body]
        assert caller.get(below(course, "the-dam")).json() == body
        assert (body["attempts_allowed"], body["feedback_policy"], body["pass_fraction"]) == (None, {}, None)

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"mode": "exam"}, "title"),
            ({"title": "t" * 301, "mode": "exam"}, "title"),
            ({"title": "\x00", "mode": "exam"}, "title"),
            ({"title": "t", "mode": "race"}, "mode"),
            ({"title": "t", "mode": "exam", "lesson": "nothing"}, "lesson"),
            ([], "non_field_errors"),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_what_is_no_quiz_names_its_field(self, caller: Caller, course: Course, body: Any, field: str) -> None:
        assert list(caller.post(below(course), body).json()["errors"]) == [field]
        assert not Quiz.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "shown"),
        [
            ({"title": "Another"}, {}),
            ({"mode": "check", "shuffle": True, "one_by_one": True}, {}),
            ({"attempts_allowed": 3, "delay_seconds": 60}, {}),
            ({"attempts_allowed": None, "time_limit_seconds": 600}, {}),
            ({"try_penalty": "0.25", "hint_penalty": 0.1}, {"try_penalty": "0.250000", "hint_penalty": "0.100000"}),
            ({"pass_fraction": "0.5"}, {"pass_fraction": "0.500000"}),
            ({"opens_at": "2026-12-01T08:00:00Z", "closes_at": "2026-12-02T08:00:00Z"}, {}),
            ({"closes_at": "2026-12-02T08:00:00Z", "late_credit": [{"hours": 24, "credit": 0.5}]}, {}),
            ({"feedback_policy": {"after_answer": [], "after_submit": ["fraction"], "after_close": ["key"]}}, {}),
            ({"mastery_right": 3, "mastery_of": 4, "result_rule": "mean", "navigation": "sequential"}, {}),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_settings_are_changed_and_the_others_stay(
        self, caller: Caller, quiz: Quiz, changes: dict[str, Any], shown: dict[str, Any]
    ) -> None:
        before = caller.get(of(quiz)).json()
        answer = caller.patch(of(quiz), changes)
        assert (answer.status_code, answer.json()) == (200, {**before, **changes, **shown})
        assert caller.get(of(quiz)).json() == answer.json()

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"mastery_right": 3}, {"mastery_of"}),
            (
                {"mastery_right": 4, "mastery_of": 3, "practice_after_close": True},
                {"mastery_of", "practice_after_close"},
            ),
            ({"opens_at": "2026-12-02T08:00:00Z", "closes_at": "2026-12-01T08:00:00Z"}, {"closes_at"}),
            ({"closes_at": "9999-12-31T08:00:00Z"}, {"closes_at"}),
            ({"feedback_policy": ["fraction"]}, {"feedback_policy"}),
            ({"feedback_policy": {"now": [], "after_close": ["all"]}}, {"feedback_policy"}),
            ({"closes_at": "2026-12-02T08:00:00Z", "late_credit": [{"hours": -1, "credit": 2}]}, {"late_credit"}),
            ({"late_credit": "never"}, {"late_credit"}),
        ],
        ids=lambda value: str(sorted(value) if isinstance(value, set) else value)[:50],
    )
    def test_settings_that_contradict_each_other_are_told_all_at_once(
        self, caller: Caller, quiz: Quiz, changes: dict[str, Any], fields: set[str]
    ) -> None:
        before = caller.get(of(quiz)).json()
        answer = caller.patch(of(quiz), changes)
        assert told(answer)[:2] == (409, "settings_refused")
        assert {each["field"] for each in answer.json()["problems"]} == fields
        assert caller.get(of(quiz)).json() == before

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", ""),
            ("mode", "race"),
            ("attempts_allowed", 0),
            ("attempts_allowed", 1_001),
            ("attempts_allowed", "many"),
            ("time_limit_seconds", -1),
            ("time_limit_seconds", 2**40),
            ("delay_seconds", None),
            ("pass_fraction", "1.1"),
            ("pass_fraction", "NaN"),
            ("try_penalty", None),
            ("try_penalty", "0.1234567"),
            ("opens_at", "tomorrow"),
            ("closes_at", []),
            ("shuffle", None),
            ("shuffle", "perhaps"),
            ("navigation", "back"),
            ("result_rule", 1),
        ],
    )
    def test_a_value_that_is_none_names_its_field(self, caller: Caller, quiz: Quiz, field: str, value: Any) -> None:
        assert list(caller.patch(of(quiz), {field: value}).json()["errors"]) == [field]

    def test_of_two_editors_at_once_the_second_is_told(self, caller: Caller, quiz: Quiz) -> None:
        tag = caller.get(of(quiz))["ETag"]
        assert caller.patch(of(quiz), {"title": "One"}, If_Match=tag).status_code == 200
        assert told(caller.patch(of(quiz), {"title": "Two"}, If_Match=tag))[:2] == (412, "changed_meanwhile")
        assert told(caller.delete(of(quiz), If_Match=tag))[:2] == (412, "changed_meanwhile")
        assert Quiz.objects.get().title == "One"

    def test_it_is_put_away_brought_back_and_deleted_while_nobody_took_it(self, caller: Caller, quiz: Quiz) -> None:
        away = [caller.post(of(quiz, "archive")).json()["archived_at"] for _ in range(2)]
        assert away[0] == away[1] is not None
        assert caller.get(f"courses/{quiz.course.slug}/quizzes/").json()["results"] == []
        assert caller.post(of(quiz, "restore")).json()["archived_at"] is None
        start_attempt(quiz, enrollment=make_enrollment(quiz.course))
        assert told(caller.delete(of(quiz)))[:2] == (409, "quiz_taken")
        quiz.attempts.all().delete()
        assert caller.delete(of(quiz)).status_code == 204
        assert not Quiz.objects.exists()

    def test_only_those_who_edit_the_course_see_or_set_it(self, quiz: Quiz) -> None:
        only_for(quiz.course, lambda who: who.get(below(quiz.course)))
        only_for(quiz.course, lambda who: who.get(of(quiz)))
        only_for(quiz.course, lambda who: who.patch(of(quiz), {"shuffle": True}))
        only_for(quiz.course, lambda who: who.post(of(quiz, "archive")))
        only_for(quiz.course, lambda who: who.post(below(quiz.course), {"title": "t", "mode": "exam"}))


def items(caller: Caller, quiz: Quiz) -> list[str]:
    return [each["question"] or str(each["pool"]) for each in caller.get(of(quiz, "items")).json()["items"]]


class TestItems:
    def test_what_it_asks_is_put_in_another_order_weighed_taken_out_and_all_undone(
        self, caller: Caller, quiz: Quiz
    ) -> None:
        before = caller.get(of(quiz, "items")).json()
        one, two, three = items(caller, quiz)
        caller.patch(of(quiz, "items", 3), {"to": 1, "max_points": "2.50"})
        assert items(caller, quiz) == [three, one, two]
        assert QuizItem.objects.get(question__uuid=three).max_points == 2.5
        assert caller.delete(of(quiz, "items", 2)).status_code == 204
        assert items(caller, quiz) == [three, two]
        undone = [caller.post(of(quiz, "undo")) for _ in range(4)]
        assert [answer.status_code for answer in undone] == [200, 200, 200, 409]
        assert told(undone[-1])[1] == "nothing_to_undo"
        assert [(each["question"], each["max_points"]) for each in caller.get(of(quiz, "items")).json()["items"]] == [
            (each["question"], each["max_points"]) for each in before["items"]
        ]

    def test_questions_and_pools_come_in_at_the_end(self, caller: Caller, quiz: Quiz) -> None:
        other = make_quiz(quiz.course, questions=1)
        (askable,) = caller.get(of(quiz, "askable")).json()
        assert (askable["question"], askable["seats"]) == (items(caller, other)[0], 1)
        added = caller.post(of(quiz, "items"), {"questions": [askable["question"], str(UUID(int=1))]})
        assert (added.status_code, len(added.json()["items"]), added.json()["last"]) == (201, 4, "added questions")
        pool = {"take": 2, "concept": make_concept(quiz.course).slug}
        shown = caller.post(of(quiz, "items"), {"pool": pool, "max_points": "0.5"}).json()["items"][-1]
        assert (shown["pool"], shown["question"], shown["max_points"]) == (pool, None, "0.50")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"questions": [], "pool": {"take": 1, "tag": "t"}},
            {"questions": ["one"]},
            {"questions": "all"},
            {"pool": {"take": 1}},
            {"pool": {"take": 1, "tag": "t", "concept": "c"}},
            {"pool": {"take": 0, "tag": "t"}},
            {"pool": {"take": 101, "tag": "t"}},
            {"pool": {"take": 1, "tag": "\x00"}},
            {"pool": []},
            {"questions": [], "max_points": 0},
            {"questions": [], "max_points": "1000.01"},
            [],
        ],
        ids=str,
    )
    def test_what_cannot_be_asked_changes_nothing(self, caller: Caller, quiz: Quiz, body: Any) -> None:
        assert told(caller.post(of(quiz, "items"), body))[:2] == (400, "invalid")
        assert len(items(caller, quiz)) == 3

    def test_of_two_who_move_at_once_the_second_is_told(self, caller: Caller, quiz: Quiz) -> None:
        place = of(quiz, "items", 3)
        tag = caller.get(place)["ETag"]
        assert caller.patch(place, {"to": 1}, If_Match=tag).status_code == 200
        assert told(caller.delete(place, If_Match=tag))[:2] == (412, "changed_meanwhile")
        assert told(caller.get(of(quiz, "items", 9)))[:2] == (404, "not_found")

    def test_only_those_who_edit_the_course_see_or_change_it(self, quiz: Quiz) -> None:
        only_for(quiz.course, lambda who: who.get(of(quiz, "items")))
        only_for(quiz.course, lambda who: who.get(of(quiz, "askable")))
        only_for(quiz.course, lambda who: who.get(of(quiz, "items", 1)))
        only_for(quiz.course, lambda who: who.patch(of(quiz, "items", 1), {"to": 1}))
        only_for(quiz.course, lambda who: who.post(of(quiz, "items"), {"questions": []}))


class TestPreview:
    def test_it_is_what_this_learner_sees_at_this_moment_and_writes_nothing(
        self, caller: Caller, course: Course
    ) -> None:
        quiz = make_quiz(course, opens_at=NOW, closes_at=NOW + timedelta(days=1), mode="exam", time_limit_seconds=600)
        learner = make_enrollment(course, extra_days=2)
        late = "2026-11-24T06:00:00Z"
        new = caller.get(f"{of(quiz, 'preview')}?at={late}").json()
        theirs = caller.get(f"{of(quiz, 'preview')}?at={late}&learner={learner.uuid}").json()
        assert (new["refusal"] != "", new["has_closed"]) == (True, True)
        assert (theirs["refusal"], theirs["has_closed"], theirs["deadline"]) == ("", False, "2026-11-24T06:10:00Z")
        assert theirs["shown"]["after_submit"] == ["fraction"]
        assert [each["position"] for each in theirs["questions"]] == [1, 2]
        assert not quiz.attempts.exists()

    def test_no_key_is_in_it(self, caller: Caller, course: Course) -> None:
        asked = [(kind, with_canaries(content)) for kind, content in dict(sittings.kinds()).items()]
        quiz = make_quiz(course, questions=asked)
        answer = caller.get(of(quiz, "preview"))
        assert len(answer.json()["questions"]) == len(asked)
        assert canaries_in(answer.content.decode()) == set()

    @pytest.mark.parametrize(
        ("query", "status"),
        [("at=never", 400), ("seed=0", 400), ("seed=x", 400), ("learner=x", 400), (f"learner={UUID(int=1)}", 404),
         ("at=0001-01-01T00:00:00Z", 200), ("seed=1000000", 200)],
    )  # fmt: skip
    def test_what_cannot_be_looked_at_is_told(self, caller: Caller, quiz: Quiz, query: str, status: int) -> None:
        assert caller.get(f"{of(quiz, 'preview')}?{query}").status_code == status

    def test_only_those_who_edit_the_course_look(self, quiz: Quiz) -> None:
        only_for(quiz.course, lambda who: who.get(of(quiz, "preview")))
        only_for(quiz.course, lambda who: who.get(of(quiz, "gift")))


def test_a_quiz_goes_out_as_gift(caller: Caller, quiz: Quiz) -> None:
    given = caller.get(of(quiz, "gift")).json()
    assert [each["title"] for each in given] == ["Who built the wall?"] * 3
    assert "=The upper town" in given[0]["text"]


def test_a_quiz_of_another_course_is_not_found(caller: Caller, quiz: Quiz) -> None:
    other = make_course(owner=caller.person)
    assert told(caller.get(below(other, quiz.slug)))[:2] == (404, "not_found")
    assert told(caller.patch(below(other, quiz.slug), {"title": "Mine"}))[:2] == (404, "not_found")
    for deed in ("archive", "restore", "items", "undo"):
        assert told(caller.post(below(other, quiz.slug, deed)))[:2] == (404, "not_found")
