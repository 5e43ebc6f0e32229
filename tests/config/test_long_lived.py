"""What is set aside is passed over by the collector, and what comes later is collected as ever."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest

from config.long_lived import set_aside


class Ring:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_loaded_is_set_aside() -> None:
    held = Ring()
    before = gc.get_freeze_count()
    set_aside()
    assert gc.get_freeze_count() > before
    assert not any(each is held for each in gc.get_objects())


def test_garbage_from_before_is_freed_and_not_kept_for_ever() -> None:
    gone = weakref.ref(Ring())
    set_aside()
    assert gone() is None


def test_garbage_from_afterwards_is_collected() -> None:
    set_aside()
    gone = weakref.ref(Ring())
    gc.collect()
    assert gone() is None


def test_setting_aside_again_takes_what_came_in_between() -> None:
    set_aside()
    between = Ring()
    set_aside()
    assert not any(each is between for each in gc.get_objects())


@pytest.mark.parametrize(
    "process",
    [
        "import config.wsgi",
        "import django; django.setup(); from celery.signals import worker_init; worker_init.send(None)",
    ],
    ids=["web server", "worker"],
)
def test_a_process_that_serves_has_set_aside_what_it_loaded(process: str) -> None:
    asked = f"{process}; import gc, sys; print(gc.get_freeze_count() > 50_000, 'web.learner.views' in sys.modules)"
    answered = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert answered.stdout.split() == ["True", "True"]
