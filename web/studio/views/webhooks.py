"""Endpoints of other systems that a course's owner has told of what happens in it, and what was sent to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from course.errors import CourseError
from hooks.domain.deliveries import deliveries_of, replay, words_sent
from hooks.domain.endpoints import (
    add_endpoint,
    change_endpoint,
    delete_endpoint,
    endpoints_of,
    pause_endpoint,
    ping,
    resume_endpoint,
    rotate_secret,
)
from hooks.models import Endpoint
from language import marked, say
from web.studio.access import author, for_those_who_may, see
from web.studio.views.parts import told_at
from web.studio.webhook_form import TYPES, EndpointForm

A_PAGE = 50
for_owners = for_those_who_may("course.own")

DEEDS: Mapping[str, tuple[Callable[[Endpoint, User], object], str]] = {
    "pause": (lambda endpoint, by: pause_endpoint(endpoint, actor=by), marked("The endpoint is paused.")),
    "resume": (lambda endpoint, by: resume_endpoint(endpoint, actor=by), marked("The endpoint is told again.")),
    "ping": (lambda endpoint, _: ping(endpoint), marked("A test is on its way.")),
    "delete": (lambda endpoint, by: delete_endpoint(endpoint, actor=by), marked("The endpoint is deleted.")),
}
"""What can be done to an endpoint by a button, and what is said of it then."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_owners
def webhooks(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The course's endpoints; a POST makes one, and shows its secret."""
    form = EndpointForm(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = add_endpoint(course, **form.cleaned_data, actor=author(request))
            form = EndpointForm(None)
        except CourseError as error:
            form.add_error(None, str(error))
    endpoints = [(endpoint, _types(endpoint)) for endpoint in endpoints_of(course)]
    context = {**_page(course), "endpoints": endpoints, "form": form, "made": made}
    return render(request, "studio/webhooks.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_owners
def webhook(request: HttpRequest, *, course: Any, endpoint: UUID) -> HttpResponse:
    """One endpoint with what was sent to it; a POST changes where it is and what it is told of."""
    found = endpoint_in(course, endpoint)
    form = EndpointForm(request.POST or None, endpoint=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_endpoint(found, **form.cleaned_data, actor=author(request))
        except CourseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, say("The endpoint is changed."))
            return _back_to(course, endpoint)
    return _shown(request, course, found, form)


def _shown(
    request: HttpRequest, course: Any, endpoint: Endpoint, form: EndpointForm, *, secret: str = ""
) -> HttpResponse:
    page = Paginator(deliveries_of(endpoint), A_PAGE).get_page(request.GET.get("page"))
    rows = [(delivery, TYPES[delivery.type]) for delivery in page]
    context = {**_page(course), "endpoint": endpoint, "form": form, "page": page, "rows": rows, "secret": secret}
    return render(request, "studio/webhook.html", context, status=422 if form.errors else 200)


@require_POST
@for_owners
@told_at("studio:webhook")
def deed(request: HttpRequest, *, course: Any, endpoint: UUID) -> HttpResponse:
    """The endpoint is paused, resumed, tested or deleted, or has a new secret, which is shown once; by `do`."""
    found, do = endpoint_in(course, endpoint), request.POST.get("do", "")
    if do == "rotate":
        secret = rotate_secret(found, actor=author(request))
        return _shown(request, course, found, EndpointForm(None, endpoint=found), secret=secret)
    if do in DEEDS:
        act, done = DEEDS[do]
        act(found, author(request))
        messages.success(request, say(done))
    return see(reverse("studio:webhooks", args=[course.slug])) if do == "delete" else _back_to(course, endpoint)


@require_http_methods(["GET", "HEAD", "POST"])
@for_owners
@told_at("studio:webhook-delivery")
def delivery(request: HttpRequest, *, course: Any, endpoint: UUID, delivery: UUID) -> HttpResponse:
    """One delivery with what it says and every try; a POST sends it again."""
    found = get_object_or_404(deliveries_of(endpoint_in(course, endpoint)), uuid=delivery)
    if request.method == "POST":
        replay(found)
        messages.success(request, say("It is on its way again, under the same id."))
        return see(reverse("studio:webhook-delivery", args=[course.slug, endpoint, delivery]))
    context = {**_page(course), "endpoint": found.endpoint, "delivery": found, "type": TYPES[found.type]}
    return render(request, "studio/webhook_delivery.html", {**context, "said": words_sent(found)})


def endpoint_in(course: Any, uuid: UUID) -> Endpoint:
    """The endpoint with this id, if it is the course's; else 404."""
    return get_object_or_404(endpoints_of(course), uuid=uuid)


def _page(course: Any) -> dict[str, Any]:
    return {"section": "studio", "step": "webhooks", "course": course}


def _types(endpoint: Endpoint) -> list[str]:
    return [str(TYPES[each.type]) for each in endpoint.subscriptions.all()]  # type: ignore[index]  # -- a word of the enum


def _back_to(course: Any, endpoint: UUID) -> HttpResponse:
    return see(reverse("studio:webhook", args=[course.slug, endpoint]))
