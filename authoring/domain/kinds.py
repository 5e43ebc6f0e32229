"""The kinds of background work that authoring brings along."""

from __future__ import annotations

BUILD_COURSE = "build_course"
"""The kind of the job that builds a draft course; its subject is the course's uuid."""
