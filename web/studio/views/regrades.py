"""Grading again: plan a run, read what it would change, apply it, take it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from language import say
from quizzes.domain.questions import asked_in
from quizzes.domain.regrade_report import RunReport, report_of
from quizzes.domain.regrades import (
    BEHIND,
    apply_regrade,
    discard_regrade,
    job_of,
    plan_regrade,
    undo_regrade,
)
from quizzes.errors import QuizError
from quizzes.models import Quiz, RegradeRun
from web.studio.access import author, for_graders, see
from web.studio.charts.before_after import before_after
from web.studio.forms import RegradeForm
from web.studio.wording import counted

STOP_POLLING = 286


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def regrades(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The runs of the course, the newest first; a POST plans one."""
    quizzes = list(Quiz.objects.filter(course=course.pk))
    form = RegradeForm(request.POST or None, quizzes=quizzes, questions=asked_in(course))
    if request.method == "POST" and form.is_valid():
        try:
            run = plan_regrade(course, actor=author(request), **form.scope)
        except QuizError as refused:
            form.add_error(None, str(refused))
        else:
            return see(_address(course, run))
    runs = RegradeRun.objects.filter(course=course.pk).select_related("quiz", "question", "actor")[:50]
    context = {"section": "studio", "step": "regrades", "course": course, "runs": runs, "form": form}
    return render(request, "studio/regrades.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def regrade(request: HttpRequest, *, course: Any, run: UUID) -> HttpResponse:
    """One run: how far it is, then for each learner what it changes; a POST applies, discards or undoes it."""
    found = get_object_or_404(RegradeRun.objects.select_related("quiz", "actor"), course=course.pk, uuid=run)
    if request.method == "POST":
        return _step(request, course, found)
    if found.state in BEHIND:
        return _at_work(request, course, found)
    if request.headers.get("HX-Request"):
        done = HttpResponse(status=STOP_POLLING)
        done["HX-Redirect"] = _address(course, found)
        return done
    report = report_of(found)
    context = {
        "section": "studio",
        "course": course,
        "run": found,
        "report": report,
        "chart": before_after(report.before, report.after) if report.affected else None,
        "reading": reading_of(report),
    }
    return render(request, "studio/regrade.html", context)


def _at_work(request: HttpRequest, course: Any, run: RegradeRun) -> HttpResponse:
    context = {"section": "studio", "course": course, "run": run, "job": job_of(run)}
    is_fragment = bool(request.headers.get("HX-Request"))
    return render(request, f"studio/{'_regrading' if is_fragment else 'regrading'}.html", context)


def _step(request: HttpRequest, course: Any, run: RegradeRun) -> HttpResponse:
    steps = {
        "apply": lambda: apply_regrade(run, actor=author(request)),
        "undo": lambda: undo_regrade(run, actor=author(request)),
        "discard": lambda: discard_regrade(run),
    }
    try:
        steps.get(request.POST.get("do", ""), lambda: None)()
    except QuizError as refused:
        messages.warning(request, str(refused))
    return see(_address(course, run))


def _address(course: Any, run: RegradeRun) -> str:
    return reverse("studio:regrade", args=[course.slug, run.uuid])


def reading_of(report: RunReport) -> str:
    """The report in a sentence or two."""
    if not report.affected:
        return ""
    changed = counted(report.affected, "attempt changes", "attempts change")
    said = [
        say("{attempts}: {higher} higher, {lower} lower.", attempts=changed, higher=report.higher, lower=report.lower)
    ]
    if report.pass_now:
        passing = counted(report.pass_now, "attempt passes", "attempts pass")
        said.append(say("{attempts} only now.", attempts=passing))
    if report.fail_now:
        failing = counted(report.fail_now, "attempt fails", "attempts fail")
        said.append(say("{attempts} only now.", attempts=failing))
    return " ".join(said)
