"""People in real browsers: one Chromium for all tests, a context of their own for each person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from tests.chromium import ARGUMENTS, find_chromium

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 30_000
"""Milliseconds that a page may take for what it is waited for, where the time is not what a test holds."""
OF_COLOURS = ["color-contrast", "link-in-text-block"]
IN_HIGH_CONTRAST = ["color-contrast-enhanced", "link-in-text-block"]
# What axe is content with would be many times as much to look through and to send as what it finds.
AXE_RUN = """({rules, without, within}) => within && !document.querySelector(within) ? [] : axe
  .run(within ?? document, {
    runOnly: rules, resultTypes: ['violations'],
    rules: Object.fromEntries(without.map(each => [each, {enabled: false}])),
  }).then(found => found.violations)"""


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A Chromium. Raises tests.services.Unavailable where there is none."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def signed_in(browser: Browser, person: User, address: str, **options: Any) -> BrowserContext:
    """A browser context in which the person is signed in at `address`."""
    context = browser.new_context(base_url=address, bypass_csp=True, **options)
    sign_in(context, person, address)
    return context


def sign_in(context: BrowserContext, person: User, address: str) -> None:
    """From now on the person is the one who is signed in at `address` in this context."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.PeopleBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "sessionid", "value": session.session_key or "", "url": address}])


def violations_in_both_themes(page: Page) -> list[str]:
    """What axe finds wrong in the light, and with colours in the dark: of the same elements, only these differ."""
    # Colours that are still on their way from one theme to the other belong to neither.
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    found = violations(page)
    page.emulate_media(reduced_motion="reduce", color_scheme="dark")
    return found + [f"in the dark, {each}" for each in violations(page, OF_COLOURS)]


def violations_in_high_contrast(page: Page) -> list[str]:
    """What axe finds wrong with the page in high contrast from here on, light and dark, where it asks for 7:1."""
    page.evaluate("document.documentElement.dataset.theme = 'contrast'")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
        found += [f"in high contrast, {scheme}, {each}" for each in violations(page, IN_HIGH_CONTRAST)]
    return found


def violations(
    page: Page, rules: Sequence[str] = RULES, *, without: Sequence[str] = (), within: str | None = None
) -> list[str]:
    """What axe finds wrong with the page as it stands, each with the elements it names.

    `rules` are tags or names, `without` names of rules to leave out; `within` selects what is looked at, everything
    where it is None and nothing where it selects nothing.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    asked = {"rules": list(rules), "without": list(without), "within": within}
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in page.evaluate(AXE_RUN, asked)]
