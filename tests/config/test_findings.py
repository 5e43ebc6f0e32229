"""What the doctor finds at each border, and what it says to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from pytest_django import Settings

from config import diagnosis
from config.diagnosis import OLDEST, Finding
from config.management.commands.doctor import Command
from jobs.domain.clock import database_now
from jobs.domain.health import Health
from quizzes.grading.similar.encoder import digest_of
from tests.hooks.hooked import make_endpoint
from tests.quizzes.grading.similar.tiny_encoder import fitted, needs_packages, tiny_encoder
from tests.services import RedisService


@pytest.fixture
def broker_url(settings: Settings) -> Iterator[Callable[[str], None]]:
    """Makes this process's Celery app ask there, as the settings would have."""
    before = current_app.conf.broker_url

    def take(url: str) -> None:
        settings.BROKER_URL = url
        current_app.conf.broker_url = current_app.conf.broker_write_url = url

    yield take
    current_app.conf.broker_url = current_app.conf.broker_write_url = before


def health(**fields: Any) -> Health:
    usual: dict[str, Any] = {
        "live": {"queued": 0, "running": 0},
        "given_up": {"failed": 0, "quarantined": 0},
        "oldest_due_age": 0.0,
        "sweeper_age": 1.0,
        "publish_errors": 0,
        "tallies": {},
    }
    return Health(**{**usual, **fields})


@pytest.mark.parametrize(
    ("age", "words", "is_well"),
    [
        (None, "has never run", False),
        (0.0, "last went through 0 s ago", True),
        (59.4, "last went through 59 s ago", True),
        (60.0, "last went through 60 s ago", True),
        (60.1, "last went through 60 s ago", False),
        (86_400.0, "last went through 86400 s ago", False),
    ],
)
def test_a_sweeper_is_well_for_a_minute(age: float | None, words: str, is_well: bool) -> None:
    found = diagnosis.sweeper(age)
    assert (found.subject, found.words, found.is_well) == ("sweeper", words, is_well)
    assert found.mend == ("" if is_well else "Run beside the web server, always: python manage.py sweep")


@pytest.mark.parametrize(
    ("live", "due", "words", "is_well"),
    [
        ({}, 0.0, "; the oldest has been due for 0 s", True),
        ({"queued": 0, "running": 0}, 0.0, "0 queued, 0 running; the oldest has been due for 0 s", True),
        ({"queued": 900, "running": 2}, 60.0, "900 queued, 2 running; the oldest has been due for 60 s", True),
        ({"queued": 1, "running": 0}, 60.5, "1 queued, 0 running; the oldest has been due for 60 s", False),
    ],
)
def test_a_queue_is_well_while_nothing_waits_for_a_minute(
    live: dict[str, int], due: float, words: str, is_well: bool
) -> None:
    found = diagnosis.queue(health(live=live, oldest_due_age=due))
    assert (found.words, found.is_well) == (words, is_well)


@pytest.mark.parametrize(
    ("given_up", "words", "is_well"),
    [
        ({}, "0 jobs", True),
        ({"failed": 0, "quarantined": 0}, "0 jobs", True),
        ({"failed": 1, "quarantined": 0}, "1 jobs", False),
        ({"failed": 2, "quarantined": 3}, "5 jobs", False),
    ],
)
def test_whatever_was_given_up_asks_for_a_person(given_up: dict[str, int], words: str, is_well: bool) -> None:
    found = diagnosis.quarantine(health(given_up=given_up))
    assert (found.subject, found.words, found.is_well) == ("given up", words, is_well)


@pytest.mark.django_db
def test_endpoints_that_fail_are_counted_and_the_longest_is_named() -> None:
    make_endpoint(failing_since=database_now())
    assert (diagnosis.endpoints().words, diagnosis.endpoints().is_well) == ("none fails", True)
    make_endpoint(failing_since=database_now() - timedelta(hours=2))
    longest = make_endpoint(failing_since=database_now() - timedelta(days=2), state="disabled")
    found = diagnosis.endpoints()
    assert found.words == f"2 fail, the longest one of the course {longest.course.slug}"
    assert found.mend == "Tell the owners of their courses, whose pages of webhooks say what comes back."


