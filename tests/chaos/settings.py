"""The product's own settings, for the processes that chaos tests start; the small workload leaves most apps out."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

from config.settings import *  # noqa: F403 -- what is tested is the product's configuration
from config.settings import JOB_SCHEDULE as PERIODS

JOB_SCHEDULE = {**PERIODS, "backoff": [0.3, 0.5, 1.0]}  # type: ignore[dict-item]  # -- the one that is a list
if os.environ["CHAOS_WORKLOAD"].startswith("tests.chaos.sleeper"):
    INSTALLED_APPS = ["config", "jobs", "tests.chaos.sleeper"]
    ROOT_URLCONF = "tests.chaos.settings"
if os.environ.get("CHAOS_VERSION") == "next":
    INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.growing"]
if hours := float(os.environ.get("CHAOS_CLOCK_HOURS", "0")):
    # It would bring pytest along where there is one.
    sys.modules.setdefault("pytest", None)  # type: ignore[arg-type]  # -- as if it were not installed
    import time_machine

    # From its start the whole process, and every child it forks, reads a wall clock that is so many hours off; the
    # database and the kernel do not.
    time_machine.travel(datetime.now(UTC) + timedelta(hours=hours)).start()
urlpatterns: list[object] = []
