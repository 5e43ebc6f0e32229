"""What can be wrong with an installation, how to see it and how to mend it."""

from __future__ import annotations

import platform
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version

import redis
from amqp import AMQPError, NotFound
from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from config.broker import is_rabbitmq, name_of
from hooks.domain.failing import failing_endpoints
from jobs.domain.clock import database_now
from jobs.domain.health import SILENT_SECONDS, SWEEPER, Health, clock_ahead, health
from quizzes.grading.similar.encoder import EncoderUnavailable, encoder_in

WAITING_SECONDS = 60.0
SKEW_SECONDS = 2.0
OLDEST_SQLITE = (3, 35, 0)
OLDEST_POSTGRESQL = 140_000
"""As PostgreSQL counts its versions: 14.0."""
OLDEST = {"django": (5, 2), "celery": (5, 7), "kombu": (5, 7), "redis": (7, 0), "granian": (2, 8)}
LITTLE_ROOM, ENOUGH_ROOM = 0.1, 10_000_000_000
"""Less than this share of a disk is too little, unless it is so many bytes."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `mend` says what to do and is empty when all is well."""

    subject: str
    words: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        return not self.mend


def diagnose() -> list[Finding]:
    """Every finding, the things others depend on first. Where the database does not answer, nothing else is asked."""
    findings = [versions(), room(), database()]
    if findings[-1].is_well:
        findings.append(migrations())
    findings += brokers()
    if all(finding.is_well for finding in findings[2:4]):
        findings += background_work()
    if settings.ENCODER:
        findings.append(encoder())
    return findings


def versions() -> Finding:
    words = ", ".join(f"{name} {version(name)}" for name in OLDEST)
    old = [name for name, oldest in OLDEST.items() if _numbers(version(name)) < oldest]
    mend = f"Too old: {', '.join(old)}. Install requirements/prod.txt." if old else ""
    return Finding("versions", f"Python {platform.python_version()}, {words}", mend)


def _numbers(said: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


def database() -> Finding:
    """Whether the database answers; where SQLite is too old for what is asked of it, that too."""
    name = f"{connection.vendor} {connection.settings_dict['NAME']}"
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        mend = "Start the database, or correct DATABASE_URL (by default a file in DATA_DIR)."
        return Finding("database", f"{name} does not answer: {error}", mend)
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return Finding(
            "database", f"SQLite {sqlite3.sqlite_version} is too old", "Use a Python built with 3.35 or later."
        )
    found = int(getattr(connection, "pg_version", OLDEST_POSTGRESQL))
    if found < OLDEST_POSTGRESQL:
        return Finding("database", f"PostgreSQL {found // 10_000} is too old", "Use 14 or later.")
    return encoding(name)


def encoding(name: str) -> Finding:
    """Whether the database takes every letter. One made on a machine without a locale takes ASCII alone."""
    kept_as = "UTF8"
    if connection.vendor == "postgresql":
        kept_as = connection.connection.info.parameter_status("server_encoding") or kept_as
    if kept_as != "UTF8":
        mend = "Move into one made by: createdb --encoding UTF8 --template template0"
        return Finding("database", f"{name} keeps text as {kept_as}", mend)
    return Finding("database", f"{name} answers")


def room() -> Finding:
    """How much of the disk is free where Postil keeps its files, the SQLite database among them."""
    total, _, free = shutil.disk_usage(settings.DATA_DIR)
    mend = (
        "Make room: a full disk refuses every answer until there is some."
        if free < min(LITTLE_ROOM * total, ENOUGH_ROOM)
        else ""
    )
    return Finding("disk", f"{free / 1e9:.1f} of {total / 1e9:.1f} GB are free for {settings.DATA_DIR}", mend)


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        words = f"{len(waiting)} waiting, the first is {waiting[0][0]}"
        return Finding("migrations", words, "Run: python manage.py migrate")
    return Finding("migrations", "all applied")


def encoder() -> Finding:
    """Whether the sentence encoder that is asked for can be used; without it no free text is graded."""
    try:
        encoder_in(**settings.ENCODER)
    except EncoderUnavailable as error:
        return Finding("encoder", "cannot be used", str(error))
    return Finding("encoder", f"ready in {settings.ENCODER['folder']}")


def brokers() -> list[Finding]:
    """What is asked beside the database: what wakes workers, and what counts throttles where it is another."""
    return [broker()] if settings.CACHE_URL == settings.BROKER_URL else [broker(), throttles()]


def broker() -> Finding:
    """Whether workers can be woken. Nothing is lost without; grading is slower."""
    name = name_of(settings.BROKER_URL)
    wrong = wrong_with_rabbitmq() if is_rabbitmq(settings.BROKER_URL) else wrong_with_redis(settings.BROKER_URL)
    if wrong:
        where = "REDIS_URL" if settings.BROKER_URL == settings.REDIS_URL else "POSTIL_BROKER_URL"
        mend = f"Start {name} or correct {where}. Until then the sweeper grades, more slowly; no answer is lost."
        return Finding("broker", f"{name} {wrong}", mend)
    return Finding("broker", f"{name} answers")


def throttles() -> Finding:
    """Whether calls and passwords are counted in one place for all processes, where that is not the broker."""
    wrong = wrong_with_redis(settings.CACHE_URL)
    if wrong:
        mend = (
            "Start Redis or correct POSTIL_CACHE_URL, by default REDIS_URL. Until then each process counts for itself."
        )
        return Finding("throttles", f"Redis {wrong}", mend)
    return Finding("throttles", "Redis answers")


def wrong_with_redis(url: str) -> str:
    """Why the Redis at this address is of no use; "" when it answers."""
    client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))
    try:
        client.ping()
    except (RedisError, OSError) as error:
        return f"does not answer: {error}"
    finally:
        client.close()
    return ""


