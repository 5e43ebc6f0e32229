from __future__ import annotations

from django.apps import AppConfig

from tests.chaos.sleeper import registration


class SleeperConfig(AppConfig):
    name = "tests.chaos.sleeper"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        registration.register_kind()
