"""A list of grades comes into a course: what it would change, learner by learner, and then that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from course.tables import NotATable
from quizzes.domain.grade_import_applying import GradesChanged, apply_grades
from quizzes.domain.grade_imports import MOST_CHANGES, GradeFate, plan_grades
from quizzes.domain.gradebook import quizzes_of
from quizzes.errors import QuizError
from quizzes.grade_list import GradeList, read_grades
from web.studio.access import author, for_those_who_may, see
from web.studio.uploads import TOO_LARGE, GradeListForm, list_received
from web.studio.wording import counted, exact_percent


@for_those_who_may("course.grade")
def _import(request: HttpRequest, *, course: Any) -> HttpResponse:
    if request.method != "POST":
        return _asking(request, course, GradeListForm())
    form = GradeListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, course, form, status=422)
    try:
        titles = {quiz.slug: quiz.title for quiz in quizzes_of(course)}
        grades = read_grades(form.cleaned_data["words"], titles=titles)
    except NotATable as error:
        form.refuse(str(error))
        return _asking(request, course, form, status=422)
    step = _apply if request.POST.get("do") == "apply" else _preview
    return step(request, course, form, grades)


@for_those_who_may("course.grade")
def _too_large(request: HttpRequest, *, course: Any) -> HttpResponse:
    form = GradeListForm({})
    form.errors.clear()
    form.add_error("file", TOO_LARGE)
    return _asking(request, course, form, status=413)


grade_import = require_http_methods(["GET", "HEAD", "POST"])(list_received(_import, refused=_too_large))


def _apply(request: HttpRequest, course: Any, form: GradeListForm, grades: GradeList) -> HttpResponse:
    seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
    try:
        changed = apply_grades(
            course, grades, quizzes=quizzes_of(course), seen=seen, reason=reason, actor=author(request)
        )
    except QuizError as error:
        messages.warning(request, str(error))
        return _preview(request, course, form, grades, status=409 if isinstance(error, GradesChanged) else 422)
    done = f"{counted(changed, 'result was', 'results were')} changed." if changed else ""
    messages.success(request, done or "Nothing was left to do: this list was applied before.")
    return see(reverse("studio:gradebook", args=[course.slug]))


def _preview(
    request: HttpRequest, course: Any, form: GradeListForm, grades: GradeList, *, status: int = 200
) -> HttpResponse:
    plan = plan_grades(course, grades, quizzes=quizzes_of(course))
    given = form.cleaned_data
    context = {
        "section": "studio",
        "step": "gradebook",
        "course": course,
        "plan": plan,
        "form": GradeListForm(initial={"list": given["words"], "seen": plan.digest, "reason": given["reason"]}),
        "reason": given["reason"],
        "changes": [(each, exact_percent(each.old), exact_percent(each.new)) for each in plan.changes],
        "faults": [grade for grade in plan.grades if grade.fate == GradeFate.FAULT],
        "same": plan.counts[GradeFate.SAME],
        "most": MOST_CHANGES if len(plan.changes) > MOST_CHANGES else None,
    }
    return render(request, "studio/grade_import_preview.html", context, status=status)


def _asking(request: HttpRequest, course: Any, form: GradeListForm, *, status: int = 200) -> HttpResponse:
    context = {"section": "studio", "step": "gradebook", "course": course, "form": form}
    return render(request, "studio/grade_import.html", context, status=status)
