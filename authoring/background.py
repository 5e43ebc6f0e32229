"""What authoring does in the background, told to `jobs` at start-up."""

from __future__ import annotations

import jobs.domain as jobs
from authoring.domain.build import BUILD_COURSE, build_course, give_up_build, record_build


def register_background_work() -> None:
    """Building a draft course is a kind of job: the longest article takes some seconds."""
    jobs.register(BUILD_COURSE, work=build_course, record=record_build, on_give_up=give_up_build, lease_seconds=120)
