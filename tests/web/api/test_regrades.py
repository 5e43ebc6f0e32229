"""Grading again over REST: nothing changes before it was looked at, and what was changed can be taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from quizzes.models import RegradeRun, RunState
from tests.quizzes.domain.regraded import REASON, Class, fractions, run_every_job
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOBODY = str(UUID(int=7))


class Regrading:
    """Two answers, of which the second is right since the question was edited, and the calls of runs over them."""

    def __init__(self) -> None:
        self.group = Class(pass_fraction="0.5")
        self.responses = self.group.answered("thirst machine", "dry machine")
        self.group.accept("thirst machine", "dry machine")
        self.caller = Caller(self.group.instructor)
        self.address = f"courses/{self.group.course.slug}/regrades/"

    def plan(self, **fields: Any) -> Any:
        return self.caller.post(self.address, {"quiz": str(self.group.quiz.uuid), "reason": REASON, **fields})

    def planned(self, **fields: Any) -> str:
        """The address of a run whose plan is there."""
        answer = self.plan(**fields)
        assert answer.status_code == 202, answer.content
        run_every_job("plan_regrade")
        return f"{self.address}{answer.json()['run']}/"


@pytest.fixture
def at() -> Regrading:
    return Regrading()


def test_from_a_reason_to_new_grades_and_back(at: Regrading) -> None:
    begun = at.plan()
    run = RegradeRun.objects.get()
    job = begun.json()["job"]
    assert (begun.status_code, begun.json()["run"]) == (202, str(run.uuid))
    assert begun["Location"] == begun.json()["status"]
    assert at.caller.get(f"jobs/{job}/").json()["state"] == "queued"
    path = f"{at.address}{run.uuid}/"
    assert at.caller.get(path).json().items() >= {"job": job, "report": None}.items()

    run_every_job("plan_regrade")
    found = at.caller.get(path).json()
    assert found["run"].items() >= {"state": "planned", "total": 2, "changed": 1, "kept": 0}.items()
    assert found["report"] == {
        "affected": 1,
        "higher": 1,
        "lower": 0,
        "pass_now": 1,
        "fail_now": 0,
        "before": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "after": [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    }
    assert (found["job"], fractions()) == (None, ["1", "0"])

    assert at.caller.post(f"{path}apply/").status_code == 202
    run_every_job("apply_regrade")
    assert fractions() == ["1", "1"]
    assert at.caller.get(path).json()["report"] == found["report"]

    assert at.caller.post(f"{path}undo/").status_code == 202
    run_every_job("undo_regrade")
    assert (fractions(), at.caller.get(path).json()["run"]["state"]) == (["1", "0"], "undone")


def test_what_it_changes_is_told_answer_by_answer(at: Regrading) -> None:
    path = at.planned()
    attempt = at.responses[1].attempt
    assert attempt.enrollment is not None

    changed = at.caller.get(f"{path}changes/").json()["results"]

    assert changed == [
        {
            "attempt": str(attempt.uuid),
            "quiz": str(at.group.quiz.uuid),
            "position": 1,
            "learner": str(attempt.enrollment.uuid),
            "name": attempt.enrollment.user.name,
            "state": "changed",
            "before": 0.0,
            "after": 1.0,
        }
    ]
    assert len(at.caller.get(f"{path}changes/?state=unchanged").json()["results"]) == 1
    assert told(at.caller.get(f"{path}changes/?state=gone"))[:2] == (400, "invalid")


def test_lower_grades_stay_where_only_higher_ones_are_wanted(at: Regrading) -> None:
    at.group.accept("dry machine")
    path = at.planned(only_if_higher=True)

    states = {
        state: len(at.caller.get(f"{path}changes/?state={state}").json()["results"])
        for state in ("changed", "kept_lower")
    }

    assert states == {"changed": 1, "kept_lower": 1}
    assert at.caller.get(path).json()["run"]["only_if_higher"] is True


def test_a_run_over_a_question_or_over_one_answer(at: Regrading) -> None:
    at.planned(quiz=None, question=str(at.group.version.question.uuid))
    one = at.responses[0].attempt.uuid
    begun = at.caller.post(f"courses/{at.group.course.slug}/responses/{one}/1/regrade/", {"reason": REASON})
    run_every_job("plan_regrade")

    assert begun.status_code == 202
    assert list(RegradeRun.objects.order_by("pk").values_list("total", flat=True)) == [2, 1]


def test_runs_stand_newest_first_a_page_at_a_time(at: Regrading) -> None:
    runs = [at.plan().json()["run"] for _ in range(3)]
    first = at.caller.get(f"{at.address}?page_size=2").json()
    second = at.caller.get(first["next"].partition("/api/v1/")[2]).json()
    assert [run["uuid"] for run in first["results"] + second["results"]] == runs[::-1]


def test_a_plan_that_is_set_aside_changes_nothing_and_cannot_be_applied(at: Regrading) -> None:
    path = at.planned()
    assert at.caller.delete(path).json()["state"] == "discarded"
    assert told(at.caller.post(f"{path}apply/"))[:2] == (409, "regrade_run_not_ready")
    assert fractions() == ["1", "0"]


def test_of_two_who_apply_a_run_at_once_one_is_told_that_it_went_on(at: Regrading) -> None:
    path = at.planned()
    assert at.caller.post(f"{path}apply/").status_code == 202
    assert told(at.caller.post(f"{path}apply/"))[:2] == (409, "regrade_run_not_ready")
    assert told(at.caller.post(f"{path}undo/"))[:2] == (409, "regrade_run_not_ready")
    assert told(at.caller.delete(path))[:2] == (409, "regrade_run_not_ready")


def test_sent_twice_with_its_key_one_run_is_planned(at: Regrading) -> None:
    sent = {"quiz": str(at.group.quiz.uuid), "reason": REASON}
    first, again = (at.caller.post(at.address, sent, Idempotency_Key="k") for _ in range(2))
    assert (first.json(), RegradeRun.objects.count()) == (again.json(), 1)


def test_where_nobody_answered_there_is_nothing_to_grade_again() -> None:
    group = Class()
    answer = Caller(group.instructor).post(
        f"courses/{group.course.slug}/regrades/", {"quiz": str(group.quiz.uuid), "reason": REASON}
    )
    assert told(answer)[:2] == (409, "nothing_to_regrade")


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"quiz": None}, "quiz"),
        ({"quiz": NOBODY}, "quiz"),
        ({"quiz": "the-wall"}, "quiz"),
        ({"quiz": None, "question": NOBODY}, "question"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"reason": "\x00"}, "reason"),
        ({"only_if_higher": "perhaps"}, "only_if_higher"),
    ],
)
def test_what_is_no_plan_is_named_and_makes_no_run(at: Regrading, sent: dict[str, Any], wrong: str) -> None:
    refused = at.plan(**sent)
    assert told(refused)[:2] == (400, "invalid")
    assert (list(refused.json()["errors"]), RegradeRun.objects.count()) == ([wrong], 0)


def test_a_quiz_of_another_course_is_none_of_this_one(at: Regrading) -> None:
    elsewhere = Regrading()
    assert list(at.plan(quiz=str(elsewhere.group.quiz.uuid)).json()["errors"]) == ["quiz"]
    path = elsewhere.planned().replace(elsewhere.group.course.slug, at.group.course.slug)
    for ask in (at.caller.get(path), at.caller.get(f"{path}changes/"), at.caller.post(f"{path}apply/")):
        assert told(ask)[:2] == (404, "not_found")


@pytest.mark.parametrize("field", ["reason", "quiz", "only_if_higher"])
def test_nothing_that_is_sent_is_an_error_of_ours(at: Regrading, field: str) -> None:
    for what, body in HOSTILE.items():
        assert is_refused(at.caller.send("POST", at.address, body(field))), what
    assert not RegradeRun.objects.exists()


@pytest.mark.parametrize(
    ("method", "below", "body"),
    [
        ("GET", "", None),
        ("POST", "", {}),
        ("GET", "{run}/", None),
        ("DELETE", "{run}/", None),
        ("GET", "{run}/changes/", None),
        ("POST", "{run}/apply/", {}),
        ("POST", "{run}/undo/", {}),
    ],
)
def test_who_grades_comes_in_and_for_others_nothing_is_there(at: Regrading, method: str, below: str, body: Any) -> None:
    run = at.group.plan()
    call = (method, at.address + below.replace("{run}", str(run.uuid)), body)
    assert let_in(at.group.course, call) == with_permission("course.grade")


def test_one_answer_is_graded_again_by_who_grades(at: Regrading) -> None:
    path = f"courses/{at.group.course.slug}/responses/{at.responses[0].attempt.uuid}/1/regrade/"
    assert let_in(at.group.course, ("POST", path, {})) == with_permission("course.grade")


@pytest.mark.parametrize("learners", [1, 8])
def test_lists_cost_the_same_for_any_number_of_answers(
    at: Regrading, learners: int, django_assert_num_queries: Any
) -> None:
    at.group.accept("thirst machine")
    at.group.answered(*["dry machine"] * learners)
    at.group.accept("thirst machine", "dry machine")
    path = at.planned()
    at.caller.get(at.address)
    for address, statements in ((at.address, 3), (path, 5), (f"{path}changes/", 4)):
        with django_assert_num_queries(statements):
            at.caller.get(address)
    assert RegradeRun.objects.get().state == RunState.PLANNED
