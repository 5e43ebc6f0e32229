"""The installation: settings, addresses, and the Celery app, which every process that reads the settings then has."""

from __future__ import annotations

from config.celery import app as celery_app

__all__ = ["celery_app"]
