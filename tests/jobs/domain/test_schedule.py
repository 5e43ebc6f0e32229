from __future__ import annotations

import pytest
from pytest_django import Settings

from jobs.domain.schedule import Schedule, schedule


def test_the_defaults_are_the_product_s() -> None:
    plan = Schedule()
    assert (plan.backoff, plan.hint_age, plan.sweep_period, plan.keep_days) == ((10.0, 60.0, 300.0), 30.0, 10.0, 7.0)


def test_settings_replace_single_periods(settings: Settings) -> None:
    settings.JOB_SCHEDULE = {"lease": 8, "backoff": [1, 2]}
    assert schedule() == Schedule(lease=8, backoff=(1, 2))


def test_an_unknown_period_is_refused(settings: Settings) -> None:
    settings.JOB_SCHEDULE = {"leese": 8}
    with pytest.raises(TypeError, match="leese"):
        schedule()


@pytest.mark.parametrize(("tries", "wait"), [(1, 10.0), (2, 60.0), (3, 300.0), (9, 300.0)])
def test_waits_grow_with_the_tries_and_the_last_repeats(tries: int, wait: float) -> None:
    assert Schedule().wait_after(tries) == wait
