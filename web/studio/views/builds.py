"""A build while it runs: how far it is, in words that survive a reload, and what to do when it failed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from authoring.domain.build import STEPS, build_of, retry_build
from jobs.models import Job, JobState
from language import marked, say
from web.studio.access import editable_course, see

STOP_POLLING = 286
DOING = (marked("Reading the article"), marked("Drafting questions"), marked("Storing the draft"))
FAILED = {JobState.FAILED, JobState.QUARANTINED, JobState.CANCELLED}


@never_cache
@login_required
@require_safe
def build(request: HttpRequest, *, course: UUID) -> HttpResponse:
    """How far the build is: a page, or its fragment for a page that waits. Once it is done, the course."""
    found = editable_course(request, uuid=course)
    job = build_of(found)
    is_fragment = bool(request.headers.get("HX-Request"))
    if job is None or job.state == JobState.DONE:
        return _done(found, is_fragment=is_fragment)
    shown = {
        "section": "studio",
        "course": found,
        "job": job,
        "failed": job.state in FAILED,
        "waiting": job.state == JobState.QUEUED,
        "late": seconds_waited(job) > 20,
        "doing": say(DOING[min(job.current, STEPS - 1)]),
        "step": min(job.current + 1, STEPS),
        "steps": STEPS,
        "refresh": seconds_to_wait(job),
    }
    page = "studio/_build.html" if is_fragment else "studio/build.html"
    return render(request, page, shown, status=STOP_POLLING if is_fragment and shown["failed"] else 200)


def seconds_waited(job: Job) -> float:
    """Seconds since the job was asked for."""
    return (timezone.now() - job.created_at).total_seconds()


def seconds_to_wait(job: Job) -> int:
    """After how many seconds a page without JavaScript looks again: the longer it took, the longer."""
    waited = seconds_waited(job)
    return 2 if waited < 4 else 5 if waited < 20 else 15


def _done(course: Any, *, is_fragment: bool) -> HttpResponse:
    if not is_fragment:
        return redirect("studio:course", course.slug)
    response = HttpResponse(status=STOP_POLLING)
    response["HX-Redirect"] = reverse("studio:course", args=[course.slug])
    return response


@never_cache
@login_required
@require_POST
def retry(request: HttpRequest, *, course: UUID) -> HttpResponse:
    """A build that failed is tried again; pressed twice, it is tried once."""
    found = editable_course(request, uuid=course)
    retry_build(found)
    return see(reverse("studio:build", args=[found.uuid]))
