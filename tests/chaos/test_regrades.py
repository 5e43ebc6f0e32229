"""Ten thousand answers graded again, and workers that die in the midst of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chaos.conftest import running_stage
from tests.chaos.regrades import ANSWERS
from tests.chaos.stage import Stage
from tests.chaos.test_faults import all_graded, hold

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
REGRADES = "tests.chaos.regrades:RegradesWorkload"


@pytest.fixture(scope="module")
def regrades() -> Iterator[Stage]:
    yield from running_stage(None, workload=REGRADES)


def kill_every_worker(stage: Stage) -> None:
    """Whoever works is gone at once; others come in their place."""
    for name in ("worker0", "worker1"):
        stage.kill(name)
        stage.restart(name)


def hold_through(stage: Stage, deed: str) -> None:
    """Every worker dies in the midst of the deed, and it is done once all the same."""
    stage.submit(1, mode=deed)
    assert stage.wait(lambda: 0 < stage.tally().graded < ANSWERS, seconds=30), stage.logs()
    kill_every_worker(stage)
    assert stage.wait(lambda: stage.tally().runs == 1, seconds=90), stage.logs()
    hold(stage, all_graded(ANSWERS, runs=1))


@pytest.mark.promise(27)
def test_ten_thousand_answers_are_graded_again_once_though_workers_die(regrades: Stage) -> None:
    regrades.make_ready()
    regrades.submit(1, mode="plan")
    assert regrades.wait(lambda: regrades.tally().submitted == ANSWERS, seconds=90), regrades.logs()
    hold_through(regrades, "apply")


@pytest.mark.full
@pytest.mark.promise(27)
def test_ten_thousand_grades_are_given_back_once_though_workers_die(regrades: Stage) -> None:
    regrades.make_ready()
    regrades.submit(1, mode="plan")
    assert regrades.wait(lambda: regrades.tally().submitted == ANSWERS, seconds=90), regrades.logs()
    regrades.submit(1, mode="apply")
    assert regrades.wait(lambda: regrades.tally().runs == 1, seconds=90), regrades.logs()
    hold_through(regrades, "undo")
