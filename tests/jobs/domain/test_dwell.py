"""How long urgent work waited is added up once, whenever and by however many it is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.domain import claim, database_now, enqueue, finish, forget, register
from jobs.domain.dwell import BOUNDS, SETTLED_SECONDS, Dwell, count_dwell, dwell_of
from jobs.domain.tallies import tallies
from jobs.models import Beat, Job
from tests.jobs.conftest import Recorder
from tests.jobs.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

URGENT = "tests.urgent"
NONE = Dwell(within=dict.fromkeys(BOUNDS, 0), done=0, tries=0, seconds=0.0)


@pytest.fixture(autouse=True)
def urgent(nobody_else: None, recorder: Recorder) -> Iterator[None]:
    register(URGENT, work=recorder.work, record=recorder.record, on_give_up=recorder.on_give_up, is_urgent=True)
    yield
    forget(URGENT)


def done(*waits: float, kind: str = URGENT, at: datetime) -> None:
    """Jobs that were put in so many seconds before they were done, at `at`."""
    for wait in waits:
        claimed = claim(enqueue(kind, hint=False).uuid)
        assert claimed is not None
        finish(claimed, None)
        Job.objects.filter(pk=claimed.job_id).update(created_at=at - timedelta(seconds=wait), finished_at=at)


def counted() -> Dwell:
    return dwell_of(URGENT, tallies())


@pytest.fixture
def now() -> datetime:
    """Counting has begun an hour ago."""
    moment = database_now()
    count_dwell(moment - timedelta(hours=1))
    return moment


def later(now: datetime, seconds: float = 60) -> datetime:
    return now + timedelta(seconds=seconds)


def test_what_was_done_before_anybody_counted_is_not_counted() -> None:
    now = database_now()
    done(1.0, at=now - timedelta(minutes=5))
    count_dwell(now)
    assert counted() == NONE


@pytest.mark.parametrize(
    ("waits", "within"),
    [
        ([0.0], [1, 1, 1, 1, 1, 1, 1, 1]),
        ([1.0], [1, 1, 1, 1, 1, 1, 1, 1]),
        ([1.001], [0, 1, 1, 1, 1, 1, 1, 1]),
        ([0.5, 4, 59, 61], [1, 1, 2, 2, 2, 3, 4, 4]),
        ([1801], [0, 0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_a_wait_is_within_every_bound_from_its_own_on(
    now: datetime, waits: Sequence[float], within: Sequence[int]
) -> None:
    done(*waits, at=now)
    count_dwell(later(now))
    assert counted() == Dwell(
        within=dict(zip(BOUNDS, within, strict=True)), done=len(waits), tries=len(waits), seconds=sum(waits)
    )


def test_counting_again_counts_only_what_is_new(now: datetime) -> None:
    done(1.0, at=now)
    for seconds in (60, 60, 61, 90):
        count_dwell(later(now, seconds))
    assert counted().done == 1
    done(2.0, 3.0, at=later(now, 85))
    count_dwell(later(now, 120))
    assert counted().done == 3


def test_what_is_just_done_is_counted_next_time(now: datetime) -> None:
    done(1.0, at=later(now, 60 - SETTLED_SECONDS / 2))
    count_dwell(later(now, 60))
    assert counted() == NONE
    count_dwell(later(now, 60 + SETTLED_SECONDS))
    assert counted().done == 1


def test_a_clock_that_goes_back_counts_nothing_twice(now: datetime) -> None:
    done(1.0, at=now)
    count_dwell(later(now))
    count_dwell(now - timedelta(hours=2))
    count_dwell(later(now, 61))
    assert counted().done == 1


def test_work_that_nobody_waits_for_is_not_counted(now: datetime, recorder: Recorder) -> None:
    done(1.0, kind=recorder.kind, at=now)
    count_dwell(later(now))
    assert dwell_of(recorder.kind, tallies()) == NONE


def test_where_nothing_is_urgent_nothing_is_asked() -> None:
    forget(URGENT)
    with CaptureQueriesContext(connection) as queries:
        count_dwell()
    assert len(queries) == 0
    assert not Beat.objects.exists()


def test_a_job_that_took_three_tries_counts_them(now: datetime) -> None:
    done(1.0, at=now)
    Job.objects.update(tries=3)
    count_dwell(later(now))
    assert (counted().done, counted().tries) == (1, 3)


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_count_once(now: datetime) -> None:
    done(1.0, 2.0, at=now)
    at_once(lambda: count_dwell(later(now)), times=4)
    assert counted().done == 2
