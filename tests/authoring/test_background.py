"""Every process knows how to build courses, and only the worker pays for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import InboxMessage
from authoring.domain.build import build_course
from authoring.domain.kinds import ASK_MODEL, BUILD_COURSE, DRAFT_FURTHER, FETCH_ARTICLE, PLAN_TEXT_CHANGE
from jobs.domain import database_now, enqueue, run_job
from jobs.domain.registry import kinds
from jobs.models import Job, JobState
from tests.authoring.domain.tides import rows_kept

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


KINDS = (BUILD_COURSE, FETCH_ARTICLE, DRAFT_FURTHER, PLAN_TEXT_CHANGE, ASK_MODEL)
PAYLOADS: dict[str, dict[str, Any]] = {
    BUILD_COURSE: {"revision": 0, "title": "", "marks": []},
    FETCH_ARTICLE: {"owner": 0, "address": "https://example.org/", "facts": {}},
    PLAN_TEXT_CHANGE: {"marks": []},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_work_has_all_that_a_worker_needs(kind: str) -> None:
    known = kinds[kind]
    assert known.name == kind
    assert 60 <= known.lease_seconds <= 120


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("kind", KINDS)
def test_work_on_what_is_gone_ends_in_words_and_stores_nothing(kind: str) -> None:
    job = enqueue(kind, subject=uuid4(), payload=PAYLOADS.get(kind, {}), hint=False)
    for _ in range(10):
        Job.objects.filter(state=JobState.QUEUED).update(next_try_at=database_now())
        run_job(job.uuid)
    job.refresh_from_db()
    assert job.state in (JobState.FAILED, JobState.QUARANTINED)
    assert job.error.strip()
    assert set(rows_kept().values()) == {0}
    assert not InboxMessage.objects.exists()
    assert not run_job(job.uuid)


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("kind", KINDS)
def test_work_that_breaks_its_payload_is_given_up_and_takes_no_worker_along(kind: str) -> None:
    job = enqueue(kind, subject=uuid4(), payload={"marks": "none", "revision": {}, "owner": []}, hint=False)
    assert run_job(job.uuid)
    job.refresh_from_db()
    assert job.state in (JobState.FAILED, JobState.QUEUED)
    assert job.error.strip()
