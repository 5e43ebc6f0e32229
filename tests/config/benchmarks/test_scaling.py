"""No page asks the database more often because there are more learners, answers or questions."""

from __future__ import annotations

import pytest
from django.test import Client

from config.benchmarks import scaling
from config.benchmarks.course import bench_course
from config.benchmarks.crowding import Crowd, first_learner
from config.benchmarks.scaling import Stage, ask, at_stage, cpu, full_scan, journey_cost, kept, signed_in, spent
from quizzes.domain.insight import question_rows
from quizzes.domain.rebuild import rebuild_statistics

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.once]


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Crowd:
    """The course that the benchmark fills; each page is asked for once for its CPU, and nothing is vacuumed."""
    monkeypatch.setattr(scaling, "MOST_TIMES", 1)
    monkeypatch.setattr(scaling, "tell_planner", lambda: None)
    return first_learner(bench_course(questions=10))


def test_ten_times_the_learners_and_questions_cost_no_statement_more(crowd: Crowd) -> None:
    clients = signed_in(crowd)
    journey_cost(clients[1], crowd)

    few, many = (at_stage(crowd, clients, Stage(size, size)) for size in (20, 200))

    statements = [{name: cost["statements"] for name, cost in stage["pages"].items()} for stage in (few, many)]
    assert statements[1] == statements[0]
    assert many["journey"]["statements"] == few["journey"]["statements"]
    assert (few["learners"], many["questions"]) == (20, 200)


def test_the_full_scan_finds_what_is_kept(crowd: Crowd) -> None:
    at_stage(crowd, signed_in(crowd), Stage(30, 10))

    facilities = sorted(row[2] for row in full_scan(crowd)[:10])

    rows = question_rows(crowd.quiz)
    assert kept(crowd)[0] == rows
    assert [float(mean) * 100 for mean in facilities] == pytest.approx(sorted(row.sums.facility or 0 for row in rows))
    assert rebuild_statistics(check=True) == []


def test_a_page_that_is_not_there_is_no_figure(crowd: Crowd) -> None:
    with pytest.raises(ValueError, match="/nowhere/ answered 404"):
        ask(Client(), "/nowhere/")


def test_what_takes_long_is_done_once_and_what_is_quick_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaling, "FEWEST_MS", 5.0)
    done: list[int] = []

    def work() -> None:
        done.append(1)
        until = cpu() + 10
        while cpu() < until:
            pass

    assert spent(work) >= 10
    assert len(done) == 1

    quick: list[int] = []
    spent(lambda: quick.append(1))
    assert len(quick) == scaling.MOST_TIMES
