"""Where the database is: a `DATABASE_URL` turned into Django's settings for SQLite or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMES = ("sqlite", "postgres", "postgresql")

# WAL lets readers go on while somebody writes; IMMEDIATE takes the write lock at the start of a transaction, where
# waiting for it works, instead of in its middle, where SQLite answers "database is locked" at once.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
        "PRAGMA cache_size=-16000;PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;"
    ),
}

# A host that was cut off says nothing any more. Either end asks after half a minute and gives up within another: else
# whoever waits for the other waits for a quarter of an hour, and rows that a transaction of the lost host holds are
# nobody's for two hours, with every sweeper waiting for them.
ASKING = {"idle": 30, "interval": 10, "count": 3}
GIVEN_UP_MILLISECONDS = 60_000

SENT_BEFORE_KEPT = 5
"""How often a connection sends a statement before PostgreSQL keeps it prepared."""


def database_from_url(url: str, *, pool_size: int) -> dict[str, Any]:
    """Django's settings for the database at `url`.

    `sqlite:///relative.db` and `sqlite:////absolute.db` name files. A PostgreSQL address may carry libpq options in
    its query (`?sslmode=require`); an empty host means the local socket, and `?host=/folder` names its folder.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path[1:])))
    options: dict[str, Any] = _noticing_silence() | dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    # A statement that comes again keeps its plan: planning cost the server more than running. A pooler between that
    # shares connections by transaction needs `?server_side_binding=off`.
    has_session = options.setdefault("server_side_binding", True) is True
    if has_session:
        options["prepare_threshold"] = SENT_BEFORE_KEPT
        options["options"] = _asked_of_the_server(options.get("options", ""))
    # The pool bounds the connections of a process; CONN_MAX_AGE has to stay 0 beside it.
    options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # Outside a transaction the rows of such a cursor would be asked for on another connection than it was made on.
        "DISABLE_SERVER_SIDE_CURSORS": not has_session,
        "OPTIONS": options,
    }


def _noticing_silence() -> dict[str, Any]:
    """What libpq is told, for connections over TCP."""
    return {f"keepalives_{name}": value for name, value in ASKING.items()} | {"tcp_user_timeout": GIVEN_UP_MILLISECONDS}


def _asked_of_the_server(given: str) -> str:
    """The same for its end, which goes with the start of a session; what was given comes last and so counts."""
    asked = {f"tcp_keepalives_{name}": value for name, value in ASKING.items()}
    asked["tcp_user_timeout"] = GIVEN_UP_MILLISECONDS
    return " ".join([*(f"-c {name}={value}" for name, value in asked.items()), given]).strip()


def sqlite(path: Path) -> dict[str, Any]:
    """Each thread keeps its connection: whoever closes the last one writes the whole log back into the file first."""
    kept_for_ever = None
    return {
        "ENGINE": "config.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": kept_for_ever,
        "OPTIONS": dict(SQLITE_OPTIONS),
    }