@pytest.mark.parametrize("package", ["Python", *OLDEST])
def test_the_versions_that_a_report_needs_are_named(package: str) -> None:
    found = diagnosis.versions()
    assert found.is_well
    assert f"{package} " in found.words


@pytest.mark.parametrize(
    ("error", "words"),
    [(OperationalError("no route"), "does not answer: no route"), (DatabaseError("odd"), "does not answer: odd")],
)
def test_a_database_that_does_not_answer_says_where_to_look(
    monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def refuse() -> None:
        raise error

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    found = diagnosis.database()
    assert found.words.endswith(words)
    assert found.mend == "Start the database, or correct DATABASE_URL (by default a file in DATA_DIR)."


@pytest.mark.django_db
@pytest.mark.parametrize(("oldest", "is_well"), [((3, 35, 0), True), ((99, 0, 0), False)])
def test_an_sqlite_older_than_needed_is_told(
    monkeypatch: pytest.MonkeyPatch, oldest: tuple[int, int, int], is_well: bool
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this says something about SQLite alone")
    monkeypatch.setattr(diagnosis, "OLDEST_SQLITE", oldest)
    assert diagnosis.database().is_well is is_well


@pytest.mark.django_db
def test_a_migrated_database_has_nothing_waiting() -> None:
    assert diagnosis.migrations() == Finding("migrations", "all applied")


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///nowhere/redis.sock", "redis://127.0.0.1:1/0?db=3"])
def test_a_redis_that_is_away_costs_speed_and_no_answer(settings: Settings, url: str) -> None:
    settings.REDIS_URL = settings.BROKER_URL = url
    found = diagnosis.broker()
    assert found.words.startswith("Redis does not answer: ")
    assert found.mend.startswith("Start Redis or correct REDIS_URL.")
    assert found.mend.endswith("no answer is lost.")


def test_a_rabbitmq_that_is_away_is_called_by_its_name(settings: Settings, broker_url: Callable[[str], None]) -> None:
    broker_url("amqp://postil:hunter2@127.0.0.1:1/postil")
    found = diagnosis.broker()
    assert found.words.startswith("RabbitMQ does not answer as it should: ")
    assert found.mend.startswith("Start RabbitMQ or correct POSTIL_BROKER_URL.")
    assert "hunter2" not in found.words


@pytest.mark.parametrize("is_broker", [True, False])
def test_a_redis_that_only_counts_throttles_is_asked_by_itself(
    settings: Settings, redis_service: RedisService, *, is_broker: bool
) -> None:
    settings.CACHE_URL = redis_service.url
    settings.BROKER_URL = redis_service.url if is_broker else settings.REDIS_URL
    subjects = [finding.subject for finding in diagnosis.brokers()]
    assert subjects == (["broker"] if is_broker else ["broker", "throttles"])
    assert diagnosis.throttles() == Finding("throttles", "Redis answers")


def test_throttles_without_their_redis_are_told_with_what_follows(settings: Settings) -> None:
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    found = diagnosis.throttles()
    assert found.words.startswith("Redis does not answer: ")
    assert found.mend.endswith("Until then each process counts for itself.")


@pytest.mark.parametrize(
    ("said", "numbers"),
    [("5.2.19", (5, 2)), ("5.7.0rc1", (5, 7)), ("7", (7,)), ("10.0", (10, 0)), ("2.8.1.post1", (2, 8))],
)
def test_a_version_is_compared_by_its_first_two_numbers(said: str, numbers: tuple[int, ...]) -> None:
    assert diagnosis._numbers(said) == numbers


def test_a_package_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(diagnosis.OLDEST, "celery", (99, 0))
    assert diagnosis.versions().mend == "Too old: celery. Install requirements/prod.txt."


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(("oldest", "is_well"), [(140_000, True), (990_000, False)])
def test_a_postgresql_older_than_needed_is_told(monkeypatch: pytest.MonkeyPatch, oldest: int, is_well: bool) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("this says something about PostgreSQL alone")
    monkeypatch.setattr(diagnosis, "OLDEST_POSTGRESQL", oldest)
    assert diagnosis.database().is_well is is_well


@pytest.mark.parametrize(("free", "is_well"), [(1_000, True), (100, True), (99, False), (0, False)])
def test_a_disk_that_is_nearly_full_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, is_well: bool
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: (1_000, 1_000 - free, free))
    found = diagnosis.room()
    assert (found.subject, found.is_well) == ("disk", is_well)
    assert found.words.endswith(f"GB are free for {settings.DATA_DIR}")


@pytest.mark.parametrize(
    ("ahead", "words", "is_well"),
    [
        (None, "is not known before its first pass", True),
        (0.0, "0.0 s behind the database's", True),
        (1.94, "1.9 s ahead of the database's", True),
        (-1.94, "1.9 s behind the database's", True),
        (2.1, "2.1 s ahead of the database's", False),
        (-7_200.0, "7200.0 s behind the database's", False),
    ],
)
def test_a_sweeper_s_clock_is_well_within_two_seconds(ahead: float | None, words: str, is_well: bool) -> None:
    found = diagnosis.sweepers_clock(ahead)
    assert (found.words, found.is_well) == (words, is_well)


@pytest.mark.django_db
def test_a_clock_beside_its_database_is_well() -> None:
    found = diagnosis.clock()
    assert found.is_well
    assert found.words.endswith(" s apart from the database's")


@pytest.mark.parametrize(
    ("finding", "lines"),
    [
        (Finding("redis", "answers"), ["ok    redis: answers"]),
        (
            Finding("redis", "does not answer", "Start Redis."),
            ["MEND  redis: does not answer", "      → Start Redis."],
        ),
    ],
)
def test_a_finding_is_a_line_and_its_cure_another(finding: Finding, lines: list[str]) -> None:
    out = StringIO()
    Command(stdout=out).show(finding)
    assert out.getvalue().splitlines() == lines


@pytest.mark.django_db
def test_the_doctor_counts_what_is_to_mend() -> None:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)
    ill = [line for line in out.getvalue().splitlines() if line.startswith("MEND")]
    assert out.getvalue().splitlines()[-1] == f"To mend: {len(ill)}."
    assert len(ill) >= 2


def test_an_encoder_that_cannot_be_used_is_told_with_its_cure(settings: Settings, tmp_path: Path) -> None:
    settings.ENCODER = {"folder": str(tmp_path), "digest": "0" * 64}
    found = diagnosis.encoder()
    assert (found.subject, found.words, found.is_well) == ("encoder", "cannot be used", False)
    assert found.mend == f"The encoder has no file {tmp_path / 'model.onnx'}. Put it there, or unset POSTIL_ENCODER."


@needs_packages
def test_an_encoder_that_was_fitted_is_ready(settings: Settings, tmp_path: Path) -> None:
    folder = fitted(tiny_encoder(tmp_path))
    settings.ENCODER = {"folder": str(folder), "digest": digest_of(folder)}
    assert diagnosis.encoder() == Finding("encoder", f"ready in {folder}")


@pytest.mark.django_db
@pytest.mark.parametrize("is_on", [True, False])
def test_the_encoder_is_looked_at_only_where_there_is_one(settings: Settings, tmp_path: Path, is_on: bool) -> None:
    settings.ENCODER = {"folder": str(tmp_path), "digest": "0" * 64} if is_on else {}
    assert ("encoder" in [found.subject for found in diagnosis.diagnose()]) is is_on
