from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint

from jobs.models import LIVE, OVER, TRANSITIONS, Job, JobState

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
COLUMNS: dict[JobState, dict[str, Any]] = {
    JobState.QUEUED: {"next_try_at": NOW},
    JobState.RUNNING: {"lease_until": NOW, "token": uuid4()},
    **{state: {"finished_at": NOW} for state in OVER},
}


def make(state: JobState, **columns: Any) -> Job:
    return Job.objects.create(
        **{"kind": "k", "key": str(uuid4()), "state": state, "created_at": NOW} | COLUMNS[state] | columns
    )


@pytest.mark.parametrize("state", JobState)
def test_a_job_in_each_state_is_stored_with_exactly_its_columns(state: JobState) -> None:
    assert make(state).state == state


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize("column", ["next_try_at", "lease_until", "token", "finished_at"])
def test_a_column_of_another_state_is_refused(state: JobState, column: str) -> None:
    value = None if column in COLUMNS[state] else uuid4() if column == "token" else NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        make(state, **{column: value})


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="k", key="a", state="asleep", created_at=NOW, finished_at=NOW)


def test_progress_beyond_the_total_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(JobState.DONE, current=3, total=2)


@pytest.mark.parametrize("state", LIVE)
def test_a_second_live_job_of_the_same_kind_and_key_is_refused(state: JobState) -> None:
    first = make(state)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(JobState.QUEUED, key=first.key)


@pytest.mark.parametrize("state", OVER)
def test_a_job_that_is_over_leaves_its_key_free(state: JobState) -> None:
    first = make(state)
    assert make(JobState.QUEUED, key=first.key).key == first.key


def test_every_choices_field_of_this_app_has_a_check_constraint() -> None:
    for model in apps.get_app_config("jobs").get_models():
        checked = " ".join(str(c.condition) for c in model._meta.constraints if isinstance(c, CheckConstraint))
        assert [f.name for f in model._meta.fields if f.choices and f.name not in checked] == []


def test_the_table_of_transitions_names_every_state_once() -> None:
    assert set(TRANSITIONS) == set(JobState)
    assert set(LIVE) | set(OVER) == set(JobState)


def test_done_and_cancelled_are_final() -> None:
    assert [state for state in JobState if not TRANSITIONS[state]] == [JobState.DONE, JobState.CANCELLED]


def test_a_job_names_its_kind_key_and_state() -> None:
    assert str(Job(kind="grade", key="a1", state=JobState.QUEUED)) == "grade a1 (queued)"
