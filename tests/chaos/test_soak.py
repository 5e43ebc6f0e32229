"""Everything at once, for a while: submissions go on while a fault comes every few seconds."""

from __future__ import annotations

import pytest

from tests.chaos.soaking import FAULTS, soak
from tests.chaos.stage import Stage

pytestmark = [pytest.mark.chaos, pytest.mark.slow]


@pytest.mark.promise(16)
@pytest.mark.parametrize("seconds", [13, pytest.param(120, marks=pytest.mark.full)])
def test_a_fault_every_four_seconds_loses_nothing(stage: Stage, seconds: int) -> None:
    stage.make_ready()
    soaked = soak(stage, seconds=seconds, faults=FAULTS, patience=20)
    stage.reached(str(soaked))
    assert soaked.faults.total() >= 3
    assert soaked.tally is not None
    assert soaked.tally.submitted >= 50
    assert soaked.is_whole, stage.logs()
