"""Addresses of articles: read once, strictly, and written back in one form, so that nobody downstream reads another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from course.reading.errors import UnreadableSource
from course.reading.fetching.networks import is_public

LONGEST = 1_000
"""Characters of an address as an article keeps it, with all that is not ASCII written in per cent."""

PORTS = {"http": 80, "https": 443}

NOT_PUBLIC = "This address leads to a machine that is not on the public Internet; paste the text instead."

_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# Whatever ends in a number is read as an IPv4 address by some resolver: decimal, octal, hexadecimal, shortened.
_NUMBER = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)")
_SAFE = "/%:@!$&'()*+,;=~-._"
_HOW_IT_LOOKS = "write it like https://example.org/article."


@dataclass(frozen=True, slots=True)
class Address:
    """What may be asked for: a host in ASCII and lower case, the scheme's own port or its twin's, a path with query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a request names them; the scheme's own port goes without saying."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    def onward(self, location: str) -> Address:
        """Where a redirect from here leads; held to the same rules. Raises UnreadableSource."""
        if _CONTROL.search(location.strip()):
            raise _malformed()
        try:
            return address_of(urljoin(str(self), location.strip()))
        except ValueError as error:
            raise _malformed() from error


def address_of(text: str) -> Address:
    """The address that somebody typed. Asks nobody.

    Raises UnreadableSource: `address` when it is none or carries a name and password, `address_scheme`, `address_port`,
    `address_private` for an IP address inside some network, written in whatever form, and for names without a dot.
    """
    if _CONTROL.search(text):
        raise _malformed()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _malformed() from error
    _check_scheme(parts)
    own = PORTS[parts.scheme]
    if port not in (None, *PORTS.values()):
        message = f"Postil asks only at the ports 80 and 443, and this address names {port}; paste the text instead."
        raise UnreadableSource("address_port", message)
    address = Address(parts.scheme, _host(parts.hostname or ""), port or own, _target(parts))
    if len(str(address)) > LONGEST:
        raise _malformed()
    return address


def _check_scheme(parts: SplitResult) -> None:
    if parts.scheme not in PORTS:
        message = "Postil fetches only addresses that begin with https:// or http://; paste the text instead."
        raise UnreadableSource("address_scheme", message)
    if "@" in parts.netloc:
        message = "This address carries a name or password before an @; take it out, or paste the text."
        raise UnreadableSource("address", message)


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else path


def _host(written: str) -> str:
    if ":" in written:
        return _literal(written)
    try:
        name = written.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise _malformed() from error
    if _NUMBER.fullmatch(name):
        return _literal(name)
    if name and "." not in name:
        raise UnreadableSource("address_private", NOT_PUBLIC)
    if not _NAME.fullmatch(name):
        raise _malformed()
    return name


def _literal(written: str) -> str:
    """An IP address in its usual form; every other way of writing one is refused, whatever it stands for."""
    try:
        found = IPv6Address(written) if ":" in written else IPv4Address(written)
    except ValueError as error:
        raise _malformed() from error
    if not is_public(str(found)):
        raise UnreadableSource("address_private", NOT_PUBLIC)
    return str(found)


def _malformed() -> UnreadableSource:
    return UnreadableSource("address", f"This is not an address that can be fetched; {_HOW_IT_LOOKS}")
