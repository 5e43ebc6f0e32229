from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.authoring.providers.service import Service, running_service


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service on loopback, whatever proxies the machine has."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_service() as running:
        yield running
