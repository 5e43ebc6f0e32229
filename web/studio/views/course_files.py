"""A course as one readable text: out of the studio, and in again as a draft of whoever brings it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from authoring.domain.course_export import export_course
from authoring.domain.course_import import LARGEST, import_course_file
from course.errors import CourseError
from quizzes.formats.course_file import UnreadableCourseFile, write
from web.studio.access import author, for_authors, for_editors, see
from web.studio.forms import CourseFileForm

ROOM_FOR_FIELDS = 100_000
"""Bytes that a request may hold beside the file."""


@require_safe
@for_editors
def course_file(_request: HttpRequest, *, course: Any) -> HttpResponse:
    """The whole course as a course file, which the studio and import_course take back."""
    answer = HttpResponse(write(export_course(course)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{course.slug}.postil"'
    return answer


# Checking the token reads the whole request, so that what is too large has to be turned away before.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def bring_in(request: HttpRequest) -> HttpResponse:
    """The form; a POST makes a draft course of the file, or tells everything that is wrong with it."""
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + ROOM_FOR_FIELDS:
        form = CourseFileForm({})
        form.errors.clear()
        form.add_error("file", CourseFileForm.too_large)
        return _asking(request, form, status=413)
    return _bring_in(request)


@csrf_protect
def _bring_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _asking(request, CourseFileForm())
    form = CourseFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, form, status=422)
    try:
        course = import_course_file(form.cleaned_data["file"].read(), owner=author(request))
    except UnreadableCourseFile as error:
        return _asking(request, form, problems=error.problems, status=422)
    except CourseError as error:
        form.add_error("file", str(error))
        return _asking(request, form, status=422)
    messages.success(request, "The course is here as a draft with everything in the file. Learners see nothing yet.")
    return see(reverse("studio:course", args=[course.slug]))


def _asking(request: HttpRequest, form: CourseFileForm, *, problems: Any = (), status: int = 200) -> HttpResponse:
    context = {"section": "studio", "form": form, "problems": problems}
    return render(request, "studio/course_file.html", context, status=status)
