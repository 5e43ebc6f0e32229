from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from jobs.domain.clock import database_now, instant
from jobs.models import Beat

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def stored(at: datetime | None = None, *, seconds: float = 0.0) -> datetime:
    row = Beat.objects.create(name="clock", last_success_at=instant(at, seconds=seconds))
    row.refresh_from_db()
    return row.last_success_at


def test_the_clock_is_aware_and_close_to_this_machine_s() -> None:
    assert abs(database_now() - datetime.now(UTC)) < timedelta(seconds=2)
    assert database_now().utcoffset() == timedelta(0)


def test_the_clock_goes_on_within_a_transaction() -> None:
    with transaction.atomic():
        first = database_now()
        while database_now() == first:
            pass
        assert database_now() > first


def test_an_instant_is_the_database_s_clock_to_the_millisecond() -> None:
    before = database_now()
    written = stored()
    assert before - timedelta(milliseconds=1) <= written <= database_now() + timedelta(milliseconds=1)


@pytest.mark.parametrize("seconds", [90.0, -604_800.0, 0.25])
def test_an_instant_can_be_moved(seconds: float) -> None:
    off = stored(seconds=seconds) - database_now() - timedelta(seconds=seconds)
    assert abs(off) < timedelta(seconds=1)


def test_a_given_time_is_taken_as_it_is() -> None:
    at = datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)
    assert stored(at, seconds=1.5) == at + timedelta(seconds=1.5)


def test_instants_compare_with_stored_times() -> None:
    stored()
    assert Beat.objects.filter(last_success_at__lt=instant(seconds=1)).count() == 1
    assert Beat.objects.filter(last_success_at__lt=instant(seconds=-1)).count() == 0
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_time_read_from_the_clock_has_come_a_moment_later() -> None:
    for _ in range(200):
        Beat.objects.update_or_create(name="clock", defaults={"last_success_at": database_now()})
        assert Beat.objects.filter(last_success_at__lte=instant()).exists()
