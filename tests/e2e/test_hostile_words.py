"""The same in a real Chromium, where whatever ran would be heard: no word of anybody runs, whoever opens a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.e2e.browsers import signed_in
from tests.quality.canaries import filled, routes
from tests.quality.hostile import hostile_scene

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NO_PAGES = ("/api/", "/oauth/", "/healthz", "/readyz", "/metrics", "/service-worker.js", "/manifest.webmanifest")
TOUCH_ALL = """() => document.querySelectorAll('*').forEach(each => ['mouseover', 'focus', 'click'].forEach(
  name => each.closest('form, a, button') || each.dispatchEvent(new Event(name))))"""
"""Everything that is pointed at, reached or pressed, but for what would lead away."""


def opened(browser: Browser, person: User | None, server: LiveServer) -> BrowserContext:
    return (
        signed_in(browser, person, server.url) if person else browser.new_context(base_url=server.url, bypass_csp=True)
    )


@pytest.mark.promise(35)
@pytest.mark.parametrize("who", ["owner", "answering", "visitor"])
def test_nothing_runs_that_somebody_typed(
    browser: Browser, live_server: LiveServer, who: str, reached: Callable[[str], None]
) -> None:
    scene = hostile_scene()
    context, heard = opened(browser, scene.people[who], live_server), []
    page = context.new_page()
    page.expose_function("ran", lambda *said: heard.append(page.url))
    page.on("dialog", lambda dialog: dialog.dismiss())
    asked = [address for address in (filled(route, scene) for route in routes()) if not address.startswith(NO_PAGES)]
    pages = 0
    for address in asked:
        answer = context.request.get(address)
        if answer.ok and "text/html" in answer.headers.get("content-type", ""):
            page.goto(address)
            page.evaluate(TOUCH_ALL)
            pages += 1
    context.close()
    reached(f"{who}: {len(heard)} of {pages} pages ran what somebody typed")
    assert heard == []
    assert pages >= 10
