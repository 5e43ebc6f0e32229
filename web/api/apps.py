"""The REST door."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "web.api"
    label = "api"
