"""Pools from the bank: what each reaches, and one made of what was found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authoring.domain.bank import facets_of
from authoring.domain.bank_pools import pool_of_found, pools_of
from language import say
from quizzes.errors import PoolTooSmall
from quizzes.models import Quiz
from web.studio.access import author, for_editors, see
from web.studio.bank_forms import FoundPoolForm, SearchForm
from web.studio.views.bank import found_page


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def pools(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every pool of the course with its reach; a POST makes one of what the address asks for."""
    if request.method == "POST":
        return _make(request, course)
    context = {"section": "studio", "step": "bank", "course": course, "pools": pools_of(course)}
    return render(request, "studio/bank_pools.html", context)


def _make(request: HttpRequest, course: Any) -> HttpResponse:
    facets = facets_of(course)
    search = SearchForm(request.GET, facets=facets).search()
    form = FoundPoolForm(request.POST, facets=facets, search=search)
    if form.is_valid():
        sent = form.cleaned_data
        quiz = get_object_or_404(Quiz.objects.select_related("course"), course=course.pk, slug=sent["quiz"])
        try:
            by = author(request)
            pool = pool_of_found(quiz, search, take=sent["take"], tag=sent.get("tag", ""), by=by)
        except PoolTooSmall as error:
            form.add_error("take", str(error))
        else:
            messages.success(request, say("“{title}” ends with a pool of {pool} now.", title=quiz.title, pool=pool))
            return see(reverse("studio:bank-pools", args=[course.slug]))
    return found_page(request, course, pool_form=form)
