"""A course as one readable text: out of the studio, and in again as a draft of whoever brings it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from authoring.domain.course_export import export_course
from authoring.domain.course_import import LARGEST, CourseFileRefused, import_course_file
from course.errors import CourseError
from language import say
from quizzes.formats.course_file import write
from web.studio.access import author, for_authors, for_editors, see
from web.studio.forms import COURSE_TOO_LARGE, CourseFileForm
from web.studio.limits import received_up_to

ROOM_FOR_FIELDS = 100_000
"""Bytes that a request may hold beside the file."""


@require_safe
@for_editors
def course_file(_request: HttpRequest, *, course: Any) -> HttpResponse:
    """The whole course as a course file, which the studio and import_course take back."""
    answer = HttpResponse(write(export_course(course)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{course.slug}.postil"'
    return answer


@received_up_to(LARGEST + ROOM_FOR_FIELDS, told=COURSE_TOO_LARGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def bring_in(request: HttpRequest) -> HttpResponse:
    """The form; a POST makes a draft course of the file, or tells everything that is wrong with it."""
    if request.method != "POST":
        return _asking(request, CourseFileForm())
    form = CourseFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, form, status=422)
    try:
        course = import_course_file(form.cleaned_data["file"].read(), owner=author(request))
    except CourseFileRefused as error:
        return _asking(request, form, problems=error.problems, status=422)
    except CourseError as error:
        form.add_error("file", str(error))
        return _asking(request, form, status=422)
    messages.success(
        request, say("The course is here as a draft with everything in the file. Learners see nothing yet.")
    )
    return see(reverse("studio:course", args=[course.slug]))


def _asking(request: HttpRequest, form: CourseFileForm, *, problems: Any = (), status: int = 200) -> HttpResponse:
    context = {"section": "studio", "form": form, "problems": problems}
    return render(request, "studio/course_file.html", context, status=status)
