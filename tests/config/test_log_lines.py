"""A line says what happened, for which request, and nothing that anybody wrote."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as RedisAway

from config.log_lines import MOST_CAUSES, NOWHERE, JsonLine, Line, words_of
from jobs.correlation import done_for

CANARY = "canary-of-somebody"
DETAIL = f"\nDETAIL:  Failing row contains (1, {CANARY})."
FORMATTERS = [Line(), JsonLine()]
both = pytest.mark.parametrize("formatter", FORMATTERS, ids=["text", "json"])


def record(message: str, *args: Any, error: BaseException | None = None, **extra: Any) -> logging.LogRecord:
    kept = None if error is None else (type(error), error, error.__traceback__)
    made = logging.LogRecord("tests", logging.WARNING, __file__, 1, message, args, kept)
    made.created = 1_795_766_400.25
    vars(made).update(extra)
    return made


def raised(error: BaseException, *, cause: BaseException | None = None) -> BaseException:
    """The error with the frames of somebody who raised it."""
    try:
        raise error from cause
    except type(error):
        caught = sys.exception() if sys.version_info >= (3, 11) else None
    assert caught is not None
    return caught


def asking(path: str, *, is_resolved: bool = True) -> HttpRequest:
    request = RequestFactory().get(path)
    if is_resolved:
        request.resolver_match = resolve(path)
    return request


def test_a_line_of_text_says_when_how_grave_who_and_what() -> None:
    assert Line().format(record("%d jobs", 3)) == "2026-11-27T08:00:00.250Z WARNING tests: 3 jobs"


def test_a_line_of_json_says_the_same() -> None:
    assert json.loads(JsonLine().format(record("%d jobs", 3))) == {
        "time": "2026-11-27T08:00:00.250Z",
        "level": "WARNING",
        "logger": "tests",
        "message": "3 jobs",
    }


def test_the_request_is_named_while_something_is_done_for_it() -> None:
    with done_for("request-77"):
        assert " [request-77]: all" in Line().format(record("all"))
        assert json.loads(JsonLine().format(record("all")))["request_id"] == "request-77"
    assert "request-77" not in Line().format(record("all"))
    assert "request_id" not in json.loads(JsonLine().format(record("all")))


@given(st.text())
def test_whatever_is_said_is_one_line_of_json(words: str) -> None:
    line = JsonLine().format(record("%s", words))
    assert "\n" not in line
    assert json.loads(line).get("message", "") == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("connection refused"), "OperationalError: connection refused"),
        (OperationalError(f"too long{DETAIL}"), "OperationalError: too long"),
        (InterfaceError("closed"), "InterfaceError: closed"),
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (RedisAway("no route"), "ConnectionError: no route"),
        (BrokerError("no route"), "OperationalError: no route"),
        (ImproperlyConfigured("no key"), "ImproperlyConfigured: no key"),
        (OperationalError(), "OperationalError"),
        (IntegrityError(f"(email)=({CANARY})"), "IntegrityError"),
        (DataError(CANARY), "DataError"),
        (ValueError(f"could not convert string to float: '{CANARY}'"), "ValueError"),
        (KeyError(CANARY), "KeyError"),
        (UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, "no"), "UnicodeDecodeError"),
    ],
)
def test_an_error_is_told_in_its_words_only_where_they_are_about_machines(error: BaseException, words: str) -> None:
    assert words_of(error) == words


@both
@pytest.mark.parametrize("args", [(ValueError(CANARY),), ({"exc": ValueError(CANARY)},)], ids=["by place", "by name"])
def test_an_error_in_a_message_is_told_as_one_beside_it(formatter: logging.Formatter, args: Any) -> None:
    message = "failed: %(exc)s" if isinstance(args[0], dict) else "failed: %s"
    line = formatter.format(record(message, *args))
    assert "failed: ValueError" in line
    assert CANARY not in line


@both
def test_an_error_is_told_with_its_place_and_what_it_came_from(formatter: logging.Formatter) -> None:
    cause = raised(IntegrityError(f"failed{DETAIL}"))
    line = formatter.format(record("no grade", error=raised(ValueError(CANARY), cause=cause)))
    assert line.index("IntegrityError") < line.index("ValueError")
    assert "in raised" in line
    assert CANARY not in line


@both
def test_what_it_came_from_is_left_out_where_its_author_said_so(formatter: logging.Formatter) -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError:
            raise ValueError(CANARY) from None
    except ValueError as error:
        line = formatter.format(record("no", error=error))
    assert "ValueError" in line
    assert "KeyError" not in line


@both
def test_errors_that_go_in_a_circle_come_to_an_end(formatter: logging.Formatter) -> None:
    one, other = raised(ValueError(CANARY)), raised(KeyError(CANARY))
    one.__cause__, other.__cause__ = other, one
    assert formatter.format(record("no", error=one)).count("ValueError") == MOST_CAUSES // 2


@both
@pytest.mark.parametrize(
    ("path", "is_resolved", "told"),
    [
        (f"/accounts/invitation/{CANARY}/", True, "accounts:invitation"),
        (f"/join/{CANARY}/", True, "learner:join"),
        (f"/{CANARY}@example.org/", False, NOWHERE),
    ],
)
def test_an_address_is_told_by_its_name_alone(
    formatter: logging.Formatter, path: str, is_resolved: bool, told: str
) -> None:
    request = asking(path, is_resolved=is_resolved)
    line = formatter.format(record("%s: %s", "Not Found", path, request=request, status_code=404))
    assert f"Not Found: {told}" in line
    assert CANARY not in line
