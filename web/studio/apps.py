"""The studio: the instructors' door, from an article to a published course."""

from __future__ import annotations

from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "web.studio"
    label = "studio"
