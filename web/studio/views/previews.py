"""A quiz as one learner would see it at one moment. Looking writes nothing and counts nowhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from course.domain.people import learners_of
from quizzes.domain.quiz_preview import PreviewedQuestion, QuizPreview, quiz_preview
from quizzes.models import Quiz
from quizzes.policy import Moment, Shown
from quizzes.questions.controls import parts_of
from web.studio.access import for_editors
from web.studio.quiz_form import MOMENTS, THINGS, PreviewForm

MOST_LEARNERS = 500
"""So many are offered by name."""


@require_safe
@for_editors
def preview(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """The quiz as the learner in `learner` would have it `at` a moment, its questions drawn with `seed`."""
    found = get_object_or_404(Quiz.objects.select_related("course", "lesson"), course=course.pk, slug=quiz)
    form = PreviewForm(request.GET, learners=learners_of(course)[:MOST_LEARNERS])
    form.is_valid()
    at = form.cleaned_data.get("at") or timezone.now()
    seed = form.cleaned_data.get("seed") or 1
    seen = quiz_preview(found, enrollment=form.enrollment, at=at, seed=seed)
    context = {
        "section": "studio",
        "step": "quizzes",
        "course": course,
        "quiz": found,
        "form": form,
        "at": at,
        "seed": seed,
        "learner": form.enrollment,
        "asked": _asked(request),
        "seen": seen,
        "questions": [_question(question) for question in seen.questions],
        "moments": [MOMENTS[moment] for moment in Moment],
        "table": _table(seen),
    }
    return render(request, "studio/preview.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> str:
    """The query that previews the course's pages for the same learner at the same moment; "" for a visitor now."""
    given = {name: request.GET.get(name, "") for name in ("learner", "at")}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"?{query}" if query else ""


def _question(question: PreviewedQuestion) -> dict[str, Any]:
    """The question as its control's template takes it."""
    parts = parts_of(question.presentation, None)
    return {
        "item": {"position": question.position, "presentation": question.presentation},
        "parts": parts,
        "places": range(1, len(parts) + 1),
        "text": "",
        "points": question.max_points,
        "template": f"components/controls/{question.presentation.control}.html",
    }


def _table(seen: QuizPreview) -> list[tuple[str, list[bool]]]:
    """What is shown, and for each moment whether it is."""
    return [(str(THINGS[thing]), [thing in seen.shown[moment] for moment in Moment]) for thing in Shown]
