"""A course out of the studio, as one readable text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from authoring.domain.course_export import export_course
from quizzes.formats.course_file import write
from web.studio.access import for_editors


@require_safe
@for_editors
def course_file(_request: HttpRequest, *, course: Any) -> HttpResponse:
    """The whole course as a course file, which import_course takes back."""
    answer = HttpResponse(write(export_course(course)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{course.slug}.postil"'
    return answer
