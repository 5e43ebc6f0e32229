"""The question at the end of a section, on a page of its own; the lesson takes it from there. Visitors try it too."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.domain.side_questions import SideQuestion, side_question
from web.learner.errors import told
from web.learner.forms import is_place
from web.learner.practised import asked_or_judged
from web.learner.views.reading import enrollment_in, person_of, readable_lesson


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@told
def of_section(request: HttpRequest, course: str, lesson: str, section: int) -> HttpResponse:
    """The question, and after a POST the verdict on its answer; `turn` in the address goes on to the next."""
    found = readable_lesson(request, course, lesson)
    if found is None:
        raise Http404
    wanted = request.GET.get("turn", "")
    turn = int(wanted) if is_place(wanted) else 0
    part = enrollment_in(found.course, person_of(request))
    side = side_question(found, section=section, part=part, turn=turn)
    if side is None:
        raise Http404
    shown = _shown(request, side, reverse("learner:side-question", args=[course, lesson, section]), turn)
    lesson_address = reverse("learner:lesson", args=[course, lesson])
    context = {"course": found.course, "lesson": found, "back": f"{lesson_address}#p-{side.section.last}", **shown}
    return render(request, "learner/practising/side_question.html", context)


def _shown(request: HttpRequest, side: SideQuestion, address: str, turn: int) -> dict[str, Any]:
    if side.question is None:
        return {}
    asked = asked_or_judged(request, side.question)
    addresses = {"action": f"{address}?turn={turn}", "following": f"{address}?turn={turn + 1}"}
    return {"total": side.total, "here": f"asked-{side.section.number}", **addresses, **asked}
