"""One POST to somebody else's server: to public addresses only, never onwards, within bounds, and always an outcome."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest

from course.reading.errors import UnreadableSource
from course.reading.fetching import Wire
from hooks.sending import Posted, check_address, post
from hooks.sending.posting import NAMELESS, PRIVATE, SLOW, UNREACHABLE, UNUSABLE
from tests.course.reading.fetching.server import Server, answer
from tests.hooks.receiver import ADDRESS, Receiver, Said

BODY = b'{"type":"ping"}'


def posted(receiver: Receiver, address: str = ADDRESS, **fields: Any) -> Posted:
    return post(address, BODY, {"webhook-id": "7"}, wire=receiver.wire(), **fields)


def test_what_is_posted_arrives_whole_with_its_headers() -> None:
    with Receiver() as receiver:
        came = posted(receiver, "http://lms.example.org/postil?key=1")
    [told] = receiver.told
    assert (told.target, told.body) == ("/postil?key=1", BODY)
    sent = {name: told.headers[name] for name in ("host", "content-length", "webhook-id", "user-agent")}
    assert sent == {
        "host": "lms.example.org",
        "content-length": str(len(BODY)),
        "webhook-id": "7",
        "user-agent": "Postil (webhooks)",
    }
    assert "cookie" not in told.headers
    assert (came.status, came.error, came.is_taken, came.excerpt) == (204, "", True, "")
    assert 0 <= came.milliseconds < 10_000


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_status_of_success_takes_it(status: int) -> None:
    with Receiver([Said(status)]) as receiver:
        assert posted(receiver).is_taken


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, "The server answered with a redirect (301), which is not followed."),
        (302, "The server answered with a redirect (302), which is not followed."),
        (308, "The server answered with a redirect (308), which is not followed."),
        (400, "The server answered with status 400."),
        (401, "The server answered with status 401."),
        (410, "The server answered with status 410."),
        (429, "The server answered with status 429."),
        (500, "The server answered with status 500."),
        (503, "The server answered with status 503."),
    ],
)
def test_every_other_status_is_a_failure_that_says_which(status: int, error: str) -> None:
    onward = {"Location": "http://lms.example.org/elsewhere"}
    with Receiver([Said(status, b"", onward)]) as receiver:
        came = posted(receiver)
    assert (came.status, came.error, came.is_taken, came.is_gone) == (status, error, False, status == 410)
    assert [told.target for told in receiver.told] == ["/postil"]


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        (b"", ""),
        (b"  thank\r\n you\t ", "thank you"),
        (b"nul\x00 and \x1b[31mred", "nul and [31mred"),
        (b"\xff\xfe broken", "broken"),
        ("schön, 我".encode(), "schön, 我"),
        (b"x" * 499, "x" * 499),
        (b"x" * 501, "x" * 500),
        (b"x" * 1_000_000, "x" * 500),
    ],
    ids=["empty", "blanks", "controls", "no UTF-8", "letters", "nearly long", "too long", "far too long"],
)
def test_of_what_it_says_a_bounded_excerpt_is_kept(body: bytes, excerpt: str) -> None:
    with Receiver([Said(500, body)]) as receiver:
        assert posted(receiver).excerpt == excerpt


@pytest.mark.parametrize(
    ("header", "asked"),
    [("", 0), ("120", 120), (" 7 ", 7), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("-5", 0), ("1e9", 0), ("9" * 30, 0)],
)
def test_how_long_it_asks_to_wait_is_read_where_it_is_a_number(header: str, asked: float) -> None:
    with Receiver([Said(503, b"", {"Retry-After": header})]) as receiver:
        assert posted(receiver).asked == asked


PRIVATE_NAMES: dict[str, Sequence[str]] = {
    "this machine": ["127.0.0.1"],
    "this machine, by IPv6": ["::1"],
    "a private network": ["10.1.2.3"],
    "another": ["192.168.0.7"],
    "a cloud's metadata": ["169.254.169.254"],
    "this machine inside IPv6": ["::ffff:127.0.0.1"],
    "shared address space": ["100.64.0.1"],
    "a public address and a private one": ["93.184.215.14", "10.0.0.1"],
    "nothing": [],
}


@pytest.mark.parametrize("where", PRIVATE_NAMES)
def test_a_name_that_leads_inside_is_never_called(where: str) -> None:
    with Receiver(names={"lms.example.org": PRIVATE_NAMES[where]}) as receiver:
        came = posted(receiver)
    assert (came.status, came.error, receiver.called, receiver.told) == (None, PRIVATE, [], [])


def test_a_name_that_leads_elsewhere_at_each_look_is_looked_up_once() -> None:
    """DNS rebinding: the second answer would lead inside, and nobody asks for it."""
    answers = chain([["93.184.215.14"]], repeat(["127.0.0.1"]))
    with Receiver() as receiver:
        wire = receiver.wire()
        looked: list[str] = []

        def rebinding(host: str, _port: int) -> Sequence[str]:
            looked.append(host)
            return next(answers)

        rebound = Wire(lookup=rebinding, call=wire.call, trust=wire.trust)
        first = post(ADDRESS, BODY, {}, wire=rebound)
        second = post(ADDRESS, BODY, {}, wire=rebound)
    assert (first.is_taken, looked, receiver.called) == (True, ["lms.example.org"] * 2, ["93.184.215.14"])
    assert second.error == PRIVATE


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://169.254.169.254/latest/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost/",
        "gopher://example.org/",
        "file:///etc/passwd",
        "http://example.org:6379/",
        "http://me:secret@example.org/",
    ],
)
def test_an_address_that_is_not_public_is_refused_at_once_and_at_every_try(address: str) -> None:
    with pytest.raises(UnreadableSource):
        check_address(address)
    with Receiver() as receiver:
        came = posted(receiver, address)
    assert came.error in (PRIVATE, UNUSABLE)
    assert (receiver.looked_up, receiver.called) == ([], [])


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("HTTPS://Example.ORG/Hook", "https://example.org/Hook"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:443/a?b=1#c", "https://example.org/a?b=1"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, called: str) -> None:
    assert check_address(typed) == called


def failing(error: Exception) -> Callable[..., Any]:
    def fails(*_: Any) -> Any:
        raise error

    return fails


@pytest.mark.parametrize(
    ("wire", "error"),
    [
        (Wire(lookup=failing(socket.gaierror("no name"))), NAMELESS),
        (Wire(lookup=lambda *_: ["93.184.215.14"], call=failing(ConnectionRefusedError())), UNREACHABLE),
        (Wire(lookup=lambda *_: ["93.184.215.14"], call=failing(TimeoutError())), SLOW),
    ],
    ids=["no such name", "nobody listens", "nobody answers"],
)
def test_what_a_network_does_is_said_in_words(wire: Wire, error: str) -> None:
    assert post(ADDRESS, BODY, {}, wire=wire).error == error


def test_a_server_without_a_certificate_that_is_trusted_is_not_told_anything(tmp_path: Path) -> None:
    with Receiver() as receiver:
        came = posted(receiver, "https://lms.example.org/postil", seconds=3)
    # It speaks no TLS at all.
    assert (came.status, came.error, receiver.told) == (None, UNREACHABLE, [])
    assert isinstance(receiver.wire().trust(), ssl.SSLContext)


@pytest.mark.parametrize(
    "said",
    [b"", b"HTTP/1.1 2", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 999999 What\r\n\r\n", b"\x00" * 70_000],
    ids=["nothing", "half a line", "another protocol", "no such status", "a line without an end"],
)
def test_what_is_no_answer_is_a_failure(said: bytes) -> None:
    with Server({"/postil": said}) as server:
        came = post(ADDRESS, BODY, {}, wire=server.wire(), seconds=5)
    assert (came.status, came.error) == (None, UNREACHABLE)


def test_a_status_counts_even_if_the_rest_breaks_off() -> None:
    broken = answer(b"half", content_length="4000")
    with Server({"/postil": broken}) as server:
        came = post(ADDRESS, BODY, {}, wire=server.wire(), seconds=5)
    assert (came.status, came.is_taken) == (200, True)


def test_who_drips_is_given_up_in_time() -> None:
    def dripping() -> Any:
        yield b"HTTP/1.1 200 OK\r\n"
        while True:
            time.sleep(0.05)
            yield b"X-Drip: 1\r\n"

    begun = time.monotonic()
    with Server({"/postil": dripping()}) as server:
        came = post(ADDRESS, BODY, {}, wire=server.wire(), seconds=0.5)
        assert time.monotonic() - begun < 3
    assert (came.status, came.error) == (None, SLOW)
