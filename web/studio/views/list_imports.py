"""A list of people or of grades comes into a course: what it would do, line by line, then that, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from course.tables import NotATable
from jobs.models import JobState
from quizzes.domain.list_imports import (
    BEHIND,
    apply_list,
    discard_list,
    go_on,
    job_of,
    lines_to_read,
    look_again,
    look_at,
    tally_of,
    undo_list,
)
from quizzes.errors import QuizError
from quizzes.models import ListImport, ListKind, RunState
from web.studio.access import author, for_those_who_may, see
from web.studio.limits import LARGEST_TEXT, received_up_to
from web.studio.list_words import counts_of, shown
from web.studio.uploads import TOO_LARGE, GradeListForm, ListForm

A_PAGE = 100
MOST_EDITED = 50_000
"""Characters of a list that is still mended on its page; a longer one is mended where it came from."""
STOP_POLLING = 286
FAILED = {JobState.FAILED, JobState.QUARANTINED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Door:
    """Where lists of one kind come in: their form, the names of their addresses, and the page they belong to."""

    kind: ListKind
    form: type[ListForm]
    asking: str
    page: str
    home: str
    template: str


PEOPLE = Door(ListKind.PEOPLE, ListForm, "roster", "studio:people-list", "people", "studio/roster.html")
GRADES = Door(
    ListKind.GRADES, GradeListForm, "grade-import", "studio:grade-list", "gradebook", "studio/grade_import.html"
)


@received_up_to(LARGEST_TEXT, told=TOO_LARGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.enrol")
def people_lists(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The form for a list of people and the lists so far; a POST looks at what one would do."""
    return _lists(request, course, PEOPLE)


@received_up_to(LARGEST_TEXT, told=TOO_LARGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.enrol")
def people_list(request: HttpRequest, *, course: Any, run: UUID) -> HttpResponse:
    """One list of people: how far it is, or line by line what it does; a POST applies, undoes or discards it."""
    return _list(request, course, PEOPLE, run)


@received_up_to(LARGEST_TEXT, told=TOO_LARGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.grade")
def grade_lists(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The form for a list of grades and the lists so far; a POST looks at what one would change."""
    return _lists(request, course, GRADES)


@received_up_to(LARGEST_TEXT, told=TOO_LARGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.grade")
def grade_list(request: HttpRequest, *, course: Any, run: UUID) -> HttpResponse:
    """One list of grades: how far it is, or cell by cell what it changes; a POST applies, undoes or discards it."""
    return _list(request, course, GRADES, run)


def _lists(request: HttpRequest, course: Any, door: Door) -> HttpResponse:
    form = door.form(request.POST, request.FILES) if request.method == "POST" else door.form()
    if request.method == "POST" and form.is_valid():
        try:
            run = look_at(course, kind=door.kind, actor=author(request), **_given(form))
        except NotATable as error:
            form.refuse(str(error))
        else:
            return see(_address(course, door, run))
    runs = ListImport.objects.filter(course=course.pk, kind=door.kind).select_related("actor")[:20]
    context = {**_context(course, door), "form": form, "runs": runs}
    return render(request, door.template, context, status=422 if form.errors else 200)


def _given(form: ListForm) -> dict[str, Any]:
    return {"text": form.cleaned_data["words"], "reason": form.cleaned_data.get("reason", "")}


def _list(request: HttpRequest, course: Any, door: Door, uuid: UUID) -> HttpResponse:
    rows = ListImport.objects.select_related("course", "actor")
    run = get_object_or_404(rows, course=course.pk, kind=door.kind, uuid=uuid)
    if request.method == "POST":
        return _step(request, course, door, run)
    if run.state in BEHIND:
        return _at_work(request, course, door, run)
    if request.headers.get("HX-Request"):
        done = HttpResponse(status=STOP_POLLING)
        done["HX-Redirect"] = _address(course, door, run)
        return done
    return _read(request, course, door, run)


def _at_work(request: HttpRequest, course: Any, door: Door, run: ListImport) -> HttpResponse:
    job = job_of(run)
    has_failed = job is None or job.state in FAILED
    context = {**_context(course, door), "run": run, "job": job, "failed": has_failed}
    is_fragment = bool(request.headers.get("HX-Request"))
    page = f"studio/{'_list_work' if is_fragment else 'list_work'}.html"
    return render(request, page, context, status=STOP_POLLING if is_fragment and has_failed else 200)


def _read(request: HttpRequest, course: Any, door: Door, run: ListImport, form: ListForm | None = None) -> HttpResponse:
    page = Paginator(lines_to_read(run), A_PAGE).get_page(request.GET.get("page"))
    is_mended = run.state == RunState.PLANNED and page.number == 1 and len(run.text) <= MOST_EDITED
    context = {
        **_context(course, door),
        "run": run,
        "counts": counts_of(tally_of(run)),
        "page": page,
        "lines": [shown(line) for line in page],
        "form": form or (door.form(initial={"list": run.text, "reason": run.reason}) if is_mended else None),
    }
    return render(request, "studio/list.html", context, status=422 if form else 200)


def _step(request: HttpRequest, course: Any, door: Door, run: ListImport) -> HttpResponse:
    step = request.POST.get("do", "")
    try:
        if step == "again":
            return _mended(request, course, door, run)
        STEPS.get(step, _nothing)(request, run)
    except QuizError as refused:
        messages.warning(request, str(refused))
    return see(_address(course, door, run))


def _mended(request: HttpRequest, course: Any, door: Door, run: ListImport) -> HttpResponse:
    """The list, as it was changed on its page, is looked at anew."""
    form = door.form(request.POST)
    if form.is_valid():
        try:
            look_again(run, actor=author(request), **_given(form))
        except NotATable as error:
            form.refuse(str(error))
        else:
            return see(_address(course, door, run))
    return _read(request, course, door, run, form)


def _nothing(_request: HttpRequest, _run: ListImport) -> None: ...


STEPS: dict[str, Callable[[HttpRequest, ListImport], object]] = {
    "apply": lambda request, run: apply_list(run, actor=author(request)),
    "undo": lambda request, run: undo_list(run, actor=author(request)),
    "discard": lambda _request, run: discard_list(run),
    "on": lambda _request, run: go_on(run),
}


def _context(course: Any, door: Door) -> dict[str, Any]:
    addresses = {name: reverse(f"studio:{getattr(door, name)}", args=[course.slug]) for name in ("asking", "home")}
    return {"section": "studio", "step": door.home, "course": course, "door": door, **addresses}


def _address(course: Any, door: Door, run: ListImport) -> str:
    return reverse(door.page, args=[course.slug, run.uuid])
