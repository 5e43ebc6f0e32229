"""For how long a course keeps what was answered in own words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from language import say
from quizzes.domain.retention import days_kept, keep_answers_for, what_is_past
from web.studio.access import author, for_those_who_may, see
from web.studio.people_form import RetentionForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.erase")
def retention(request: HttpRequest, *, course: Any) -> HttpResponse:
    """How long answers of what has ended are kept, and what is past that now; a POST sets it."""
    form = RetentionForm(request.POST or None, initial={"days": course.keep_answers_days})
    if request.method == "POST" and form.is_valid():
        keep_answers_for(course, days=form.cleaned_data["days"], by=author(request))
        messages.success(request, say("Kept. What is past its time is erased in the background."))
        return see(reverse("studio:retention", args=[course.slug]))
    context = {
        "section": "studio",
        "step": "people",
        "course": course,
        "form": form,
        "days": days_kept(course),
        "usual": settings.KEEP_ANSWERS_DAYS,
        "past": next(iter(what_is_past(course=course)), None),
    }
    return render(request, "studio/retention.html", context, status=422 if form.errors else 200)
