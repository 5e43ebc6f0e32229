"""What makes Postil an application that can be installed and read without a connection."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from language import say
from web.learner.keeping import worker_source

PAPER, INK = "#fcfbf8", "#27478f"


@require_safe
@cache_control(max_age=86_400)
def app_manifest(_request: HttpRequest) -> HttpResponse:
    """How Postil calls itself and looks where it is installed."""
    icon = {"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    told = {
        "id": "/",
        "name": "Postil",
        "short_name": "Postil",
        "description": say("Articles as courses: read, answer, remember."),
        "start_url": reverse("learner:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": INK,
        "icons": [icon],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The worker, at the root because that is what it looks after."""
    return HttpResponse(worker_source(), content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown instead of a page that is not on the device: what is there, and what became of a button."""
    return render(request, "learner/offline.html")
