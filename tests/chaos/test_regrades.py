"""Thousands of answers graded again, and workers that die in the midst of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.chaos.conftest import running_stage
from tests.chaos.holding import all_graded, hold
from tests.chaos.regrades import ManyRegradesWorkload, RegradesWorkload
from tests.chaos.stage import Stage

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


@dataclass(frozen=True)
class Regrades:
    """A stage for a run over so many answers."""

    stage: Stage
    answers: int

    def wait(self, is_so: Callable[[], bool]) -> None:
        """It is so before long. Counting thousands of answers takes the time of whoever grades them."""
        assert self.stage.wait(is_so, seconds=90, pause=0.5), self.stage.logs()

    def plan(self) -> None:
        self.stage.make_ready()
        self.stage.submit(1, mode="plan")
        self.wait(lambda: self.stage.tally().submitted == self.answers)

    def finish(self, deed: str) -> None:
        self.stage.submit(1, mode=deed)
        self.wait(lambda: self.stage.tally().runs == 1)

    def hold_through(self, deed: str) -> None:
        """Every worker dies in the midst of the deed, and it is done once all the same."""
        self.stage.submit(1, mode=deed)
        midway = self.stage.wait(lambda: 0 < self.stage.tally().graded < self.answers, seconds=30)
        assert midway, self.stage.logs()
        kill_every_worker(self.stage)
        self.wait(lambda: self.stage.tally().runs == 1)
        hold(self.stage, all_graded(self.answers, runs=1))


def kill_every_worker(stage: Stage) -> None:
    """Whoever works is gone at once; others come in their place."""
    for name in ("worker0", "worker1"):
        stage.kill(name)
        stage.restart(name)


@pytest.fixture(
    scope="module",
    params=[RegradesWorkload, pytest.param(ManyRegradesWorkload, marks=pytest.mark.full)],
    ids=lambda workload: f"{workload.answers} answers",
)
def regrades(request: pytest.FixtureRequest) -> Iterator[Regrades]:
    workload: type[RegradesWorkload] = request.param
    for stage in running_stage(None, workload=f"{workload.__module__}:{workload.__name__}"):
        yield Regrades(stage, workload.answers)


@pytest.mark.promise(27)
def test_answers_are_graded_again_once_though_workers_die(regrades: Regrades) -> None:
    regrades.plan()
    regrades.hold_through("apply")


@pytest.mark.full
@pytest.mark.promise(27)
def test_grades_are_given_back_once_though_workers_die(regrades: Regrades) -> None:
    regrades.plan()
    regrades.finish("apply")
    regrades.hold_through("undo")
