"""Postil and the reference, each running on loopback with a database of its own until the run ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.benchmarks.course import for_reference
from config.benchmarks.inside import call_inside
from config.demo import BASE_DIR, is_served, programs
from config.processes.child import Program
from config.processes.redis import answers, free_port, private_redis
from config.processes.supervisor import Supervisor

REFERENCE = "tests.benchmarks.reference"
START_SECONDS = 60.0


@dataclass(frozen=True)
class Site:
    """`roots` are the processes, by name, whose work, with all below them, is what the site costs."""

    name: str
    port: int
    roots: Mapping[str, int]
    seeded: Mapping[str, Any]
    environment: Mapping[str, str]


def environment_of(folder: Path, *, database_url: str, **more: str) -> dict[str, str]:
    """Nothing of the installation this runs in decides a figure."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": "only-for-a-benchmark-" + "x" * 40,
        "PYTHONPATH": str(BASE_DIR),
        "PYTHONUNBUFFERED": "1",
        "POSTIL_LOG_LEVEL": "WARNING",
        "POSTIL_EMAIL_URL": "memory:",
    }
    files = {f"{name}_FILE" for name in ours}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTIL_") and name not in files}
    return kept | ours | more


@contextmanager
def postil(folder: Path, *, database_url: str, learners: int, seed: str = "seed") -> Iterator[Site]:
    """Redis, worker, sweeper and web, as the demo starts them; `seed` of config.benchmarks.course fills it."""
    port = free_port()
    redis = private_redis(folder, os.environ)
    environment = environment_of(folder, database_url=database_url, REDIS_URL=redis.url, PORT=str(port))
    seeded = call_inside(environment, f"config.benchmarks.course:{seed}", learners=learners)
    call_inside(environment, "django.core.management:call_command", command_name="collectstatic", **QUIET)
    with supervised(folder) as supervisor:
        started = [supervisor.start(redis.program)]
        supervisor.wait_until(lambda: answers(redis.url), what="Redis", seconds=START_SECONDS)
        started += [supervisor.start(program) for program in programs(environment, port=port)]
        supervisor.wait_until(lambda: is_served(port), what="Postil", seconds=START_SECONDS)
        yield Site("postil", port, {child.program.name: child.pid for child in started}, seeded, environment)


def postil_for_programs(folder: Path, *, database_url: str, learners: int) -> AbstractContextManager[Site]:
    """The same, with what programs need instead of what people's browsers do."""
    return postil(folder, database_url=database_url, learners=learners, seed="seed_for_programs")


QUIET = {"interactive": False, "verbosity": 0}


@contextmanager
def reference(folder: Path, *, database_url: str, learners: int) -> Iterator[Site]:
    """The reference under the same server with the same options."""
    port = free_port()
    settings = f"{REFERENCE}.settings"
    environment = environment_of(folder, database_url=database_url, DJANGO_SETTINGS_MODULE=settings)
    seeded = call_inside(environment, f"{REFERENCE}.seed:seed", learners=learners, **for_reference())
    with supervised(folder) as supervisor:
        child = supervisor.start(Program("reference", reference_command(environment, port), environment))
        supervisor.wait_until(lambda: is_served(port), what="The reference", seconds=START_SECONDS)
        yield Site("reference", port, {"web": child.pid}, seeded, environment)


def reference_command(environment: Mapping[str, str], port: int) -> list[str]:
    """The demo's own command for the web server, with another application."""
    web = next(program for program in programs(environment, port=port) if program.name == "web")
    return [sys.executable, *list(web.command)[1:-1], f"{REFERENCE}.wsgi:application"]


@contextmanager
def supervised(folder: Path) -> Iterator[Supervisor]:
    """Whatever the supervisor starts has ended after the block; the programs' last words are in `folder`/logs."""
    supervisor = Supervisor(logs=folder / "logs", say=lambda _: None)
    try:
        yield supervisor
    finally:
        supervisor.stop()
