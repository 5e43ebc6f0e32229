from __future__ import annotations

import pytest
from django.db import connection

from config.database import SQLITE_OPTIONS, database_from_url


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:///postil.sqlite3", "postil.sqlite3"), ("sqlite:////var/lib/my%20data.db", "/var/lib/my data.db")],
)
def test_a_file_becomes_sqlite(url: str, name: str) -> None:
    settings = database_from_url(url, pool_size=8)
    assert (settings["ENGINE"], settings["NAME"]) == ("config.sqlite", name)
    assert settings["OPTIONS"] == SQLITE_OPTIONS


def test_a_postgresql_address_is_taken_apart() -> None:
    settings = database_from_url("postgres://me:p%40ss@db.example.org:6432/postil?sslmode=require", pool_size=8)
    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postil",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "6432",
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {
            "sslmode": "require",
            "server_side_binding": True,
            "prepare_threshold": 5,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 60_000,
            "options": "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
            " -c tcp_user_timeout=60000",
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        },
    }


def test_a_pooler_that_shares_connections_can_do_without_what_a_connection_keeps() -> None:
    settings = database_from_url("postgres://db/postil?server_side_binding=off", pool_size=8)
    options = settings["OPTIONS"]
    assert settings["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert options["server_side_binding"] == "off"
    assert "prepare_threshold" not in options
    # Nor does every pooler pass on what a server is asked for at the start of a session.
    assert "options" not in options


def test_what_an_address_says_of_silent_hosts_counts() -> None:
    said = "options=-c%20statement_timeout%3D5s&tcp_user_timeout=5000"
    options = database_from_url(f"postgres://db/postil?{said}", pool_size=8)["OPTIONS"]
    assert options["tcp_user_timeout"] == "5000"
    assert options["options"].endswith(" -c tcp_user_timeout=60000 -c statement_timeout=5s")


def test_a_socket_folder_can_stand_in_the_query() -> None:
    settings = database_from_url("postgresql:///postil?host=/run/postgresql", pool_size=8)
    assert (settings["HOST"], settings["PORT"], settings["USER"]) == ("/run/postgresql", "", "")


@pytest.mark.django_db
def test_sqlite_lets_readers_read_while_somebody_writes() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this says something about SQLite alone")
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        assert found == {"journal_mode": "wal", "synchronous": 1}
        assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1
