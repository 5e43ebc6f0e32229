"""What a Prometheus is given, and who is given it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from config.counters import Autosaves, autosaves
from jobs.domain import claim, database_now, fail, run_job, sweep
from jobs.domain.health import SWEEPER, beat
from jobs.domain.tallies import tally
from jobs.models import Job
from quizzes.models import Attempt
from tests.quality.documents import codes, page
from tests.quizzes.domain.test_grading_again import submitted

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAMES = """
    autosave_409_total autosave_fail_total broker_messages broker_up expired_total failed_total fenced_total
    grading_attempts_total grading_dwell_seconds inline_total jobs oldest_due_age_seconds oldest_ungraded_age_seconds
    publish_errors_total quarantined_total rehint_total sweeper_age_seconds
    sweeper_last_success_timestamp_seconds sweeper_silent ungraded_total
""".split()
RARE = [
    ("fenced", "fenced_total"),
    ("expired", "expired_total"),
    ("hinted again", "rehint_total"),
    ("run inline", "inline_total"),
    ("quarantined", "quarantined_total"),
    ("failed", "failed_total"),
]


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    autosaves.__init__()  # type: ignore[misc]  # -- as a new process has them
    yield
    autosaves.__init__()  # type: ignore[misc]  # -- as above


def figures(client: Client) -> dict[str, float]:
    """Each figure by its name without the prefix, labels included."""
    lines = client.get("/metrics").content.decode().splitlines()
    told = [line.removeprefix("postil_").rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _, value in told}


def test_every_metric_is_there_once_and_described(client: Client) -> None:
    beat(SWEEPER)
    response = client.get("/metrics")
    said = re.findall(r"^# TYPE postil_(\S+) ", response.content.decode(), flags=re.MULTILINE)
    assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    # No broker answers here, so nobody knows how many messages it has.
    assert sorted([*said, "broker_messages"]) == NAMES
    described = codes(page("docs/operations.md").partition("## Metrics")[2].partition("\n## ")[0])
    assert {f"postil_{name}" for name in NAMES} <= set(described)


def test_nothing_ungraded_is_told_as_nothing(client: Client) -> None:
    found = figures(client)
    assert {name: value for name, value in found.items() if name.startswith("ungraded_total")} == {
        'ungraded_total{state="pending"}': 0,
        'ungraded_total{state="pending_manual"}': 0,
        'ungraded_total{state="failed"}': 0,
    }
    assert (found["oldest_ungraded_age_seconds"], found["oldest_due_age_seconds"]) == (0, 0)


def test_a_submitted_attempt_is_counted_until_it_is_graded(client: Client) -> None:
    submitted()
    Job.objects.update(created_at=database_now() - timedelta(seconds=90))

    waiting = figures(client)
    assert waiting['ungraded_total{state="pending"}'] == 2
    assert 90 <= waiting["oldest_ungraded_age_seconds"] < 100

    run_job(Job.objects.get().uuid)
    graded = figures(client)
    assert (graded['ungraded_total{state="pending"}'], graded["oldest_ungraded_age_seconds"]) == (0, 0)


def test_an_answer_whose_job_vanished_waits_since_it_was_submitted(client: Client) -> None:
    attempt = submitted()
    Job.objects.all().delete()
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=database_now() - timedelta(seconds=300))
    assert 300 <= figures(client)["oldest_ungraded_age_seconds"] < 310


def test_what_could_not_be_graded_is_told_apart(client: Client) -> None:
    submitted()
    claimed = claim(Job.objects.get().uuid)
    assert claimed is not None
    fail(claimed, "The disk was full.")
    found = figures(client)
    assert (found['ungraded_total{state="failed"}'], found['jobs{state="failed"}'], found["failed_total"]) == (2, 1, 1)


def test_how_long_grading_took_is_there_once_the_sweeper_has_counted(client: Client) -> None:
    sweep(at=database_now() - timedelta(hours=1))
    submitted()
    run_job(Job.objects.get().uuid)
    now = database_now()
    Job.objects.update(created_at=now - timedelta(seconds=8), finished_at=now - timedelta(seconds=1))
    sweep(at=now + timedelta(seconds=60))
    found = figures(client)
    assert found['grading_dwell_seconds_bucket{le="5"}'] == 0
    assert found['grading_dwell_seconds_bucket{le="10"}'] == 1
    assert found['grading_dwell_seconds_bucket{le="+Inf"}'] == found["grading_dwell_seconds_count"] == 1
    assert (found["grading_dwell_seconds_sum"], found["grading_attempts_total"]) == (7, 1)


@pytest.mark.parametrize(("name", "metric"), RARE)
def test_what_is_rare_is_counted_over_all_processes(client: Client, name: str, metric: str) -> None:
    assert figures(client)[metric] == 0
    tally(name, by=3)
    assert figures(client)[metric] == 3


@pytest.mark.promise(17)
@pytest.mark.parametrize(("seconds", "is_silent"), [(0, 0), (55, 0), (61, 1), (86_400, 1)])
def test_a_sweeper_is_silent_after_a_minute(client: Client, seconds: int, is_silent: int) -> None:
    last = database_now() - timedelta(seconds=seconds)
    beat(SWEEPER, at=last)
    found = figures(client)
    assert found["sweeper_silent"] == is_silent
    assert seconds <= found["sweeper_age_seconds"] < seconds + 5
    assert abs(found["sweeper_last_success_timestamp_seconds"] - last.timestamp()) < 0.01


def test_a_sweeper_that_never_ran_is_silent_and_has_no_age(client: Client) -> None:
    found = figures(client)
    assert found["sweeper_silent"] == 1
    assert "sweeper_age_seconds" not in found


def test_a_broker_that_is_away_is_told_in_time(client: Client) -> None:
    found = figures(client)
    assert found["broker_up"] == 0
    assert "broker_messages" not in found


def test_what_many_rows_cost_is_what_none_cost(client: Client) -> None:
    submitted()
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            figures(client)
        costs.append(len(queries))
        for _ in range(3):
            submitted()
    assert costs == [8, 8]


@pytest.mark.parametrize(
    ("status", "stale", "failed"), [(200, 0, 0), (302, 0, 0), (404, 0, 0), (409, 1, 0), (422, 0, 0), (500, 0, 1)]
)
def test_only_conflicts_and_our_faults_are_counted(status: int, stale: int, failed: int) -> None:
    counted = Autosaves()
    counted.count(status)
    assert (counted.stale, counted.failed) == (stale, failed)


@pytest.mark.parametrize(
    ("networks", "remote", "status"),
    [
        (["127.0.0.1", "::1"], "127.0.0.1", 200),
        (["127.0.0.1", "::1"], "::1", 200),
        (["127.0.0.1", "::1"], "203.0.113.7", 404),
        (["10.0.0.0/8"], "10.20.30.40", 200),
        (["10.0.0.0/8"], "127.0.0.1", 404),
        ([], "127.0.0.1", 404),
        (["127.0.0.1"], "", 404),
        (["127.0.0.1"], "nobody", 404),
    ],
)
def test_only_allowed_networks_are_answered(
    client: Client, settings: Settings, networks: list[str], remote: str, status: int
) -> None:
    settings.METRICS_FROM = networks
    assert client.get("/metrics", REMOTE_ADDR=remote).status_code == status


@pytest.mark.parametrize(
    ("token", "said", "status"),
    [
        ("s3cret", "Bearer s3cret", 200),
        ("s3cret", "Bearer s3cre", 404),
        ("s3cret", "Bearer s3cret ", 404),
        ("s3cret", "s3cret", 404),
        ("s3cret", "", 404),
        ("s3cret", "Bearer é", 404),
        ("", "Bearer ", 404),
        ("", "Bearer s3cret", 404),
    ],
)
def test_the_token_lets_in_from_anywhere(
    client: Client, settings: Settings, token: str, said: str, status: int
) -> None:
    settings.METRICS_TOKEN = token
    response = client.get("/metrics", REMOTE_ADDR="203.0.113.7", HTTP_AUTHORIZATION=said)
    assert response.status_code == status


def test_who_comes_through_the_proxy_is_not_taken_for_the_proxy(client: Client) -> None:
    through = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    assert client.get("/metrics", **through).status_code == 404  # type: ignore[arg-type]  # -- headers


def test_only_safe_methods_are_answered(client: Client) -> None:
    assert client.post("/metrics").status_code == 405
