"""One Chromium for all browser tests of a run, and the static files their pages ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from tests.e2e.browsers import running_browser
from tests.services import Unavailable


@pytest.fixture(scope="session", autouse=True)
def collected_files(quick_settings: None) -> None:
    """The live server gives out what was collected, as an installation does."""
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with running_browser() as chromium:
            yield chromium
    except Unavailable as reason:
        pytest.skip(str(reason))
