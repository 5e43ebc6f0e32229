"""One Chromium for all browser tests of a run, and the static files their pages ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browsers import PATIENCE, running_browser
from tests.e2e.desk import Desk
from tests.e2e.installation import Installation, running_installation
from tests.services import Unavailable


@pytest.fixture(scope="session", autouse=True)
def collected_files(quick_settings: None) -> None:
    """The live server gives out what was collected, as an installation does."""
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """What a page is expected to show may come late on a machine that others load, where a test names no time."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with running_browser() as chromium:
            yield chromium
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """One for all tests that want real processes; each has people and courses of its own in it."""
    try:
        with running_installation() as running:
            yield running
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Desk]:
    """A learner in front of a browser."""
    made = Desk(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()
