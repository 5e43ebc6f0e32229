"""A list of people comes into a course: what it would do, line by line, and then that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from course.domain.roster_applying import RosterChanged
from course.domain.rosters import Fate, plan_roster
from course.errors import CourseError
from course.roster import Roster, read_roster, read_typed
from course.tables import NotATable
from quizzes.domain.enrolling import RosterAtFault, enrol_by_list, enrol_typed
from web.studio.access import author, for_those_who_may, see
from web.studio.people_form import EnrolForm
from web.studio.roster_words import done, shown
from web.studio.uploads import TOO_LARGE, ListForm, list_received


@for_those_who_may("course.enrol")
def _roster(request: HttpRequest, *, course: Any) -> HttpResponse:
    if request.method != "POST":
        return _asking(request, course, ListForm())
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, course, form, status=422)
    try:
        roster = read_roster(form.cleaned_data["words"])
    except NotATable as error:
        form.refuse(str(error))
        return _asking(request, course, form, status=422)
    return (
        _apply(request, course, form, roster) if form.cleaned_data["seen"] else _preview(request, course, form, roster)
    )


@for_those_who_may("course.enrol")
def _too_large(request: HttpRequest, *, course: Any) -> HttpResponse:
    form = ListForm({})
    form.errors.clear()
    form.add_error("file", TOO_LARGE)
    return _asking(request, course, form, status=413)


roster = require_http_methods(["GET", "HEAD", "POST"])(list_received(_roster, refused=_too_large))


def _apply(request: HttpRequest, course: Any, form: ListForm, roster: Roster) -> HttpResponse:
    by_owner = "course.own" in course.granted
    try:
        enrolled = enrol_by_list(
            course, roster, seen=form.cleaned_data["seen"], by_owner=by_owner, actor=author(request)
        )
    except RosterChanged as error:
        messages.warning(request, str(error))
        return _preview(request, course, form, roster, status=409)
    messages.success(request, done(enrolled))
    return see(reverse("studio:people", args=[course.slug]))


def _preview(request: HttpRequest, course: Any, form: ListForm, roster: Roster, *, status: int = 200) -> HttpResponse:
    plan = plan_roster(course, roster, by_owner="course.own" in course.granted)
    again = ListForm(initial={"list": form.cleaned_data["words"], "seen": plan.digest})
    lines = [shown(line) for line in plan.lines]
    context = {
        "section": "studio",
        "step": "people",
        "course": course,
        "form": again,
        "plan": plan,
        "faults": [each for each in lines if each.line.fate == Fate.FAULT],
        "lines": [each for each in lines if each.line.fate != Fate.FAULT],
        "same": plan.counts[Fate.SAME],
    }
    return render(request, "studio/roster_preview.html", context, status=status)


def _asking(request: HttpRequest, course: Any, form: ListForm, *, status: int = 200) -> HttpResponse:
    context = {"section": "studio", "step": "people", "course": course, "form": form}
    return render(request, "studio/roster.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.enrol")
def add(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Addresses are typed, and their people enrolled and invited: all of them, or none."""
    by_owner = "course.own" in course.granted
    form = EnrolForm(request.POST or None, course=course, by_owner=by_owner)
    if request.method == "POST" and form.is_valid():
        try:
            roster = read_typed(**form.typed)
            enrolled = enrol_typed(course, roster, by_owner=by_owner, actor=author(request))
        except RosterAtFault as error:
            for fault in error.faults:
                form.add_error("addresses", f"{fault.address}: {fault.reason}")
        except (NotATable, CourseError) as error:
            form.add_error("addresses", str(error))
        else:
            messages.success(request, done(enrolled))
            return see(reverse("studio:people", args=[course.slug]))
    context = {"section": "studio", "step": "people", "course": course, "form": form}
    return render(request, "studio/enrol.html", context, status=422 if form.errors else 200)
