"""The authoring app: from an article to a published course. It has no tables of its own."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "authoring"

    def ready(self) -> None:
        # Models can be imported only once every app is loaded.
        import_module("authoring.background").register_background_work()
