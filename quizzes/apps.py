"""The quizzes app: what is asked and answered."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from quizzes.guards import install_quiz_guards


class QuizzesConfig(AppConfig):
    name = "quizzes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_quiz_guards, sender=self)
