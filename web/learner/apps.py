"""The learner's door: reading, answering, progress."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class LearnerConfig(AppConfig):
    name = "web.learner"
    label = "learner"

    def ready(self) -> None:
        # Models can be imported only once every app is loaded.
        user_logged_in.connect(import_module("web.learner.visitors").take_over)
