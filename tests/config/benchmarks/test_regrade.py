"""Regrading beside learners: what is prepared, and what the report makes of the times."""

from __future__ import annotations

import pytest

from config.benchmarks.course import bench_course
from config.benchmarks.crowding import first_learner
from config.benchmarks.regrading import prepare, regrade, with_another_key
from config.benchmarks.report import Report
from config.benchmarks.suite.regrade import MOST_TIMES, tell
from quizzes.models import QuestionVersion, RegradeRun, RunState, VersionState

FOUND = {"responses": 10_000, "changed": 6_600, "seconds": 45.5, "given_up": 0}


def keyed(*places: bool) -> dict[str, object]:
    return {"stem": "Who?", "options": [{"id": f"k{at}", "correct": right} for at, right in enumerate(places)]}


@pytest.mark.parametrize(
    ("before", "after"),
    [((True, False, False), (False, True, False)), ((False, False, True), (True, False, False))],
    ids=["the next one", "the first after the last"],
)
def test_another_option_is_the_right_one(before: tuple[bool, ...], after: tuple[bool, ...]) -> None:
    assert with_another_key(keyed(*before)) == keyed(*after)


@pytest.mark.django_db
@pytest.mark.database
class TestPreparing:
    def test_learners_answered_what_has_another_key_now(self) -> None:
        crowd = first_learner(bench_course(questions=3))

        prepare(learners=12)

        assert crowd.learners == 12
        states = list(QuestionVersion.objects.order_by("question", "number").values_list("state", flat=True))
        assert states == [VersionState.RETIRED, VersionState.PUBLISHED] * 3

    def test_each_question_has_a_run_of_its_own(self) -> None:
        first_learner(bench_course(questions=3))
        prepare(learners=4)

        found = regrade(at_most=0)

        assert RegradeRun.objects.filter(state=RunState.PLANNING).count() == 3
        assert (found["responses"], found["changed"], found["given_up"]) == (0, 0, 0)


@pytest.mark.parametrize(("slowest", "holds"), [(100 * MOST_TIMES, True), (100 * MOST_TIMES + 1, False)])
def test_the_slow_are_held_against_the_slow_of_a_quiet_time(slowest: float, holds: bool) -> None:
    report = Report("regrade")

    tell("sqlite", report, [50.0] * 9 + [100.0], [60.0] * 9 + [slowest], FOUND)

    assert [gate.holds for gate in report.gates] == [holds, True]
    assert report.figures["sqlite"]["meanwhile"] == {"p50": 60.0, "p95": slowest}
    assert report.lines[0] == "on sqlite: 10,000 answers graded again in 45.5 s, 6,600 of them otherwise"


def test_a_job_that_was_given_up_misses() -> None:
    report = Report("regrade")

    tell("sqlite", report, [100.0], [100.0], FOUND | {"given_up": 1})

    assert [gate.holds for gate in report.gates] == [True, False]
