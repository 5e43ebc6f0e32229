"""A small web server in this process, which remembers what it was asked and answers what it was told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What is sent back for a path."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str


@dataclass
class Told:
    """A running server: what it answers by path or by method and path, and what it was asked so far."""

    port: int
    answers: Mapping[str, Answer]
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serving(answers: Mapping[str, Answer]) -> Iterator[Told]:
    """The server listens on loopback until the block ends; other paths are answered 404."""
    told: list[Told] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(size).decode()
            told[0].asked.append(Asked(self.command, self.path, dict(self.headers.items()), body))
            known = answers.get(f"{self.command} {self.path}") or answers.get(self.path)
            answer = known or Answer(b"gone", 404)
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = _answer  # noqa: N815 -- the names that the standard library calls

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.append(Told(server.server_address[1], answers))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield told[0]
        finally:
            server.shutdown()
            thread.join()
