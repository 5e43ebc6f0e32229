"""An article on its way from its address: whether it is there yet, and if not, what went wrong and what to do."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from authoring.domain.fetching import fetch_of
from jobs.models import Job, JobState
from language import marked, say
from web.studio.access import author
from web.studio.views.builds import FAILED, STOP_POLLING, seconds_to_wait

KNOWN = marked("You have imported exactly this text before. This is its course; nothing was added.")


@never_cache
@login_required
@require_safe
def fetch(request: HttpRequest, *, fetch: UUID) -> HttpResponse:
    """How far the fetch is: a page, or its fragment for a page that waits. Once the text is there, its build."""
    job = fetch_of(fetch, owner=author(request))
    if job is None:
        raise Http404
    if job.state == JobState.DONE:
        return _done(request, job)
    failed = job.state in FAILED
    shown = {
        "section": "studio",
        "job": job,
        "failed": failed,
        "reason": job.error if job.state == JobState.FAILED else "",
        "waiting": job.state == JobState.QUEUED,
        "refresh": seconds_to_wait(job),
    }
    if request.headers.get("HX-Request"):
        return render(request, "studio/_fetch.html", shown, status=STOP_POLLING if failed else 200)
    return render(request, "studio/fetch.html", shown)


def _done(request: HttpRequest, job: Job) -> HttpResponse:
    result = job.result or {}
    if not request.headers.get("HX-Request"):
        if result["known"]:
            messages.info(request, say(KNOWN))
        return redirect("studio:build", result["course"])
    # The page is loaded anew and led on from there, so that a message is shown where it is read.
    response = HttpResponse(status=STOP_POLLING)
    response["HX-Redirect"] = reverse("studio:fetch", args=[job.uuid])
    return response
