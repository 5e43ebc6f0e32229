"""The Celery app: `celery -A config worker`. It only wakes; what has to be done stands in the database."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("postil")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
