"""Whatever a service sends, or does not send, asking it ends in bounded time with an answer or a sentence."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.providers.exchange import LONGEST_REPLY, LONGEST_WAIT, _wait, asked
from quizzes.drafting.proposals import ProviderBusy, ProviderRefused
from tests.authoring.providers.service import Reply, Service, as_json


def ask(service: Service, *, seconds: float = 5) -> Any:
    return asked(f"{service.address}/x", headers={}, body={"a": 1}, seconds=seconds)


def test_json_comes_back_as_it_was_sent(service: Service) -> None:
    service.answers(as_json({"b": ["ü", 1.5, None]}, Content_Type="application/json; charset=utf-8"))
    assert ask(service) == {"b": ["ü", 1.5, None]}
    assert service.asked[0].body == {"a": 1}


@pytest.mark.parametrize("kind", ["text/html", "text/plain; charset=utf-8", "application/octet-stream", ""])
def test_another_content_type_is_no_such_service(kind: str, service: Service) -> None:
    service.answers(Reply(b'{"a": 1}', headers={"Content-Type": kind}))
    with pytest.raises(ProviderRefused, match="no such service"):
        ask(service)


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"a": ', b"[1]", b'"x"', b"\xff\xfe{", b"[" * 200_000],
    ids=["empty", "cut", "half", "list", "text", "no UTF-8", "deep"],
)  # fmt: skip
def test_broken_json_may_be_asked_for_again(body: bytes, service: Service) -> None:
    service.answers(Reply(body))
    with pytest.raises(ProviderBusy, match="broken JSON"):
        ask(service)


def test_an_over_long_body_is_not_read_to_its_end(service: Service) -> None:
    service.answers(Reply(b" " * (LONGEST_REPLY + 1) + b"{}"))
    with pytest.raises(ProviderRefused, match="more than 2,000,000 bytes"):
        ask(service)


def test_a_body_that_ends_early_may_be_asked_for_again(service: Service) -> None:
    service.answers(Reply(b'{"a"', headers={"Content-Type": "application/json", "Content-Length": "90"}))
    with pytest.raises(ProviderBusy, match="cannot be reached"):
        ask(service)


def test_a_service_that_sends_a_byte_at_a_time_is_left_after_the_time_in_all(service: Service) -> None:
    service.hangs = True
    service.answers(as_json({}))
    began = monotonic()
    with pytest.raises(ProviderBusy, match=r"did not answer within 0\.5 seconds"):
        ask(service, seconds=0.5)
    assert monotonic() - began < 3


def test_a_service_that_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(ProviderBusy, match=r"did not answer within 0\.2 seconds"):
            asked(address, headers={}, body={}, seconds=0.2)


def test_nobody_there_may_be_asked_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(ProviderBusy, match="cannot be reached: ConnectError"):
        asked(f"http://127.0.0.1:{port}/", headers={}, body={}, seconds=1)


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ProviderRefused, match="none that can be asked"):
        asked("http://[::1", headers={}, body={}, seconds=1)


@pytest.mark.parametrize(("header", "seconds"), [
    ("", 0), ("7", 7), (" 30 ", 30), ("0", 0), ("99999", LONGEST_WAIT), ("-5", 0), ("1e9", 0), ("soon", 0), ("٣", 0),
    ("9" * 30, 0), ("Mon, 01 Jan 2001 00:00:00 GMT", 0), ("Fri, 01 Jan 2100 00:00:00 GMT", LONGEST_WAIT),
])  # fmt: skip
def test_how_long_to_wait_is_read_from_the_header(header: str, seconds: float) -> None:
    assert _wait(header) == seconds


def test_a_date_says_how_long_to_wait() -> None:
    soon = datetime.now(UTC) + timedelta(seconds=90)
    assert 80 < _wait(format_datetime(soon, usegmt=True)) <= 90


@given(st.text(max_size=40))
def test_any_header_says_something_between_now_and_an_hour(header: str) -> None:
    assert 0 <= _wait(header) <= LONGEST_WAIT


@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_that_is_asked_for_comes_with_the_error(status: int, service: Service) -> None:
    service.answers(as_json({"error": {"message": "slow down"}}, status=status, Retry_After="42"))
    with pytest.raises(ProviderBusy) as caught:
        ask(service)
    assert caught.value.retry_after == 42
