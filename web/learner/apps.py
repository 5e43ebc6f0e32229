"""The learner's door: reading, answering, progress."""

from __future__ import annotations

from django.apps import AppConfig


class LearnerConfig(AppConfig):
    name = "web.learner"
    label = "learner"
