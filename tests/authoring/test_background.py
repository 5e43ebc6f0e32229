"""Every process knows how to build courses, and only the worker pays for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from authoring.domain.build import build_course
from authoring.domain.kinds import BUILD_COURSE
from jobs.domain.registry import kinds

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "authoring.domain.build",
    "course.reading.reader",
    "numpy",
    "textblob",
    "pysbd",
    "trafilatura",
    "ftfy",
    "httpx",
)


def test_building_a_course_is_a_registered_kind() -> None:
    assert kinds[BUILD_COURSE].name == "build_course"
    assert build_course.__module__ == "authoring.domain.build"


def test_starting_django_loads_no_reading_library() -> None:
    question = f"import django, sys; django.setup(); print([m for m in {HEAVY} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_addresses_of_the_studio_load_no_reading_library() -> None:
    question = (
        "import django, sys; django.setup(); from importlib import import_module; import_module('web.studio.urls'); "
        f"print([m for m in {HEAVY[1:]} if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
