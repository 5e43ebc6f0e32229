"""One POST to somebody else's server: only to public addresses, never onwards, bounded in time and in what is read."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse

from course.reading.errors import UnreadableSource
from course.reading.fetching import INTERNET, Address, Wire, address_of, connection_to

SECONDS = 15.0
"""From looking up the name to the last byte that is read; Standard Webhooks recommends 15 to 30."""

MOST_READ = 2_000
"""Bytes of an answer that are looked at; an endpoint has nothing to say."""
KEPT = 500
"""Characters of it that are kept."""
GONE = 410

PRIVATE = "The address leads to a machine that is not on the public Internet."
UNUSABLE = "The address is none that can be called."
SLOW = "No answer came in time."
UNPROVEN = "The server cannot prove that it is what the address names."
NAMELESS = "Nothing goes by the name in the address."
UNREACHABLE = "The server cannot be reached, or broke off."

_HEADERS = {"User-Agent": "Postil (webhooks)", "Accept-Encoding": "identity", "Connection": "close"}
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]+")


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of one POST. `error` says in words why it does not count, "" when it does; `asked` is Retry-After."""

    status: int | None
    milliseconds: int
    error: str = ""
    excerpt: str = ""
    asked: float = 0.0

    @property
    def is_taken(self) -> bool:
        return not self.error

    @property
    def is_gone(self) -> bool:
        """The endpoint says that it wants to hear nothing any more, as Standard Webhooks has it."""
        return self.status == GONE


def check_address(text: str) -> str:
    """The address as it is called, in one form. Asks nobody.

    Raises UnreadableSource with the codes of `course.reading.fetching.address_of`.
    """
    return str(address_of(text))


def post(
    text: str, body: bytes, headers: Mapping[str, str], *, wire: Wire = INTERNET, seconds: float = SECONDS
) -> Posted:
    """The body was posted to this address, or `error` says why not. Raises nothing that a network can do.

    The name is looked up once, all of what is found must be public, and the connection goes to what was found. Takes
    at most `seconds`, reads 2,000 bytes, follows no redirect, uses no proxy and sends no cookie.
    """
    begun = time.monotonic()
    try:
        status, excerpt, asked = _exchanged(address_of(text), body, headers, wire=wire, until=begun + seconds)
    except (UnreadableSource, OSError, HTTPException) as error:
        return Posted(None, _since(begun), _in_words(error, is_late=time.monotonic() >= begun + seconds))
    return Posted(status, _since(begun), _refusal(status), excerpt, asked)


def _exchanged(
    address: Address, body: bytes, headers: Mapping[str, str], *, wire: Wire, until: float
) -> tuple[int, str, float]:
    with connection_to(address, wire=wire, until=until) as connection:
        sent = {"Host": address.authority, **_HEADERS, **headers}
        connection.request("POST", address.target, body=body, headers=sent)
        answer = connection.getresponse()
        return answer.status, _excerpt(answer), _asked(answer.headers.get("Retry-After", ""))


def _excerpt(answer: HTTPResponse) -> str:
    content = b""
    # The status was given: what breaks off or drips after it changes nothing.
    with suppress(OSError, HTTPException):
        content = answer.read(MOST_READ)
    return " ".join(_NOT_TEXT.sub(" ", content.decode("utf-8", "replace")).split())[:KEPT]


def _asked(header: str) -> float:
    """Seconds of a Retry-After (RFC 9110, section 10.2.3) that is a number; a date is left to our own steps."""
    return float(header) if re.fullmatch(r"[0-9]{1,9}", header.strip()) else 0.0


def _refusal(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"The server answered with a redirect ({status}), which is not followed."
    return f"The server answered with status {status}."


def _in_words(error: Exception, *, is_late: bool) -> str:
    if isinstance(error, UnreadableSource):
        return PRIVATE if error.code == "address_private" else UNUSABLE
    if is_late or isinstance(error, TimeoutError):
        return SLOW
    if isinstance(error, ssl.SSLCertVerificationError):
        return UNPROVEN
    return NAMELESS if isinstance(error, socket.gaierror) else UNREACHABLE


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1_000)
