"""What a proxy says about a request is believed when the proxy is one of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Network = IPv4Network | IPv6Network
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
    "HTTP_X_REQUEST_ID",
)


def networks(words: list[str]) -> list[Network]:
    """The addresses and networks that `words` name. Raises ValueError for a word that is neither."""
    return [ip_network(word, strict=False) for word in words]


def is_among(address: str, known: Sequence[Network]) -> bool:
    """Whether the address is one of theirs; what is no address never is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in known)


class TrustedProxies:
    """Sets REMOTE_ADDR and the scheme from a trusted proxy's headers, and drops such headers from anyone else.

    The client is the last address of X-Forwarded-For that is not a proxy of ours: what stands before it was written
    by the client.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trusted = networks(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self._is_trusted(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = self._client(request)
        else:
            for name in FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)

    def _client(self, request: HttpRequest) -> str:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        strangers = [hop for hop in hops if not self._is_trusted(hop)]
        return str((strangers or hops or [request.META.get("REMOTE_ADDR", "")])[-1])

    def _is_trusted(self, address: str) -> bool:
        return is_among(address, self.trusted)
