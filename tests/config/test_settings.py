from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from django.conf import settings

from config.settings import JOB_PERIODS, env
from jobs.domain.schedule import Schedule
from tests.quality.source import ROOT

PRODUCTION = {
    "DATABASE_URL": "postgres://postil@db.example.org/postil",
    "SECRET_KEY": "0123456789" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "POSTIL_PUBLIC_URL": "https://learn.example.org",
}
SHOW = "import json, config.settings as s; print(json.dumps({name: getattr(s, name) for name in %r}, default=str))"


def python(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A fresh start with these variables and none of the tests'."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder)} | variables
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def read(folder: Path, *names: str, **variables: str) -> dict[str, object]:
    done = python(folder, "-c", SHOW % (names,), **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    found = read(tmp_path, "SECRET_KEY", "DEBUG", "SIGNUP", "PUBLIC_URL", "ALLOWED_HOSTS", "IS_SECURE")
    assert found.pop("SECRET_KEY") == (tmp_path / "secret-key").read_text()
    assert found == {
        "DEBUG": False,
        "SIGNUP": "open",
        "PUBLIC_URL": "http://127.0.0.1:8000/",
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "127.0.0.1", "[::1]"],
        "IS_SECURE": False,
    }


def test_an_encoder_is_a_folder_and_a_digest_and_there_is_none_by_default(tmp_path: Path) -> None:
    assert read(tmp_path, "ENCODER") == {"ENCODER": {}}
    found = read(tmp_path, "ENCODER", POSTIL_ENCODER="/srv/encoder", POSTIL_ENCODER_DIGEST="AB" * 32)
    assert found == {"ENCODER": {"folder": "/srv/encoder", "digest": "ab" * 32}}


def test_articles_are_fetched_from_addresses_only_where_an_operator_says_so(tmp_path: Path) -> None:
    assert read(tmp_path, "IMPORT_BY_URL") == {"IMPORT_BY_URL": False}
    assert read(tmp_path, "IMPORT_BY_URL", POSTIL_IMPORT_BY_URL="yes") == {"IMPORT_BY_URL": True}


def test_an_https_address_makes_everything_secure(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "CSRF_TRUSTED_ORIGINS", "PUBLIC_URL")
    assert read(tmp_path, *names, **PRODUCTION) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "CSRF_TRUSTED_ORIGINS": ["https://learn.example.org"],
        "PUBLIC_URL": "https://learn.example.org/",
    }


@pytest.mark.promise(34)
@pytest.mark.promise(42)
def test_a_production_installation_passes_every_deployment_check(tmp_path: Path) -> None:
    # The schema's own remarks are the API's business and have a test there.
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING", "--tag", "security"]
    done = python(tmp_path, *command, **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"POSTIL_SINGUP": "open"}, "POSTIL_SINGUP is not a setting of Postil."),
        ({"POSTIL_SIGNUP": "all"}, "POSTIL_SIGNUP 'all' is not one of open, invite, closed."),
        ({"POSTIL_TRUSTED_PROXIES": "proxy"}, "POSTIL_TRUSTED_PROXIES 'proxy' is not a list of addresses and networks"),
        ({"POSTIL_TIME_ZONE": "Mars/Base"}, "POSTIL_TIME_ZONE 'Mars/Base' is not a name that is known."),
        ({"DATABASE_URL": "mysql://db/postil"}, "DATABASE_URL is not an address that starts with sqlite:"),
        ({"DATABASE_URL": "postgres://db/postil"}, "SECRET_KEY is not set"),
        ({"POSTIL_IMPORT_BY_URL": "https:"}, "POSTIL_IMPORT_BY_URL 'https:' is not true or false."),
        ({"POSTIL_ENCODER": "/srv/encoder"}, "POSTIL_ENCODER_DIGEST '' is not a SHA-256 in 64 hexadecimal digits"),
        (
            {"POSTIL_ENCODER_DIGEST": "0" * 64},
            "is not a SHA-256 in 64 hexadecimal digits, set together with POSTIL_ENC",
        ),
        ({"POSTIL_ENCODER": "e", "POSTIL_ENCODER_DIGEST": "x" * 64}, "is not a SHA-256 in 64 hexadecimal digits"),
        ({"POSTIL_ENCODER": "e", "POSTIL_ENCODER_DIGEST": "0" * 63}, "is not a SHA-256 in 64 hexadecimal digits"),
        ({"POSTIL_BROKER_URL": "kafka://broker"}, "POSTIL_BROKER_URL is not an address that starts with redis: or"),
        ({"POSTIL_BROKER_URL": "amqp://a/p;amqp://b/p"}, "POSTIL_BROKER_URL is not one address"),
        ({"PORT": "http"}, "PORT 'http' is not a whole number from 0 to 65535."),
        ({"DATA_DIR": "manage.py"}, "manage.py' cannot be a folder to write in: Not a directory."),
    ],
)
def test_what_cannot_be_used_stops_the_start_by_name(tmp_path: Path, variables: dict[str, str], words: str) -> None:
    done = python(tmp_path, "manage.py", "check", **variables)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_who_looks_for_a_fault_sees_where_the_start_stopped(tmp_path: Path) -> None:
    assert "Traceback" in python(tmp_path, "manage.py", "check", "--traceback", PORT="http").stderr