def wrong_with_rabbitmq() -> str:
    """Why workers cannot be woken through RabbitMQ; "" when they can, or could once a first of them has begun."""
    waits = {"connect_timeout": 1, "read_timeout": 1, "write_timeout": 1, "max_retries": 0}
    connection = current_app.connection_for_write(transport_options=waits)
    queue = current_app.amqp.queues[current_app.conf.task_default_queue]
    try:
        with connection.channel() as channel, suppress(NotFound):
            queue(channel).queue_declare(passive=True)
            # It is there, so this makes none: it asks whether it is of the type that workers will ask for.
            queue(channel).queue_declare()
    except (AMQPError, BrokerError, OSError) as error:
        return f"does not answer as it should: {error}"
    finally:
        connection.collect()
    return ""


def background_work() -> Iterator[Finding]:
    found = health()
    yield sweeper(found.sweeper_age)
    yield queue(found)
    yield quarantine(found)
    yield clock()
    yield sweepers_clock(clock_ahead(SWEEPER))
    yield endpoints()


def sweeper(age: float | None) -> Finding:
    mend = "Run beside the web server, always: python manage.py sweep"
    if age is None:
        return Finding("sweeper", "has never run", mend)
    return Finding("sweeper", f"last went through {age:.0f} s ago", mend if age > SILENT_SECONDS else "")


def queue(found: Health) -> Finding:
    states = ", ".join(f"{count} {state}" for state, count in found.live.items())
    words = f"{states}; the oldest has been due for {found.oldest_due_age:.0f} s"
    mend = "Start a worker: celery -A config worker" if found.oldest_due_age > WAITING_SECONDS else ""
    return Finding("queue", words, mend)


def quarantine(found: Health) -> Finding:
    count = sum(found.given_up.values())
    mend = "Read their errors in the log. Once the cause is gone: manage.py grade_again" if count else ""
    return Finding("given up", f"{count} jobs", mend)


def clock() -> Finding:
    """Leases and deadlines go by the database's clock; a web server far from it shows wrong times."""
    skew = abs((timezone.now() - database_now()).total_seconds())
    mend = "Synchronise the clocks of this machine and of the database (NTP)." if skew > SKEW_SECONDS else ""
    return Finding("clock", f"{skew:.1f} s apart from the database's", mend)


def endpoints() -> Finding:
    """Whether other systems take what courses tell them. The one that fails longest is named by its course."""
    failing = list(failing_endpoints(at=database_now()))
    if not failing:
        return Finding("endpoints", "none fails")
    words = f"{len(failing)} fail, the longest one of the course {failing[0].course.slug}"
    return Finding("endpoints", words, "Tell the owners of their courses, whose pages of webhooks say what comes back.")


def sweepers_clock(ahead: float | None) -> Finding:
    """The same of the machine on which the sweeper runs, `ahead` by so many seconds; it may be another one."""
    if ahead is None:
        return Finding("sweeper's clock", "is not known before its first pass")
    mend = "Synchronise the clock of the sweeper's machine (NTP)." if abs(ahead) > SKEW_SECONDS else ""
    return Finding(
        "sweeper's clock", f"{abs(ahead):.1f} s {'ahead of' if ahead > 0 else 'behind'} the database's", mend
    )
