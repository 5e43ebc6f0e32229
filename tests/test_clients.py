"""Clients that share their middleware answer as each would by itself."""

from __future__ import annotations

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

put_together: list[str] = []


class First:
    """Middleware that says when it is put together, and does nothing else."""

    def __init__(self, get_response: object) -> None:
        put_together.append(type(self).__name__)
        raise MiddlewareNotUsed


class Second(First):
    """As the first."""


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("lenient" if getattr(request, "_dont_enforce_csrf_checks", False) else "strict")


urlpatterns = [path("", answer)]


@pytest.fixture(autouse=True)
def place(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{__name__}.First"]
    put_together.clear()


def test_the_first_client_puts_the_middleware_together_for_all() -> None:
    assert [Client().get("/").content for _ in range(3)] == [b"lenient"] * 3
    assert put_together == ["First"]


def test_after_a_setting_has_changed_it_is_put_together_anew(settings: Settings) -> None:
    at_work = Client()
    at_work.get("/")
    settings.MIDDLEWARE = [f"{__name__}.Second"]
    for client in (Client(), Client(), at_work):
        client.get("/")
    assert put_together == ["First", "Second"]


def test_what_differs_between_clients_still_does() -> None:
    asked = [Client(enforce_csrf_checks=is_strict).get("/").content for is_strict in (False, True, False)]
    assert asked == [b"lenient", b"strict", b"lenient"]
