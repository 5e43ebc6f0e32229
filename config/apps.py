from __future__ import annotations

from django.apps import AppConfig

from config.celery import app as celery_app
from config.languages import speak


class InstallationConfig(AppConfig):
    """Every process that sets Django up has the Celery app with it, so that a hint finds the broker.

    Not in the package itself: that would name the settings in the environment of whatever imports a part of config.
    """

    name = "config"
    celery = celery_app

    def ready(self) -> None:
        """Sentences are said in the reader's language."""
        speak()
