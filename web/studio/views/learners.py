"""What one learner answered, over all quizzes of the course."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from course.models import Enrollment
from language import say
from quizzes.domain.answers_in_words import answer_in_words
from quizzes.domain.gradebook import quizzes_of
from quizzes.domain.learner_answers import LearnerAttempt, attempts_behind, attempts_of, told_attempts
from quizzes.models import Attempt, Quiz
from web.studio.access import for_graders
from web.studio.answer_words import NOT_SAID, SHAPES, learner_reading
from web.studio.charts.attempts_line import AttemptsLine, Taken, attempts_line

A_PAGE = 10


@require_safe
@for_graders
def learner(request: HttpRequest, *, course: Any, learner: UUID) -> HttpResponse:
    """Every attempt of somebody in the course, ten at a time, the newest first, with what happened in each."""
    found = get_object_or_404(Enrollment.objects.select_related("user", "cohort"), course=course.pk, uuid=learner)
    quizzes, attempts = quizzes_of(course), attempts_of(found)
    page = attempts_behind(attempts, request.GET.get("after", ""), most=A_PAGE)
    taken = {attempt.quiz_id for attempt in attempts}
    context = {
        "section": "studio",
        "course": course,
        "learner": found,
        "reading": learner_reading(len(attempts), len(taken), len(quizzes)),
        "line": _line(quizzes, attempts),
        "attempts": attempts,
        "page": [(told, _rows(told)) for told in told_attempts(page)],
        "is_later": bool(page) and page[0] != attempts[0],
        "next": str(page[-1].uuid) if page and page[-1] != attempts[-1] else "",
    }
    return render(request, "studio/learner.html", context)


def _line(quizzes: Sequence[Quiz], attempts: Sequence[Attempt]) -> AttemptsLine | None:
    taken = [quiz for quiz in quizzes if any(attempt.quiz_id == quiz.pk for attempt in attempts)]
    lanes = {quiz.pk: at for at, quiz in enumerate(taken)}
    drawn = [
        Taken(
            lane=lanes[attempt.quiz_id],
            at=localtime(attempt.submitted_at or attempt.started_at),
            is_graded=attempt.fraction is not None,
            is_below=_is_below(attempt),
        )
        for attempt in attempts
    ]
    return attempts_line([quiz.title for quiz in taken], drawn)


def _is_below(attempt: Attempt) -> bool:
    mark = attempt.quiz.pass_fraction
    return mark is not None and attempt.fraction is not None and attempt.fraction < mark


def _rows(told: LearnerAttempt) -> list[dict[str, Any]]:
    """The answers of an attempt as its list shows them."""
    rows = []
    for each in told.answers:
        icon, tone = SHAPES[each.verdict] if each.verdict else ("half", "now")
        text = answer_in_words(each.response.version, each.response.answer) if each.response.answer else say(NOT_SAID)
        rows.append({"answer": each, "text": text, "icon": icon, "tone": tone})
    return rows
