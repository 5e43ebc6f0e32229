"""What is logged, as a line of text or a JSON object, with the id of its request and without what people wrote.

Two things carry the words of people into a log though nobody logs them: the address of a request, which may hold an
invitation's or a password's token, and the words of an error, which quote the answer that could not be read or, in
PostgreSQL's details, the whole row. So an address is told by its route, and an error by its type and place; its words
are kept only where they speak of a connection, a file or a setting.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from amqp import AMQPError
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from jobs.correlation import current_request_id

TELLING: tuple[type[BaseException], ...] = (
    OSError,
    OperationalError,
    InterfaceError,
    RedisError,
    BrokerError,
    AMQPError,
    ImproperlyConfigured,
)
"""Errors whose first line is about machines and never about people."""
MOST_CAUSES = 8
NOWHERE = "an address that is not there"
_Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def route_of(request: HttpRequest) -> str:
    """The name of the address, without what it names; `NOWHERE` when it led to nothing."""
    match = getattr(request, "resolver_match", None)
    return NOWHERE if match is None else match.view_name or f"/{match.route}"


def words_of(error: BaseException) -> str:
    """The error's type, and its first line where that is about machines."""
    name = type(error).__qualname__
    lines = str(error).splitlines()
    return f"{name}: {lines[0]}" if lines and isinstance(error, TELLING) else name


class Line(logging.Formatter):
    """A record as one line of text; an error's frames follow on lines of their own."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, logger, the request's id in brackets where there is one, and the message."""
        request_id = current_request_id()
        mark = f" [{request_id}]" if request_id else ""
        line = f"{moment_of(record)} {record.levelname} {record.name}{mark}: {message_of(record)}"
        error = error_of(record)
        return f"{line}\n{error}" if error else line


class JsonLine(logging.Formatter):
    """A record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """`time`, `level`, `logger`, `message`; `request_id` and `error` where there is one."""
        told = {
            "time": moment_of(record),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            "request_id": current_request_id(),
            "error": error_of(record),
        }
        return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)


def moment_of(record: logging.LogRecord) -> str:
    """When it was logged, in UTC and to the millisecond."""
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def message_of(record: logging.LogRecord) -> str:
    """The message with what it names filled in: of a request its route, of an error what `words_of` says."""
    request = getattr(record, "request", None)
    path = getattr(request, "path", None)

    def shown(value: Any) -> Any:
        if isinstance(value, BaseException):
            return words_of(value)
        return route_of(request) if isinstance(request, HttpRequest) and value == path else value

    args: Any = record.args
    if isinstance(args, dict):
        args = {name: shown(value) for name, value in args.items()}
    elif args:
        args = tuple(shown(value) for value in args)
    return str(record.msg) % args if args else str(record.msg)


def error_of(record: logging.LogRecord) -> str:
    """The frames of the record's error and of what it came from, the first cause first; "" where there is none."""
    error: _Error | None = record.exc_info if isinstance(record.exc_info, tuple) else None
    parts: list[str] = []
    current = error[1] if error else None
    while current is not None and len(parts) < MOST_CAUSES:
        frames = "".join(traceback.format_tb(current.__traceback__))
        parts.insert(0, f"{frames}{words_of(current)}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(parts)
