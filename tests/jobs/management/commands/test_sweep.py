from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jobs.domain import enqueue, forget_sweep, register_sweep
from jobs.models import Beat
from tests.jobs.conftest import Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def break_down() -> None:
    raise RuntimeError


def test_one_pass_beats_and_says_what_it_did(recorder: Recorder) -> None:
    enqueue(recorder.kind, hint=False)
    out = StringIO()
    call_command("sweep", "--once", stdout=out)
    assert out.getvalue().startswith("SweepReport(expired=0, quarantined=0, hinted=0, ")
    assert Beat.objects.filter(name="sweeper").exists()


def test_one_pass_with_a_failed_step_ends_with_an_error() -> None:
    register_sweep(break_down)
    with pytest.raises(CommandError, match="break_down"):
        call_command("sweep", "--once")
    forget_sweep(break_down)
