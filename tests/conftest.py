"""What every test stands on: an environment of its own, a database in a file, no Redis unless a test starts one."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from pytest_django import DjangoDbBlocker

from config.cache import breaker
from tests.clients import share_middleware
from tests.emptying import empty_by_deleting
from tests.laws import settle
from tests.marks import marks_of, marks_that_follow
from tests.mirror import as_asked
from tests.postgres import PostgresServer, running_postgres
from tests.services import RedisService, Unavailable, running_redis
from tests.templates import keep, lay_out, postgres_template, sqlite_template

pytest_plugins = ["tests.not_run", "tests.promises.reached"]
FOLDER = Path(tempfile.mkdtemp(prefix="postil-tests-"))

settle()


def prepare_environment(folder: Path) -> None:
    """Nothing of the developer's environment decides how a test ends, but for the database it asks for."""
    for name in [name for name in os.environ if name.startswith("POSTIL_")]:
        del os.environ[name]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["DATA_DIR"] = str(folder)
    os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
    os.environ["REDIS_URL"] = "redis://127.0.0.1:1/0"
    os.environ["POSTIL_EMAIL_URL"] = "memory:"
    # Crawls and fuzzing call more in a minute than any person; the tests of the limits set their own.
    os.environ["POSTIL_API_CALLS_PER_MINUTE"] = os.environ["POSTIL_API_REFUSALS_PER_MINUTE"] = "0"
    os.environ.update(as_asked())
    os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
    # Matrices of tests are small, and threads that wait for one another would keep both cores busy.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    # Playwright's synchronous calls run an event loop in the test's own thread, where Django would refuse to work.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# What is made from here to the first test is no garbage: see `pytest_collection`.
gc.disable()
# pytest-django sets Django up by itself only when the environment named the settings before any conftest was read.
prepare_environment(FOLDER)
django.setup()


def pytest_unconfigure() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Tests and what they import live to the end: the garbage collector looks through them neither now nor later."""
    collected = yield
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()
    return collected


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in marks_that_follow(item.nodeid, marks_of(item), getattr(item, "fixturenames", ())):
            item.add_marker(mark)


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> None:
    """Passwords that hash quickly, static files without a manifest to collect first, and middleware for all clients."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    share_middleware()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite's test database is a file in WAL mode, as in use, so that threads and worker processes can share it.

    Either database starts as a copy of the migrated one, where the run has made one.
    """
    default = connections["default"]
    if default.vendor == "sqlite":
        default.settings_dict["TEST"]["NAME"] = str(FOLDER / "test.sqlite3")
        lay_out(FOLDER / "test.sqlite3")
    else:
        default.settings_dict["TEST"]["TEMPLATE"] = postgres_template()


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """A copied file is taken as it is; it goes with the folder of this process."""
    is_copied = connections["default"].vendor == "sqlite" and sqlite_template() is not None
    return is_copied or bool(request.config.getoption("reuse_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django has asked what the database can do: a statement that is sent once in a process, and so is no test's.

    PostgreSQL drops the test database at the end, which it refuses while a thread of some test is connected.
    """
    default = connections["default"]
    with django_db_blocker.unblock():
        assert default.features.supports_json_field
        if default.vendor == "postgresql":
            empty_by_deleting(default)
        elif sqlite_template() is None:
            keep(Path(default.settings_dict["NAME"]))
    yield
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
