"""What a course keeps about one learner: as a file, and its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from course.models import Enrollment
from language import marked, say
from quizzes.domain.erasing_parts import erasable_parts, erase_part, what_erasing_part_touches
from quizzes.domain.learner_record import learner_record
from quizzes.errors import StillGraded
from web.studio.access import author, for_those_who_may, see

SURE = "erase"
HASTY = marked("Type the word erase, so that this does not happen by accident.")


@require_safe
@for_those_who_may("course.erase")
def copy(_request: HttpRequest, *, course: Any, person: UUID) -> HttpResponse:
    """Everything that the course keeps about the learner, as one file."""
    record = learner_record(erasable_part(course, person))
    answer = JsonResponse(record, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="postil-learner-record.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.erase")
def erase(request: HttpRequest, *, course: Any, person: UUID) -> HttpResponse:
    """What erasing the learner from the course would touch; a POST that says so in a word does it."""
    part = erasable_part(course, person)
    error = ""
    if request.method == "POST":
        try:
            if request.POST.get("sure", "").strip().lower() == SURE:
                return _erased(request, course, part)
            error = say(HASTY)
        except StillGraded as refused:
            error = str(refused)
    touched = what_erasing_part_touches(part)
    context = {"section": "studio", "step": "people", "course": course, "part": part, "touched": touched}
    return render(request, "studio/erase.html", {**context, "error": error}, status=422 if error else 200)


def _erased(request: HttpRequest, course: Any, part: Enrollment) -> HttpResponse:
    if erase_part(part, actor=author(request)):
        messages.success(
            request, say("The learner is erased from this course. Grades and statistics stay, without a name.")
        )
    else:
        messages.success(request, say("Nothing was left to erase: this was done before."))
    return see(f"{reverse('studio:people', args=[course.slug])}?group=left")


def erasable_part(course: Any, person: UUID) -> Enrollment:
    """The part with this id, if it is a learner's or an observer's of the course; else 404."""
    return get_object_or_404(erasable_parts(course), uuid=person)
