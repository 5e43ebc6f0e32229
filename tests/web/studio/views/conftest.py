from __future__ import annotations

from tests.authoring.providers.conftest import service

__all__ = ["service"]
