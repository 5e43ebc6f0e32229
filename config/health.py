"""What a load balancer asks: is this process alive, and can it serve."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.broker import is_rabbitmq
from jobs.domain import hints
from jobs.domain.health import SILENT_SECONDS, sweeper_age

_up_to_date: set[str] = set()
"""The databases that this process has found with all their migrations."""

NO_REDIS = "Redis does not answer: answers are saved and graded, more slowly."
NO_RABBITMQ = "RabbitMQ does not answer: answers are saved and graded, more slowly."
NEVER_SWEPT = "The sweeper has never run: what a crash leaves behind waits."
SILENT = "The sweeper was not heard of for {age:.0f} s: what a crash leaves behind waits."


@never_cache
@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Ready (200) means that the database answers and has the tables of this version.

    Degraded is ready too: without broker or sweeper learners read and answer as ever, so nobody is sent away. A broker
    that is away costs 0.4 s once in ten seconds. One query in a process that has found the tables up to date; two
    before.
    """
    try:
        if not _is_migrated():
            return JsonResponse({"status": "the database waits for: manage.py migrate"}, status=503)
        reasons = degraded(sweeper_age())
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "degraded", "reasons": reasons} if reasons else {"status": "ready"})


def degraded(age: float | None) -> list[str]:
    """What is not as it should be though everything is served, in sentences; `age` is the sweeper's, in seconds."""
    away = NO_RABBITMQ if is_rabbitmq(settings.BROKER_URL) else NO_REDIS
    reasons = [] if hints.waiting() is not None else [away]
    if age is None:
        return [*reasons, NEVER_SWEPT]
    return reasons if age <= SILENT_SECONDS else [*reasons, SILENT.format(age=age)]


def _is_migrated() -> bool:
    """Whether every migration that this version knows was applied. What was true once stays true."""
    database = str(connection.settings_dict["NAME"])
    if database not in _up_to_date and _newest() <= set(MigrationRecorder(connection).applied_migrations()):
        _up_to_date.add(database)
    return database in _up_to_date


@lru_cache(maxsize=1)
def _newest() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
