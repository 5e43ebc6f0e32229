"""The weekly goal: set, paused or taken away by its person alone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import signed_in
from language import say
from quizzes.domain.weekly_goal import goal_of, pause_goal, set_goal

CHOICES = tuple(str(days) for days in range(8))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest) -> HttpResponse:
    """On how many days a week the person wants to learn; a POST sets it, pauses it, or takes it away."""
    person = signed_in(request)
    if request.method == "POST":
        if "pause" in request.POST:
            pause_goal(person)
            messages.success(request, say("Your goal is paused. Set it again whenever you like."))
        elif request.POST.get("days") in CHOICES:
            set_goal(person, days=int(request.POST["days"]))
            messages.success(request, "Saved.")
        return redirect("learner:goal")
    shown = {"section": "progress", "goal": goal_of(person), "choices": range(len(CHOICES))}
    return render(request, "learner/progress/goal.html", shown)
