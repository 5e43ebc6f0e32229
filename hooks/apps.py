"""The hooks app: who is told of what happens in a course."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "hooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only once every app is loaded.
        import_module("hooks.background").register_background_work()
