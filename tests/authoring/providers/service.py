"""A service on loopback that speaks the wire formats of both makers, and misbehaves as it is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

MODEL = "scribe-1"
KEY = "sk-for-tests"
OPENAI, ANTHROPIC = "/chat/completions", "/v1/messages"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: raw bytes, so that they may be anything."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


@dataclass
class Service:
    """The service while it runs; `replies` are given one by one, the last for ever."""

    address: str = ""
    replies: list[Reply | Callable[[Asked], str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    released: Event = field(default_factory=Event)
    hangs: bool = False

    def answers(self, *replies: Reply | str | Callable[[Asked], str]) -> None:
        """From now on it gives these: a text is what the model says, a function makes it of what was asked."""
        self.replies = [_saying(each) if isinstance(each, str) else each for each in replies]

    def reply_to(self, request: Asked) -> Reply:
        chosen = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return chosen if isinstance(chosen, Reply) else said(request.path, chosen(request))


def _saying(text: str) -> Callable[[Asked], str]:
    return lambda _request: text


def said(path: str, text: str, *, stop: str = "") -> Reply:
    """The model says this text, in the format of the service at the path; `stop` is why it stopped."""
    if path.endswith(OPENAI):
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": stop or "stop"}
        return as_json({"id": "chatcmpl-1", "object": "chat.completion", "model": MODEL, "choices": [choice]})
    block = {"type": "text", "text": text}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": MODEL, "content": [block]}
    return as_json({**message, "stop_reason": stop or "end_turn", "usage": {"input_tokens": 9, "output_tokens": 9}})


def as_json(body: Any, *, status: int = 200, **headers: str) -> Reply:
    kept = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps(body).encode(), status, {"Content-Type": "application/json", **kept})


@contextmanager
def running_service() -> Iterator[Service]:
    """The service, listening on a port of its own."""
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    server.daemon_threads = True
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Asked(self.path, headers, json.loads(body))
            service.asked.append(request)
            reply = service.reply_to(request)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self._send(reply.body)

        def _send(self, body: bytes) -> None:
            if not service.hangs:
                self.wfile.write(body)
                return
            # A byte at a time, for as long as anybody listens: each of them is a sign of life.
            while not service.released.wait(0.05):
                try:
                    self.wfile.write(b" ")
                except OSError:
                    return

        def log_message(self, *_: Any) -> None:
            """Tests print nothing."""

    return Handler
