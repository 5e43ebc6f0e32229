"""One article from one address: every hop looked at anew, and bounds on time, size and hops."""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse

from course.reading.errors import UnreadableSource
from course.reading.fetching.address import Address, address_of
from course.reading.fetching.answers import MOST_BYTES, REDIRECTS, body, check_status, file_name
from course.reading.fetching.wire import INTERNET, Wire, connection_to, seconds_left

__all__ = ["MOST_BYTES", "MOST_HOPS", "SECONDS", "Fetched", "fetch"]

SECONDS = 30.0
"""From looking up the name to the last byte, redirects included."""

MOST_HOPS = 5
"""Redirects that are followed."""

_HEADERS = {
    "User-Agent": "Postil (course authoring; fetches single articles at a person's request)",
    "Accept": "text/html, application/xhtml+xml, text/plain, text/markdown, application/pdf;q=0.9, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of an article, a file name that says their format, and the address that answered in the end."""

    address: str
    name: str
    content: bytes


def fetch(text: str, *, wire: Wire = INTERNET, seconds: float = SECONDS) -> Fetched:
    """The article at this address.

    Each name is looked up once and the connection goes to what was looked up, if all of it is public; each redirect is
    held to the same. Takes at most `seconds`, the looking up of names included, 5 redirects and 10 MB, packed or
    unpacked. No cookie, no password and no proxy is used. Raises UnreadableSource with the codes of `address_of`, and
    `not_found`, `refused`, `unavailable`, `unreachable`, `slow`, `certificate`, `redirects`, `not_an_article`,
    `too_large`.
    """
    until = time.monotonic() + seconds
    try:
        return _followed(address_of(text), wire=wire, until=until)
    except (OSError, HTTPException, zlib.error) as error:
        raise _in_words(error, is_late=time.monotonic() >= until) from error


def _followed(address: Address, *, wire: Wire, until: float) -> Fetched:
    for _ in range(MOST_HOPS + 1):
        with connection_to(address, wire=wire, until=until) as connection:
            answer = _asked(connection, address)
            onward = _onward(answer, address)
            if onward is None:
                check_status(answer.status)
                fetched = Fetched(str(address), file_name(answer), body(answer))
                seconds_left(until)
                return fetched
        address = onward
    message = "This address leads on and on without an article; open it in your browser and take the last address."
    raise UnreadableSource("redirects", message)


def _asked(connection: HTTPConnection, address: Address) -> HTTPResponse:
    connection.request("GET", address.target, headers={"Host": address.authority, **_HEADERS})
    return connection.getresponse()


def _onward(answer: HTTPResponse, address: Address) -> Address | None:
    location = answer.headers["Location"] if answer.status in REDIRECTS else None
    return address.onward(location) if location else None


def _in_words(error: Exception, *, is_late: bool) -> UnreadableSource:
    if is_late or isinstance(error, TimeoutError):
        return UnreadableSource("slow", "The server took too long to answer; try again later, or paste the text.")
    if isinstance(error, ssl.SSLCertVerificationError):
        message = "The server cannot prove that it is what this address names; open it in your browser and look."
        return UnreadableSource("certificate", message)
    if isinstance(error, socket.gaierror):
        message = "Nothing goes by the name in this address; look whether it is spelled right."
        return UnreadableSource("unreachable", message)
    message = "The server cannot be reached, or broke off; try again later, or paste the text."
    return UnreadableSource("unreachable", message)