def test_the_database_s_and_the_mail_server_s_address_may_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "database-url").write_text("postgres://postil:hunter2@db.example.org/lessons\n")
    (tmp_path / "email-url").write_text("smtp://postil:hunter3@mail.example.org:25\n")
    variables = {name: value for name, value in PRODUCTION.items() if name != "DATABASE_URL"} | {
        "DATABASE_URL_FILE": str(tmp_path / "database-url"),
        "POSTIL_EMAIL_URL_FILE": str(tmp_path / "email-url"),
    }
    found = read(tmp_path, "DATABASE_URL", "EMAIL_HOST_PASSWORD", **variables)
    assert found == {
        "DATABASE_URL": "postgres://postil:hunter2@db.example.org/lessons",
        "EMAIL_HOST_PASSWORD": "hunter3",
    }


BROKER = ("BROKER_URL", "CACHE_URL", "CELERY_BROKER_URL", "CELERY_TASK_DEFAULT_QUEUE_TYPE", "CELERY_BROKER_USE_SSL")


def test_the_redis_that_counts_throttles_wakes_workers_too(tmp_path: Path) -> None:
    url = "unix:///run/redis.sock?db=2"
    said: tuple[object, ...] = (url, url, "redis+socket:///run/redis.sock?virtual_host=2", "classic", {})
    assert read(tmp_path, *BROKER, REDIS_URL=url) == dict(zip(BROKER, said, strict=True))


def test_a_rabbitmq_wakes_workers_through_a_quorum_queue_and_redis_counts_throttles(tmp_path: Path) -> None:
    redis, url = "redis://redis/0", "amqp://postil:hunter2@rabbit/postil"
    said: tuple[object, ...] = (url, redis, url, "quorum", {})
    assert read(tmp_path, *BROKER, REDIS_URL=redis, POSTIL_BROKER_URL=url) == dict(zip(BROKER, said, strict=True))


def test_the_broker_s_address_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "broker-url").write_text("amqps://postil:hunter2@rabbit.example.org/postil\n")
    found = read(tmp_path, "BROKER_URL", POSTIL_BROKER_URL_FILE=str(tmp_path / "broker-url"))
    assert found == {"BROKER_URL": "amqps://postil:hunter2@rabbit.example.org/postil"}


def test_a_password_in_a_malformed_address_is_not_repeated(tmp_path: Path) -> None:
    done = python(tmp_path, "manage.py", "check", DATABASE_URL="mysql://postil:hunter2@db/postil")
    assert "hunter2" not in done.stderr
    done = python(tmp_path, "manage.py", "check", POSTIL_BROKER_URL="amqp://u:hunter2@a/p;amqp://u:hunter2@b/p")
    assert done.returncode != 0
    assert "hunter2" not in done.stderr


def test_every_setting_stands_in_the_example() -> None:
    shown = re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert sorted(shown) == sorted(env.names)


def test_the_periods_that_can_be_set_are_those_of_the_schedule() -> None:
    singles = {field.name for field in fields(Schedule)} - {"backoff", "batch"}
    assert set(JOB_PERIODS) == singles


def test_no_page_may_run_anything_inline() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    sources = {source for allowed in directives.values() for source in allowed}
    assert sources == {"'self'", "'none'", "data:"}
    assert directives["default-src"] == ["'none'"]


def test_a_request_is_not_one_transaction() -> None:
    """With SQLite's IMMEDIATE, ATOMIC_REQUESTS would make every reader a writer."""
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False


@pytest.mark.promise(39)
def test_workers_take_json_alone() -> None:
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_IGNORE_RESULT is True
