from __future__ import annotations

import pytest
from pytest_django import Settings

from jobs.domain.errors import DuplicateKind, UnknownKind
from jobs.domain.registry import forget, forget_sweep, kind_of, kinds, register, register_sweep, registered_sweeps
from tests.jobs.conftest import Recorder


def test_a_registered_kind_is_found_with_the_defaults(recorder: Recorder) -> None:
    kind = kind_of(recorder.kind)
    assert (kind.name, kind.lease, kind.max_tries) == (recorder.kind, 60, 4)


def test_a_setting_replaces_every_lease(recorder: Recorder, settings: Settings) -> None:
    settings.JOB_SCHEDULE = {"lease": 8}
    assert kind_of(recorder.kind).lease == 8


def test_registering_the_same_work_again_changes_nothing(recorder: Recorder) -> None:
    register(recorder.kind, work=recorder.work, record=recorder.record, on_give_up=recorder.on_give_up)
    assert recorder.kind in kinds


def test_other_work_under_the_same_name_is_refused(recorder: Recorder) -> None:
    other = Recorder()
    with pytest.raises(DuplicateKind, match=r"tests\.record"):
        register(recorder.kind, work=print, record=other.record, on_give_up=other.on_give_up)


def test_an_unknown_kind_is_named_with_the_known_ones(recorder: Recorder) -> None:
    with pytest.raises(UnknownKind, match=rf"nothing.*{recorder.kind}"):
        kind_of("nothing")


def test_a_forgotten_kind_is_unknown(recorder: Recorder) -> None:
    forget(recorder.kind)
    with pytest.raises(UnknownKind):
        kind_of(recorder.kind)


def test_sweeps_are_kept_once_and_in_order() -> None:
    before = registered_sweeps()
    for sweep in (dict, list, dict):
        register_sweep(sweep)
    assert registered_sweeps() == (*before, dict, list)
    forget_sweep(dict)
    forget_sweep(list)
    assert registered_sweeps() == before
