"""The gradebook: a table of learners and quizzes, on the page and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from course.models import Cohort, Enrollment
from quizzes.domain.gradebook import Filter, learners_in, lines_of, quizzes_of
from quizzes.models import Quiz
from web.studio.access import for_graders
from web.studio.gradebook_form import GradebookForm
from web.studio.spreadsheets import csv_file, xlsx_file

A_PAGE = 50
AT_ONCE = 500
FILES = {"csv": csv_file, "xlsx": xlsx_file}


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
    header = ["Learner", "Email", "Cohort", *(quiz.title for quiz in quizzes), "Together, %"]
    return FILES[ending](f"{course.slug}-gradebook", header, _rows(course, quizzes, wanted))


def _form(request: HttpRequest, course: Any, quizzes: Sequence[Quiz]) -> GradebookForm:
    cohorts = list(Cohort.objects.filter(course=course.pk).order_by("name"))
    return GradebookForm(request.GET, cohorts=cohorts, quizzes=quizzes)


def _rows(course: Any, quizzes: Sequence[Quiz], wanted: Filter) -> Iterator[list[object]]:
    learners: list[Enrollment] = list(learners_in(course, wanted=wanted))
    for start in range(0, len(learners), AT_ONCE):
        for line in lines_of(learners[start : start + AT_ONCE], quizzes=quizzes, wanted=wanted):
            person, cohort = line.enrollment.user, line.enrollment.cohort
            who = [person.name, person.email, cohort.name if cohort else None]
            yield [*who, *(_per_cent(cell.fraction) for cell in line.cells), _per_cent(line.overall)]


def _per_cent(fraction: Decimal | None) -> float | None:
    return None if fraction is None else round(float(fraction) * 100, 2)
