"""A real server on this machine that stands behind public addresses, and says exactly the bytes it is told to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from course.reading.fetching import Wire

PUBLIC = "93.184.215.14"
"""Where the Internet's example.org stood once; the wire leads it to the server."""

Said = bytes | Iterable[bytes]


def answer(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer with its length; `content_type="text/plain"` becomes a header."""
    named = {"content_type": "text/html; charset=utf-8", "content_length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def onward(location: str) -> bytes:
    """A redirect."""
    return answer(status="302 Found", location=location)


@dataclass
class Server:
    """What it says at which target, the heads it was sent, and what was looked up and called over its wire."""

    pages: Mapping[str, Said]
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    trusted: ssl.SSLContext | None = None
    heads: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    called: list[tuple[str, int]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A thread that waits for a caller is woken by one.
        self._over = True
        with suppress(OSError), socket.create_connection(self._listening.getsockname(), 5):
            pass
        self._thread.join(10)
        self._listening.close()

    _over = False

    def wire(self) -> Wire:
        return Wire(lookup=self._look_up, call=self._call, trust=lambda: self.trusted or ssl.create_default_context())

    def _look_up(self, host: str, _port: int) -> Sequence[str]:
        self.looked_up.append(host)
        return self.names.get(host, [host if host[0].isdigit() else PUBLIC])

    def _call(self, ip: str, port: int, timeout: float) -> socket.socket:
        self.called.append((ip, port))
        return socket.create_connection(self._listening.getsockname(), timeout)

    def _serve(self) -> None:
        while True:
            caller, _ = self._listening.accept()
            if self._over:
                caller.close()
                return
            with suppress(OSError), caller:
                self._speak(caller)

    def _speak(self, caller: socket.socket) -> None:
        caller.settimeout(5)
        spoken = self.context.wrap_socket(caller, server_side=True) if self.context else caller
        with spoken:
            head = b""
            while b"\r\n\r\n" not in head and (more := spoken.recv(4_096)):
                head += more
            if not head:
                return
            self.heads.append(head.decode("latin-1"))
            said = self.pages.get(head.split()[1].decode("latin-1"), answer(status="404 Not Found"))
            for piece in [said] if isinstance(said, bytes) else said:
                spoken.sendall(piece)
