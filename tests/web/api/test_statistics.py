"""Figures over REST: each with how many it rests on, since when, and nothing told of too few."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from course.models import Cohort, Enrollment, Role
from jobs.models import Job
from quizzes.domain.course_insight import FEWEST
from quizzes.models import ConceptMastery
from quizzes.statistics.questions import ENOUGH
from tests.quizzes.domain.regraded import Class, run_every_job
from tests.web.api.callers import Caller, told
from tests.web.api.parts import let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Counted:
    """A quiz of two questions that so many learners took, and the calls of its figures."""

    def __init__(self, answers: int = ENOUGH) -> None:
        self.group = Class(questions=2)
        self.group.answered(*["thirst machine"] * (answers - 2), "wet", "dry")
        self.caller = Caller(self.group.instructor)
        self.address = f"quizzes/{self.group.quiz.uuid}/statistics/"
        self.course = f"courses/{self.group.course.slug}/statistics/"

    def reckoned(self) -> Any:
        """The figures once the job that was asked for has run."""
        assert self.caller.post(self.address).status_code == 202
        run_every_job("reckon_statistics")
        return self.caller.get(self.address).json()


class TestAQuiz:
    def test_its_figures_come_with_their_number_their_moment_and_their_interval(self) -> None:
        found = Counted().reckoned()

        assert (found["attempts"], found["is_enough"], found["is_stale"]) == (ENOUGH, True, False)
        assert found["as_of"] is not None
        first = found["questions"][0]
        assert (first["n"], first["is_enough"], first["facility"], first["wording"]) == (ENOUGH, True, 80.0, 1)
        assert first["discrimination"] == pytest.approx(100)
        assert first["interval"]["low"] <= first["interval"]["high"]
        assert (first["choices"][0]["count"], first["choices"][0]["share"]) == (8, 0.8)
        assert found["reckoned"]["quiz"]["count"] == ENOUGH
        assert found["reckoned"]["tenths"] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 8]
        assert found["reckoned"]["attempts"]["first"]["count"] == ENOUGH
        assert [(row["questions"], row["lost"]) for row in found["passages"]] == [(2, pytest.approx(0.2))]

    def test_of_too_few_only_their_number_is_told(self) -> None:
        found = Counted(ENOUGH - 1).reckoned()

        assert (found["attempts"], found["is_enough"], found["reckoned"], found["passages"]) == (9, False, None, [])
        for question in found["questions"]:
            assert (question["n"], question["is_enough"], question["choices"]) == (9, False, [])
            silent = ("facility", "deviation", "discrimination", "interval", "guess", "effective_weight", "efficiency")
            assert [name for name in silent if question[name] is not None] == []

    def test_before_it_was_reckoned_it_says_so(self) -> None:
        at = Counted()
        found = at.caller.get(at.address).json()
        assert (found["as_of"], found["reckoned"], found["questions"][0]["facility"]) == (None, None, 80.0)

    def test_asking_twice_is_one_job(self) -> None:
        at = Counted()
        Job.objects.all().delete()
        first, again = (at.caller.post(at.address).json() for _ in range(2))
        assert first == again
        assert at.caller.get(f"jobs/{first['job']}/").json()["state"] == "queued"

    @pytest.mark.parametrize("answers", [ENOUGH, 2 * ENOUGH])
    def test_it_costs_the_same_for_any_number(self, answers: int, django_assert_num_queries: Any) -> None:
        at = Counted(answers)
        at.reckoned()
        with django_assert_num_queries(9):
            at.caller.get(at.address)


class TestACourse:
    def test_it_tells_how_far_learners_are_and_what_quizzes_earn(self) -> None:
        at = Counted()
        found = at.caller.get(at.course).json()
        assert (found["reading"]["learners"], found["reading"]["begun"]) == (ENOUGH, 0)
        assert found["reading"]["parts"] == [
            {"lesson": "the-wall", "title": "The wall", "read": 0, "stopped": 0, "skipped": 0}
        ]
        (quiz,) = found["quizzes"]
        assert (quiz["taken"], quiz["graded"], quiz["mean"], quiz["below"]) == (ENOUGH, ENOUGH, 0.8, None)

    def test_each_cohort_stands_beside_each_concept_and_few_are_not_told(self) -> None:
        at = Counted()
        evenings = Cohort.objects.create(course=at.group.course, name="Evenings")
        learners = list(Enrollment.objects.filter(role=Role.LEARNER).order_by("pk"))
        Enrollment.objects.filter(pk__in=[part.pk for part in learners[: FEWEST - 1]]).update(cohort=evenings)
        ConceptMastery.objects.update(mastery=Decimal("0.5"))

        found = at.caller.get(at.course).json()

        assert found["fewest"] == FEWEST
        named = [{"uuid": str(evenings.uuid), "name": "Evenings"}]
        assert found["concepts"]["cohorts"] == [*named, {"uuid": None, "name": None}]
        (row,) = found["concepts"]["rows"]
        assert row["everybody"] == {"known": ENOUGH, "mastery": 0.5}
        assert row["cells"] == [{"known": FEWEST - 1, "mastery": None}, {"known": ENOUGH - FEWEST + 1, "mastery": 0.5}]

    @pytest.mark.parametrize("answers", [ENOUGH, 2 * ENOUGH])
    def test_it_costs_the_same_for_any_number(self, answers: int, django_assert_num_queries: Any) -> None:
        at = Counted(answers)
        at.caller.get(at.course)
        with django_assert_num_queries(14):
            at.caller.get(at.course)


@pytest.mark.parametrize(("method", "which"), [("GET", "address"), ("POST", "address"), ("GET", "course")])
def test_who_grades_comes_in_and_for_others_nothing_is_there(method: str, which: str) -> None:
    at = Counted(3)
    assert let_in(at.group.course, (method, getattr(at, which), {})) == with_permission("course.grade")


def test_what_is_not_there_is_not_found() -> None:
    at = Counted(3)
    assert told(at.caller.get("courses/nothing/statistics/"))[:2] == (404, "not_found")
    assert told(at.caller.get(f"quizzes/{at.group.course.uuid}/statistics/"))[:2] == (404, "not_found")
