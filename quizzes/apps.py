"""The quizzes app: what is asked and answered."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from quizzes.guards import install_quiz_guards


class QuizzesConfig(AppConfig):
    name = "quizzes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_quiz_guards, sender=self)
        # Models can be imported only once every app is loaded.
        import_module("quizzes.background").register_background_work()
