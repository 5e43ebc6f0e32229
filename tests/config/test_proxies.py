from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from config.proxies import TrustedProxies, networks


def seen_through(settings: Settings, *, remote: str, forwarded: str, proto: str = "https") -> HttpRequest:
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.0/8", "::1"]
    request = RequestFactory().get(
        "/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded, HTTP_X_FORWARDED_PROTO=proto
    )
    TrustedProxies(lambda _: HttpResponse())(request)
    return request


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7, 10.1.2.3", "203.0.113.7"),
        ("10.1.2.3", "10.1.2.3"),
        ("", "127.0.0.1"),
    ],
)
def test_the_client_is_the_last_address_that_is_no_proxy_of_ours(
    settings: Settings, forwarded: str, client: str
) -> None:
    request = seen_through(settings, remote="127.0.0.1", forwarded=forwarded)
    assert request.META["REMOTE_ADDR"] == client
    assert request.is_secure()


@pytest.mark.parametrize("remote", ["203.0.113.9", "", "not an address"])
def test_a_stranger_is_not_believed(settings: Settings, remote: str) -> None:
    request = seen_through(settings, remote=remote, forwarded="127.0.0.1")
    assert request.META["REMOTE_ADDR"] == remote
    assert "HTTP_X_FORWARDED_FOR" not in request.META
    assert not request.is_secure()


def test_a_word_that_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="proxy"):
        networks(["10.0.0.0/8", "proxy"])
