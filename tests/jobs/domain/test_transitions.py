from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from jobs.domain import ForbiddenTransition, claim, enqueue
from jobs.domain.transitions import end, move
from jobs.models import TRANSITIONS, Job, JobState
from tests.factories import NOW
from tests.jobs.conftest import Recorder


@pytest.mark.parametrize("source", JobState)
@pytest.mark.parametrize("target", JobState)
def test_a_step_that_the_table_does_not_allow_is_refused_before_any_statement(
    source: JobState, target: JobState
) -> None:
    if target in TRANSITIONS[source]:
        return
    with pytest.raises(ForbiddenTransition, match=f"from {source.value} to {target.value}"):
        move(Job.objects.all(), sources=[source], target=target)


@pytest.mark.django_db
@pytest.mark.database
def test_ending_a_job_leaves_the_row_that_moving_it_to_done_leaves(recorder: Recorder) -> None:
    told = []
    for way in ("end", "move"):
        claimed = claim(enqueue(recorder.kind, key="a", hint=False).uuid)
        assert claimed is not None
        Job.objects.filter(pk=claimed.job_id).update(error="before")
        if way == "end":
            assert end(claimed.job_id, token=claimed.token, at=NOW)
        else:
            move(Job.objects.all(), sources=[JobState.RUNNING], target=JobState.DONE, at=NOW, error="")
        left: dict[str, Any] = dict(Job.objects.values().get())
        told.append({name: left[name] for name in left.keys() - {"id", "uuid", "created_at"}})
        Job.objects.all().delete()
    assert told[0] == told[1]
    assert told[0]["finished_at"] == NOW


@pytest.mark.django_db
@pytest.mark.database
def test_a_job_is_ended_once_and_only_by_who_holds_it(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    assert not end(job.pk, token=uuid4())
    claimed = claim(job.uuid)
    assert claimed is not None
    assert [end(job.pk, token=token) for token in (uuid4(), claimed.token, claimed.token)] == [False, True, False]
    job.refresh_from_db()
    assert (job.state, job.token, job.lease_until, job.finished_at is not None) == ("done", None, None, True)
