"""People are enrolled by their addresses, as somebody typed them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from course.errors import CourseError
from course.roster import read_typed
from course.tables import NotATable
from quizzes.domain.enrolling import RosterAtFault, enrol_typed
from web.studio.access import author, for_those_who_may, see
from web.studio.list_words import enrolled_in_words
from web.studio.people_form import EnrolForm


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
            messages.success(request, enrolled_in_words(enrolled))
            return see(reverse("studio:people", args=[course.slug]))
    context = {"section": "studio", "step": "people", "course": course, "form": form}
    return render(request, "studio/enrol.html", context, status=422 if form.errors else 200)
