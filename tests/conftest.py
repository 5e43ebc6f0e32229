"""What every test stands on: an environment of its own, a database in a file, no Redis unless a test starts one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from config.cache import breaker
from tests.postgres import PostgresServer, running_postgres
from tests.services import RedisService, Unavailable, running_redis

pytest_plugins = ["tests.not_run"]
FOLDER = Path(tempfile.mkdtemp(prefix="postil-tests-"))

# How long an example takes says something of the machine, and nothing of what is tested.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


def prepare_environment(folder: Path) -> None:
    """Nothing of the developer's environment decides how a test ends, but for the database it asks for."""
    for name in [name for name in os.environ if name.startswith("POSTIL_")]:
        del os.environ[name]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["DATA_DIR"] = str(folder)
    os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
    os.environ["REDIS_URL"] = "redis://127.0.0.1:1/0"
    os.environ["POSTIL_EMAIL_URL"] = "memory:"
    os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
    # Playwright's synchronous calls run an event loop in the test's own thread, where Django would refuse to work.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# pytest-django sets Django up by itself only when the environment named the settings before any conftest was read.
prepare_environment(FOLDER)
django.setup()


def pytest_unconfigure() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the database is marked so, and is thereby run again on PostgreSQL."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or not {"db", "transactional_db", "live_server"}.isdisjoint(fixtures):
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> None:
    """Passwords that hash quickly, and static files without a manifest to collect first."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite's test database is a file in WAL mode, as in use, so that threads and worker processes can share it."""
    default = connections["default"]
    if default.vendor == "sqlite":
        default.settings_dict["TEST"]["NAME"] = str(FOLDER / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """PostgreSQL drops the test database at the end, which it refuses while a thread of some test is connected."""
    yield
    default = connections["default"]
    if default.vendor == "postgresql":
        with django_db_blocker.unblock(), default._nodb_cursor() as cursor:
            ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            cursor.execute(ending, [default.settings_dict["NAME"]])


@pytest.fixture(autouse=True)
def forgotten_cache() -> None:
    """No throttle counts from one test to the next, and nobody asks for the Redis that is not there."""
    breaker.trip()
    caches["default"].clear()


@pytest.fixture
def redis_service() -> Iterator[RedisService]:
    """A real Redis for this test alone. Nothing uses it unless it is told its `url`."""
    try:
        with running_redis() as service:
            yield service
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of our own, for tests that start processes on it or crash it; `create(name)` gives a database."""
    try:
        with running_postgres() as server:
            yield server
    except Unavailable as reason:
        pytest.skip(str(reason))
