"""Speaking to a server: a name is looked up once, and the connection goes to an address that was looked at."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Thread
from typing import Any

from course.reading.errors import UnreadableSource
from course.reading.fetching.address import NOT_PUBLIC, Address
from course.reading.fetching.networks import is_public


def _lookup(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _call(ip: str, port: int, timeout: float) -> socket.socket:
    return socket.create_connection((ip, port), timeout)


@dataclass(frozen=True, slots=True)
class Wire:
    """How names become addresses, how an address is called, and whom TLS trusts.

    What lies above looks at every address whatever the wire is: tests put a server of their own behind public
    addresses, and no setting reaches this.
    """

    lookup: Callable[[str, int], Sequence[str]] = _lookup
    call: Callable[[str, int, float], socket.socket] = _call
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context


INTERNET = Wire()


def seconds_left(until: float) -> float:
    """Seconds until this reading of the monotonic clock. Raises TimeoutError once it has come."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _TimedReader(io.RawIOBase):
    def __init__(self, opened: socket.socket, *, until: float) -> None:
        self._opened = opened
        self._until = until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._opened.settimeout(seconds_left(self._until))
        return self._opened.recv_into(buffer)


class TimedLine:
    """What http.client asks of a socket, with one moment at which all of it ends, however slowly the other side drips.

    Closing it leaves the socket to who opened it: an answer is read after its connection was closed.
    """

    def __init__(self, opened: socket.socket, *, until: float) -> None:
        self._opened = opened
        self._until = until

    def sendall(self, said: bytes) -> None:
        self._opened.settimeout(seconds_left(self._until))
        self._opened.sendall(said)

    def makefile(self, *_: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._opened, until=self._until))

    def close(self) -> None:
        """Nothing happens yet."""


@contextmanager
def connection_to(address: Address, *, wire: Wire, until: float) -> Iterator[HTTPConnection]:
    """A connection to one of the host's addresses, all of which are public, encrypted where the scheme says so.

    Raises UnreadableSource `address_private` if any of them is not, OSError when none answers, TimeoutError.
    """
    found = _looked_up(address, wire=wire, until=until)
    if not found or not all(is_public(ip) for ip in found):
        raise UnreadableSource("address_private", NOT_PUBLIC)
    with _opened(found, address, wire=wire, until=until) as opened:
        connection = HTTPConnection(address.host, address.port)
        # It never opens one of its own: that would look the name up again.
        connection.auto_open = 0
        connection.sock = TimedLine(opened, until=until)
        yield connection


def _looked_up(address: Address, *, wire: Wire, until: float) -> Sequence[str]:
    # The system's resolver takes no time limit and cannot be stopped: one that is late is left behind, and its thread
    # ends with it.
    found: Future[Sequence[str]] = Future()

    def look_up() -> None:
        try:
            found.set_result(wire.lookup(address.host, address.port))
        except Exception as error:  # noqa: BLE001 -- raised again by who waits for it
            found.set_exception(error)

    Thread(target=look_up, name=f"lookup of {address.host}", daemon=True).start()
    return found.result(seconds_left(until))


def _opened(found: Sequence[str], address: Address, *, wire: Wire, until: float) -> socket.socket:
    failure = OSError("nobody answered")
    for ip in found:
        try:
            opened = wire.call(ip, address.port, seconds_left(until))
            return opened if address.scheme == "http" else _encrypted(opened, address, wire=wire, until=until)
        except ssl.SSLCertVerificationError:
            raise
        except OSError as error:
            failure = error
    raise failure


def _encrypted(opened: socket.socket, address: Address, *, wire: Wire, until: float) -> socket.socket:
    try:
        opened.settimeout(seconds_left(until))
        return wire.trust().wrap_socket(opened, server_hostname=address.host)
    except OSError:
        opened.close()
        raise
