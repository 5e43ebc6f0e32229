"""The Celery app: `celery -A config worker`. It only wakes; what has to be done stands in the database."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from config.long_lived import set_aside

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("postil")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect  # type: ignore[untyped-decorator]  # -- Celery
def set_aside_before_forking(**_: Any) -> None:
    """The children share what the worker has loaded, and none of them looks through it."""
    set_aside()
