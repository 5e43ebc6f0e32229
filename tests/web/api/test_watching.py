"""A quiz while it is taken, over REST: where its attempts are, and more time for those at work."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from course.models import Cohort, Enrollment
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.models import Attempt, Extension, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOBODY = str(UUID(int=7))


class Watched:
    """A quiz against the clock with two learners at work, and the calls of those who watch it."""

    def __init__(self) -> None:
        self.owner = make_person("Olga")
        self.course = make_course(owner=self.owner)
        self.quiz: Quiz = make_quiz(self.course, time_limit_seconds=2400)
        self.learners = [make_enrollment(self.course) for _ in range(2)]
        self.attempts = [start_attempt(self.quiz, enrollment=learner) for learner in self.learners]
        self.caller = Caller(self.owner)
        self.base = f"quizzes/{self.quiz.uuid}/"
        self.address = f"{self.base}extensions/"

    def minutes(self) -> list[int]:
        """How long each attempt may last."""
        found = Attempt.objects.filter(deadline_at__isnull=False).order_by("pk")
        return [round((each.deadline_at - each.started_at).total_seconds() / 60) for each in found if each.deadline_at]

    def extends(self, **sent: Any) -> Any:
        return self.caller.post(self.address, sent)


@pytest.fixture
def at() -> Watched:
    return Watched()


class TestTheMonitor:
    def test_it_counts_attempts_where_they_are(self, at: Watched) -> None:
        submit_attempt(at.attempts[0])

        found = at.caller.get(f"{at.base}monitor/").json()

        assert found["at"] is not None
        assert found["counts"] == {
            "in_progress": 1,
            "saving": 0,
            "submitted": 1,
            "being_graded": 1,
            "waiting": 0,
            "graded": 0,
        }
        assert found["stuck"] == []

    def test_who_has_not_saved_for_long_is_named(self, at: Watched) -> None:
        Attempt.objects.filter(pk=at.attempts[1].pk).update(started_at=NOW)
        (stuck,) = at.caller.get(f"{at.base}monitor/").json()["stuck"]
        assert (stuck["learner"], stuck["name"]) == (str(at.learners[1].uuid), at.learners[1].user.name)

    @pytest.mark.parametrize("learners", [1, 15])
    def test_it_costs_the_same_for_any_number(self, at: Watched, learners: int, django_assert_num_queries: Any) -> None:
        for _ in range(learners):
            start_attempt(at.quiz, enrollment=make_enrollment(at.course))
        Attempt.objects.update(started_at=NOW)
        at.caller.get(f"{at.base}monitor/")
        with django_assert_num_queries(5):
            at.caller.get(f"{at.base}monitor/")


class TestMoreTime:
    def test_those_who_are_named_have_it_and_it_is_taken_back(self, at: Watched) -> None:
        given = at.extends(learners=[str(at.learners[0].uuid)], minutes=10)
        assert given.status_code == 201
        assert given.json().items() >= {"seconds": 600, "days": 0, "taken_back_at": None}.items()
        assert list(given.json()["gained"]["attempts"]) == [str(at.attempts[0].uuid)]
        assert at.minutes() == [50, 40]
        assert at.caller.get(at.address).json() == [given.json()]

        path = f"{at.address}{given.json()['uuid']}/"
        assert at.caller.delete(path).json() == {"shortened": 1, "spared": 0}
        assert at.caller.delete(path).json() == {"shortened": 0, "spared": 0}
        assert at.minutes() == [40, 40]

    def test_everybody_at_work_or_a_cohort_has_it(self, at: Watched) -> None:
        evenings = Cohort.objects.create(course=at.course, name="Evenings")
        Enrollment.objects.filter(pk=at.learners[1].pk).update(cohort=evenings)
        assert at.extends(everybody_at_work=True, minutes=5).status_code == 201
        assert at.extends(cohort=str(evenings.uuid), minutes=1, days=2).status_code == 201
        assert at.minutes() == [45, 46]
        assert list(
            Enrollment.objects.filter(pk__in=[each.pk for each in at.learners])
            .order_by("pk")
            .values_list("extra_days", flat=True)
        ) == [0, 2]

    def test_sent_twice_with_its_key_it_is_given_once(self, at: Watched) -> None:
        sent = {"everybody_at_work": True, "minutes": 5}
        first, again = (at.caller.post(at.address, sent, Idempotency_Key="k") for _ in range(2))
        assert (first.json(), at.minutes()) == (again.json(), [45, 45])

    def test_minutes_help_nobody_who_is_not_at_work(self, at: Watched) -> None:
        idle = make_enrollment(at.course)
        assert told(at.extends(learners=[str(idle.uuid)], minutes=5))[:2] == (409, "nobody_to_extend")
        assert told(at.extends(learners=[NOBODY], minutes=5))[:2] == (409, "nobody_to_extend")

    @pytest.mark.parametrize(
        ("sent", "wrong"),
        [
            ({"minutes": 5}, "learners"),
            ({"minutes": 5, "learners": []}, "learners"),
            ({"minutes": 5, "learners": [NOBODY], "everybody_at_work": True}, "learners"),
            ({"minutes": 5, "learners": ["x"]}, "learners"),
            ({"minutes": 5, "learners": [NOBODY] * 501}, "learners"),
            ({"minutes": 5, "cohort": NOBODY}, "cohort"),
            ({"everybody_at_work": True}, "minutes"),
            ({"everybody_at_work": True, "minutes": 601}, "minutes"),
            ({"everybody_at_work": True, "minutes": -1}, "minutes"),
            ({"everybody_at_work": True, "days": 367}, "days"),
            ({"everybody_at_work": True, "days": "x"}, "days"),
        ],
    )
    def test_what_gives_nobody_anything_is_named(self, at: Watched, sent: dict[str, Any], wrong: str) -> None:
        refused = at.extends(**sent)
        assert told(refused)[:2] == (400, "invalid")
        assert (list(refused.json()["errors"]), Extension.objects.count()) == ([wrong], 0)

    @pytest.mark.parametrize("field", ["learners", "cohort", "minutes"])
    def test_nothing_that_is_sent_is_an_error_of_ours(self, at: Watched, field: str) -> None:
        for what, body in HOSTILE.items():
            assert is_refused(at.caller.send("POST", at.address, body(field))), what


@pytest.mark.parametrize(
    ("method", "below", "permission"),
    [
        ("GET", "monitor/", "course.monitor"),
        ("GET", "extensions/", "course.accommodate"),
        ("POST", "extensions/", "course.accommodate"),
        ("DELETE", "extensions/{extension}/", "course.accommodate"),
    ],
)
def test_who_may_comes_in_and_for_others_nothing_is_there(
    at: Watched, method: str, below: str, permission: str
) -> None:
    uuid = at.extends(everybody_at_work=True, minutes=5).json()["uuid"]
    path = at.base + below.replace("{extension}", uuid)
    assert let_in(at.course, (method, path, {})) == with_permission(permission)


def test_an_extension_of_another_quiz_is_not_found(at: Watched) -> None:
    uuid = at.extends(everybody_at_work=True, minutes=5).json()["uuid"]
    assert told(at.caller.delete(f"quizzes/{make_quiz(at.course).uuid}/extensions/{uuid}/"))[:2] == (404, "not_found")
    assert at.minutes() == [45, 45]
