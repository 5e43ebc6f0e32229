"""What is kept about oneself: a copy of it, and its end."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import signed_in
from course.errors import LastOwner
from language import say
from quizzes.domain.erasing import ask_to_erase, what_erasing_touches
from quizzes.domain.personal_copy import personal_copy

SURE = "erase"


@never_cache
@login_required
@require_safe
def copy(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about who is signed in, as one file."""
    answer = JsonResponse(personal_copy(signed_in(request)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="postil-personal-copy.json"'
    return answer


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """What erasing oneself would touch; a POST that says so in a word asks for it, and signs out."""
    person = signed_in(request)
    error = ""
    if request.method == "POST":
        try:
            if request.POST.get("sure", "").strip().lower() == SURE:
                ask_to_erase(person, actor=person)
                logout(request)
                return render(request, "learner/erased.html", {"section": "account"})
            error = say("Type the word erase, so that this does not happen by accident.")
        except LastOwner as refused:
            error = str(refused)
    context = {"section": "account", "touched": what_erasing_touches(person), "error": error}
    return render(request, "learner/erase.html", context, status=422 if error else 200)
