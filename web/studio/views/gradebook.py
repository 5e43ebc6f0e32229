"""The gradebook: a table of learners and quizzes, on the page and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from course.models import Cohort
from quizzes.domain.gradebook import learners_in, lines_of, quizzes_of
from quizzes.domain.gradebook_file import header_of, rows_of
from quizzes.models import Quiz
from web.spreadsheets import FILES
from web.studio.access import for_graders
from web.studio.gradebook_form import GradebookForm

A_PAGE = 50


@require_safe
@for_graders
def gradebook(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Fifty learners at a time, filtered and put together as the form says. The same queries for any number."""
    quizzes = quizzes_of(course)
    form = _form(request, course, quizzes)
    wanted = form.wanted
    page = Paginator(learners_in(course, wanted=wanted), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "studio",
        "step": "gradebook",
        "course": course,
        "quizzes": quizzes,
        "form": form,
        "page": page,
        "lines": lines_of(list(page), quizzes=quizzes, wanted=wanted),
        "is_filtered": bool(request.GET),
        "asked": request.GET.urlencode(),
    }
    return render(request, "studio/gradebook.html", context)


@require_safe
@for_graders
def gradebook_file(request: HttpRequest, *, course: Any, ending: str) -> HttpResponse:
    """Everybody whom the page's form lets through, in one file: "csv" or "xlsx"."""
    if ending not in FILES:
        raise Http404
    quizzes = quizzes_of(course)
    wanted = _form(request, course, quizzes).wanted
    rows = rows_of(course, quizzes=quizzes, wanted=wanted)
    return FILES[ending](f"{course.slug}-gradebook", header_of(quizzes), rows)


def _form(request: HttpRequest, course: Any, quizzes: Sequence[Quiz]) -> GradebookForm:
    cohorts = list(Cohort.objects.filter(course=course.pk).order_by("name"))
    return GradebookForm(request.GET, cohorts=cohorts, quizzes=quizzes)
