from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from pytest_django import Settings

from config import diagnosis
from jobs.domain.clock import database_now
from jobs.domain.health import SWEEPER, Health, beat
from tests.config.test_settings import PRODUCTION, python
from tests.postgres import PostgresServer
from tests.services import RedisService


def health(*, due: float = 0.0, given_up: int = 0) -> Health:
    return Health(
        live={"queued": 2, "running": 1},
        given_up={"failed": 0, "quarantined": given_up},
        oldest_due_age=due,
        sweeper_age=1.0,
        publish_errors=0,
        tallies={},
    )


@pytest.mark.django_db
def test_all_is_well_with_a_database_a_redis_and_a_sweeper(
    redis_service: RedisService,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.REDIS_URL = settings.CACHE_URL = settings.BROKER_URL = redis_service.url
    monkeypatch.setattr(diagnosis, "LITTLE_ROOM", 0)
    beat(SWEEPER)
    call_command("doctor")
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "All is well."
    subjects = ["versions", "disk", "database", "migrations", "broker", "sweeper", "queue", "given up"]
    subjects += ["clock", "sweeper's clock", "endpoints"]
    assert [line.partition(":")[0].removeprefix("ok").strip() for line in lines[:-1]] == subjects


@pytest.mark.django_db
def test_what_is_wrong_is_named_with_its_cure_and_the_exit_code_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(diagnosis, "LITTLE_ROOM", 0)
    with pytest.raises(SystemExit) as exit_code:
        call_command("doctor")
    assert exit_code.value.code == 1
    out = capsys.readouterr().out
    assert "MEND  broker: Redis does not answer: " in out
    assert "MEND  sweeper: has never run\n      → Run beside the web server, always: python manage.py sweep" in out
    assert out.splitlines()[-1] == "To mend: 2."


@pytest.mark.postgres
def test_a_database_that_takes_no_letter_beyond_ascii_is_told(tmp_path: Path, postgres_server: PostgresServer) -> None:
    postgres_server.ask("CREATE DATABASE plain ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    variables = PRODUCTION | {"DATABASE_URL": postgres_server.url_of("plain"), "REDIS_URL": "redis://127.0.0.1:1/0"}
    done = python(tmp_path, "manage.py", "doctor", **variables)
    assert (
        "MEND  database: postgresql plain keeps text as SQL_ASCII\n"
        "      → Move into one made by: createdb --encoding UTF8 --template template0\n"
    ) in done.stdout


def test_a_dead_database_is_the_only_question_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    findings = diagnosis.diagnose()
    assert [finding.subject for finding in findings] == ["versions", "disk", "database", "broker"]
    assert findings[2].words.endswith("does not answer: connection refused")
    assert not findings[2].is_well


@pytest.mark.django_db
def test_a_sweeper_that_stopped_is_told_from_one_that_runs() -> None:
    beat(SWEEPER, at=database_now() - timedelta(seconds=61))
    assert not diagnosis.sweeper(61.0).is_well
    assert diagnosis.sweeper(59.0).is_well
    assert [finding.subject for finding in diagnosis.background_work() if not finding.is_well] == ["sweeper"]


def test_work_that_waits_too_long_asks_for_a_worker() -> None:
    assert diagnosis.queue(health(due=59)).is_well
    waiting = diagnosis.queue(health(due=61))
    assert waiting.words == "2 queued, 1 running; the oldest has been due for 61 s"
    assert waiting.mend == "Start a worker: celery -A config worker"


def test_jobs_that_were_given_up_ask_for_a_person() -> None:
    assert diagnosis.quarantine(health()).is_well
    assert diagnosis.quarantine(health(given_up=1)).words == "1 jobs"
    assert not diagnosis.quarantine(health(given_up=1)).is_well
