"""A real HTTP server on this machine that stands behind public addresses and takes what endpoints are told."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from course.reading.fetching import Wire
from tests.course.reading.fetching.server import PUBLIC

ADDRESS = "http://lms.example.org/postil"


@dataclass(frozen=True)
class Said:
    """One answer: a status, headers and a body."""

    status: int = 204
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """One request as it came: its target, its headers in lower case, its body."""

    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers with these, one after the other, the last one for ever; keeps what it was told.

    `names` says to which addresses a name leads, `before_answering` is called with each request before its answer.
    """

    answers: Sequence[Said] = (Said(),)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    before_answering: Callable[[Told], None] = lambda _: None
    told: list[Told] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                receiver.take(self, Told(self.path, {k.lower(): v for k, v in self.headers.items()}, body))

            def log_message(self, *_: Any) -> None:
                """Nobody reads along."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def take(self, handler: BaseHTTPRequestHandler, told: Told) -> None:
        said = self.answers[min(len(self.told), len(self.answers) - 1)]
        self.told.append(told)
        self.before_answering(told)
        handler.send_response(said.status)
        for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(said.body)

    def wire(self) -> Wire:
        """What leads every public address to this server; lookups say what `names` says."""
        return wire_to(self.port, lookup=self._look_up, call=self.called.append)

    def _look_up(self, host: str) -> Sequence[str]:
        self.looked_up.append(host)
        return self.names.get(host, [host if host[0].isdigit() else PUBLIC])


def wire_to(
    port: int,
    *,
    lookup: Callable[[str], Sequence[str]] = lambda _: [PUBLIC],
    call: Callable[[str], object] = lambda _: None,
) -> Wire:
    """A wire over which every address that is called is this port of this machine."""

    def called(ip: str, _port: int, timeout: float) -> socket.socket:
        call(ip)
        return socket.create_connection(("127.0.0.1", port), timeout)

    return Wire(lookup=lambda host, _: lookup(host), call=called, trust=ssl.create_default_context)
