"""A learner in front of a browser."""

from __future__ import annotations

from typing import Any, Protocol

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.browsers import signed_in
from tests.web.learner.sittings import Sitting


class Server(Protocol):
    """What answers at an address, in this process or in one of its own."""

    @property
    def url(self) -> str: ...


class Desk:
    """A learner with an attempt in progress, in front of a browser."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.console: list[str] = []
        self.sitting: Sitting

    def sit(self, **fields: Any) -> Sitting:
        self.sitting = Sitting(Client(), **fields)
        self.sitting.start()
        return self.sitting

    def window(self, **options: Any) -> BrowserContext:
        context = signed_in(self.browser, self.sitting.enrollment.user, self.server.url, **options)
        self.contexts.append(context)
        return context

    def page(self, context: BrowserContext | None = None, **options: Any) -> Page:
        page = (context or self.window(**options)).new_page()
        page.on("console", lambda said: self.console.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.goto(self.sitting.address)
        return page
