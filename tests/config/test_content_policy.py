from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from csp.constants import HEADER
from csp.decorators import csp, csp_exempt, csp_replace, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from config.content_policy import ContentPolicy

View = Callable[[HttpRequest], HttpResponseBase]


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def with_own_header(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("page", headers={HEADER: "default-src 'self'"})


def sent(middleware: type[CSPMiddleware], view: View) -> str | None:
    response: Any = middleware(view)(RequestFactory().get("/"))
    header: str | None = response.headers.get(HEADER)
    return header


@pytest.mark.parametrize(
    "view",
    [
        page,
        with_own_header,
        csp_exempt()(page),
        csp_update({"style-src": ["'unsafe-inline'"]})(page),
        csp_replace({"img-src": ["'none'"]})(page),
        csp({"default-src": ["'none'"]})(page),
    ],
    ids=["page", "own header", "exempt", "update", "replace", "own policy"],
)
def test_the_header_is_that_of_the_library(view: View) -> None:
    assert sent(ContentPolicy, view) == sent(CSPMiddleware, view)


def test_one_view_that_asks_for_more_opens_nothing_elsewhere() -> None:
    opened = sent(ContentPolicy, csp_update({"style-src": ["'unsafe-inline'"]})(page))
    assert "'unsafe-inline'" in (opened or "")
    assert "'unsafe-inline'" not in (sent(ContentPolicy, page) or "")
