"""What may be kept of a job's end: results that JSON holds, errors that both databases take."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.domain import ClaimedJob, InvalidResult, claim, enqueue, fail, finish
from jobs.domain.finish import MAX_ERROR_CHARACTERS, MAX_RESULT_BYTES, storable
from jobs.domain.schedule import Schedule
from jobs.models import Job, JobState
from tests.jobs.conftest import Recorder

CIRCLE: dict[str, Any] = {}
CIRCLE["again"] = CIRCLE


@given(st.text(st.characters(), max_size=60))
def test_an_error_is_storable_and_storing_it_again_changes_nothing(text: str) -> None:
    kept = storable(text)
    assert "\0" not in kept
    assert kept.encode().decode() == kept
    assert storable(kept) == kept


@given(st.text("ab é\n", max_size=40))
def test_an_error_of_ordinary_signs_is_kept_as_it_is(text: str) -> None:
    assert storable(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("a\0b\0", "ab"),
        ("a\ud800b", "a?b"),
        ("\udfff", "?"),
        ("x" * MAX_ERROR_CHARACTERS, "x" * MAX_ERROR_CHARACTERS),
        ("x" * (MAX_ERROR_CHARACTERS + 1), "x" * (MAX_ERROR_CHARACTERS - 1) + "…"),
        ("\0" * 10 + "x" * MAX_ERROR_CHARACTERS, "x" * MAX_ERROR_CHARACTERS),
        ("é" * (MAX_ERROR_CHARACTERS + 5), "é" * (MAX_ERROR_CHARACTERS - 1) + "…"),
    ],
)
def test_an_error_at_each_border(text: str, kept: str) -> None:
    assert storable(text) == kept


@given(st.integers(1, 50), st.lists(st.floats(0.1, 999), min_size=1, max_size=5))
def test_waits_follow_the_schedule_and_repeat_its_last_step(tries: int, steps: list[float]) -> None:
    plan = Schedule(backoff=tuple(steps))
    assert plan.wait_after(tries) == (steps[tries - 1] if tries <= len(steps) else steps[-1])


def running(recorder: Recorder) -> ClaimedJob:
    claimed = claim(enqueue(recorder.kind, hint=False).uuid)
    assert claimed
    return claimed


def of_bytes(size: int) -> dict[str, str]:
    return {"a": "x" * (size - len(json.dumps({"a": ""})))}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "result",
    [
        {},
        {"a": None},
        {"a": [1, 2.5, True, "é"]},
        {"a": {"b": {"c": []}}},
        {"": 0},
        {"a": "\u2028\ufeff😀"},
        of_bytes(MAX_RESULT_BYTES),
    ],
    ids=lambda result: str(result)[:20],
)
def test_a_result_that_json_holds_is_kept_as_it_is(result: dict[str, Any], recorder: Recorder) -> None:
    claimed = running(recorder)
    finish(claimed, result)
    job = Job.objects.get(pk=claimed.job_id)
    assert (job.state, job.result) == (JobState.DONE, result)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "result",
    [
        [],
        "done",
        0,
        True,
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": {1, 2}},
        {"a": b"x"},
        {"a": object()},
        {"a": "x\0y"},
        {"a\0": 1},
        {"a": "\ud800"},
        CIRCLE,
        of_bytes(MAX_RESULT_BYTES + 1),
        {"a": "é" * MAX_RESULT_BYTES},
    ],
    ids=lambda result: str(result)[:20],
)
def test_a_result_that_cannot_be_kept_leaves_the_job_running(result: Any, recorder: Recorder) -> None:
    claimed = running(recorder)
    with pytest.raises(InvalidResult):
        finish(claimed, result)
    job = Job.objects.get(pk=claimed.job_id)
    assert (job.state, job.token, job.result) == (JobState.RUNNING, claimed.token, None)


@pytest.mark.django_db
@pytest.mark.parametrize("error", ["", "no", "a\0b", "\ud800", "x" * 5000, "<b>", "нет"])
def test_whatever_was_said_of_a_failure_is_kept_and_told_as_it_was_kept(error: str, recorder: Recorder) -> None:
    claimed = running(recorder)
    assert fail(claimed, error) is JobState.FAILED
    job = Job.objects.get(pk=claimed.job_id)
    assert job.error == storable(error)
    assert recorder.given_up == [(job.pk, storable(error))]


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["record_error", "give_up_error"])
def test_an_ending_whose_handler_fails_never_happened(ending: str, recorder: Recorder) -> None:
    claimed = running(recorder)
    setattr(recorder, ending, ZeroDivisionError("handler"))
    with pytest.raises(ZeroDivisionError):
        finish(claimed, None) if ending == "record_error" else fail(claimed, "no")
    job = Job.objects.get(pk=claimed.job_id)
    assert (job.state, job.token, job.error, job.finished_at) == (JobState.RUNNING, claimed.token, "", None)
