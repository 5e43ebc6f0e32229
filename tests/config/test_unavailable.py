"""The database says no: people and programs are told in their manner, and nothing is lost or stored by half."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client

from config.faults import is_passing
from jobs.domain import database_now, run_job, sweep
from jobs.models import Job, JobState
from quizzes.models import Attempt, GradingEvent, Response
from tests.factories import make_person
from tests.web.api.callers import Caller, told
from tests.web.learner.sittings import RIGHT, Sitting, sequences

TOLD = (503, "unavailable", "This cannot be stored or looked up right now. Nothing was changed; try again.")
ROOM_FOR_AN_ANSWER = "the wall " * 900
"""Longer than the pages that the database has left over."""


def of_sqlite(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "cause", "passes"),
    [
        (OperationalError("database is locked"), of_sqlite("SQLITE_BUSY"), True),
        (OperationalError("database is locked"), of_sqlite("SQLITE_BUSY_SNAPSHOT"), True),
        (OperationalError("database or disk is full"), of_sqlite("SQLITE_FULL"), True),
        (OperationalError("disk I/O error"), of_sqlite("SQLITE_IOERR_WRITE"), True),
        (OperationalError("no such table: x"), of_sqlite("SQLITE_ERROR"), False),
        (OperationalError("no space left"), psycopg.errors.DiskFull(), True),
        (OperationalError("starting up"), psycopg.errors.CannotConnectNow(), True),
        (OperationalError("connection refused"), None, True),
        (InterfaceError("connection already closed"), None, True),
        (IntegrityError("check"), None, False),
        (DataError("too long"), None, False),
        (ValueError("database is locked"), of_sqlite("SQLITE_BUSY"), False),
        (None, None, False),
    ],
)
def test_what_passes_is_told_from_what_is_wrong(
    error: BaseException | None, cause: BaseException | None, passes: bool
) -> None:
    if error is not None:
        error.__cause__ = cause
    assert is_passing(error) is passes


def refuse(*_: Any, **__: Any) -> Any:
    raise OperationalError("connection refused")


@pytest.mark.django_db
def test_a_program_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller(make_person())
    monkeypatch.setattr("web.api.views.courses.courses_readable_by", refuse)
    answer = caller.get("courses/")
    assert (told(answer), answer["Retry-After"]) == (TOLD, "5")
    assert "refused" not in answer.content.decode()


def test_a_database_that_is_away_is_a_page_that_asks_it_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(connection, "cursor", refuse)
    answer = Client(raise_request_exception=False).get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "This is not possible right now" in answer.content.decode()
    assert "refused" not in answer.content.decode()


@pytest.fixture
def sitting() -> Sitting:
    """Somebody in the midst of answering, whose first words are kept."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite alone can be filled and locked by a test; PostgreSQL's errors are in the table above")
    made = Sitting(Client(raise_request_exception=False))
    made.start()
    assert made.put(4, {"answer": "first words", "sequence": 0}).status_code == 200
    return made


@contextmanager
def locked() -> Iterator[None]:
    """Another process writes for longer than anybody waits."""
    other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    connection.cursor().execute("PRAGMA busy_timeout = 20")
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()
        connection.cursor().execute("PRAGMA busy_timeout = 20000")


@contextmanager
def full() -> Iterator[None]:
    """The database may not become larger than it is."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def kept(position: int = 4) -> tuple[Any, int]:
    found = Response.objects.get(position=position)
    return found.answer, found.sequence


faults = pytest.mark.parametrize("fault", [locked, full], ids=["locked", "full"])
on_disk = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.once]


class TestSaving:
    pytestmark = on_disk

    @faults
    def test_a_save_that_is_refused_changes_nothing_and_comes_again(self, sitting: Sitting, fault: Any) -> None:
        with fault():
            answer = sitting.put(4, {"answer": ROOM_FOR_AN_ANSWER, "sequence": 1})
            assert (answer.status_code, answer["Retry-After"]) == (503, "5")
            assert kept() == ("first words", 1)
        assert sitting.put(4, {"answer": ROOM_FOR_AN_ANSWER, "sequence": 1}).status_code == 200
        assert kept() == (ROOM_FOR_AN_ANSWER, 2)

    def test_a_form_without_scripts_is_told_on_a_page(self, sitting: Sitting) -> None:
        with locked():
            answer = sitting.save({**RIGHT, **sequences(6), "answer-4": "later words", "sequence-4": "1"})
            assert answer.status_code == 503
            assert "Nothing of this last step was stored" in answer.content.decode()
        assert kept() == ("first words", 1)
        assert Response.objects.filter(sequence__gt=0).count() == 1

    def test_a_submit_on_a_locked_database_is_not_done_and_can_be_done(self, sitting: Sitting) -> None:
        with locked():
            assert sitting.client.post(f"{sitting.address}submit/").status_code == 503
        assert (sitting.attempt.submitted_at, Job.objects.count()) == (None, 0)
        assert sitting.client.post(f"{sitting.address}submit/").status_code == 303
        assert Job.objects.count() == 1

    def test_reading_goes_on_while_somebody_writes(self, sitting: Sitting) -> None:
        with locked():
            assert sitting.client.get(sitting.address).status_code == 200


class TestGrading:
    pytestmark = on_disk

    @faults
    def test_a_grade_that_cannot_be_stored_is_given_once_there_is_room(self, sitting: Sitting, fault: Any) -> None:
        sitting.client.post(f"{sitting.address}submit/")
        job = Job.objects.get(kind="grade_attempt")
        with fault():
            try:
                run_job(job.uuid)
            except OperationalError:
                assert fault is locked
        now = database_now()
        Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(next_try_at=now)
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(lease_until=now)
        sweep()
        run_job(job.uuid)
        assert Job.objects.get(pk=job.pk).state == JobState.DONE
        assert Attempt.objects.get().graded_at is not None
        assert GradingEvent.objects.count() == Response.objects.count()
