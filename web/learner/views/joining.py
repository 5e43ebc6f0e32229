"""Into a course by a code, typed or behind a link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import signed_in
from course.domain.join_codes import code_typed
from course.domain.join_codes import join as join_course
from course.errors import CodeRefused
from language import say
from web.learner.views.reading import see_other

LONGEST_CODE = 40


@require_safe
def code(_request: HttpRequest, code: str) -> HttpResponse:
    """The link of a code: it stands in the form, and its course beside it, so that one knows what one joins."""
    return redirect(f"{reverse('learner:join')}?code={code}")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """A form for a code; a POST of one makes its person a learner of the course."""
    typed = (request.POST.get("code") or request.GET.get("code") or "").replace("\x00", "")[:LONGEST_CODE]
    context: dict[str, Any] = {"section": "home", "typed": typed}
    try:
        if request.method == "POST":
            part = join_course(typed, person=signed_in(request))
            messages.success(request, say("You take part in {course}.", course=part.course))
            return see_other(reverse("learner:course", args=[part.course.slug]))
        context["found"] = code_typed(typed) if typed else None
    except CodeRefused as error:
        context["error"] = error
    return render(request, "learner/join.html", context, status=422 if "error" in context else 200)
