"""What the answers to a quiz say of its questions and its text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.domain.insight import QuestionRow, fingerprint_of, question_rows, read_passages
from quizzes.domain.reckoning import ask_to_reckon
from quizzes.models import Quiz, QuizStatistic
from quizzes.statistics.questions import ENOUGH
from web.studio import insight_words as words
from web.studio.access import for_graders, see
from web.studio.charts.durations import durations_chart
from web.studio.charts.fifths import fifths_chart
from web.studio.charts.scatter import Measured, scatter
from web.studio.charts.tenths import tenths_chart
from web.studio.spreadsheets import csv_file

HEADER = (
    "Number", "Question", "Wording", "First attempts", "Facility, %", "Deviation, %", "Guess, %", "Intended weight, %",
    "Effective weight, %", "Discrimination", "From", "To", "Efficiency, %",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def insight(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """The quiz in figures and charts, as it stands and as it was reckoned last; a POST has it reckoned anew."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    if request.method == "POST":
        ask_to_reckon(found)
        messages.success(request, "The figures are being reckoned. Reload the page in a moment.")
        return see(reverse("studio:insight", args=[course.slug, quiz]))
    rows = question_rows(found)
    kept = QuizStatistic.objects.filter(quiz=found).first()
    attempts = max((row.sums.responses for row in rows), default=0)
    context = {
        "section": "studio",
        "course": course,
        "quiz": found,
        "rows": [_told(row, kept) for row in rows],
        "attempts": attempts,
        "enough": ENOUGH,
        "is_enough": attempts >= ENOUGH,
        "heading": words.headline(rows, attempts),
        "overview": words.overview(rows, attempts),
        "worst": words.worst_of(rows),
        "kept": kept,
        "is_stale": kept is not None and kept.fingerprint != fingerprint_of(found),
        **_charts(rows),
        **_reckoned(found, kept),
    }
    return render(request, "studio/insight.html", context)


@require_safe
@for_graders
def insight_csv(_request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """Every figure of every question as a table for a spreadsheet."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    kept = QuizStatistic.objects.filter(quiz=found).first()
    return csv_file(f"{quiz}-questions", HEADER, (_line(row, kept) for row in question_rows(found)))


def _line(row: QuestionRow, kept: QuizStatistic | None) -> list[object]:
    figures = _figures_of(row, kept)
    interval = figures.get("interval") or {}
    more = [figures.get(name) for name in ("guess", "intended_weight", "effective_weight")]
    live = [row.sums.responses, row.sums.facility, row.sums.deviation]
    rest = [row.sums.discrimination, interval.get("low"), interval.get("high"), figures.get("efficiency")]
    return [row.number, row.title, row.version.number, *map(_two, [*live, *more, *rest])]


def _two(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


def _figures_of(row: QuestionRow, kept: QuizStatistic | None) -> dict[str, Any]:
    questions = kept.figures["questions"] if kept else []
    return next((each for each in questions if each["version"] == str(row.version.uuid)), {})


def _told(row: QuestionRow, kept: QuizStatistic | None) -> dict[str, Any]:
    """A row with its words, what was reckoned of it, and the chart of its answers."""
    figures = _figures_of(row, kept)
    choices = figures.get("choices", [])
    is_told = row.is_enough and bool(choices)
    return {
        "row": row,
        "sort": words.sort_of(row),
        "figures": figures,
        "choices": choices if is_told else [],
        "fifths": fifths_chart(choices) if is_told else None,
    }


def _charts(rows: list[QuestionRow]) -> dict[str, Any]:
    told = [row for row in rows if row.is_enough]
    measured = [
        Measured(row.number, row.sums.facility, row.sums.discrimination)
        for row in told
        if row.sums.facility is not None and row.sums.discrimination is not None
    ]
    passages = read_passages(told)
    return {
        "scatter": scatter(measured) if measured else None,
        "passages": [(each, words.shade(each.lost)) for each in passages],
        "passages_reading": words.passages_reading(passages),
    }


def _reckoned(quiz: Quiz, kept: QuizStatistic | None) -> dict[str, Any]:
    if kept is None or kept.attempts < ENOUGH:
        return {}
    cut = None if quiz.pass_fraction is None else float(quiz.pass_fraction)
    return {
        "tenths": tenths_chart(kept.figures["tenths"], pass_fraction=cut),
        "durations": durations_chart(kept.figures["durations"]),
        "duration_rows": kept.figures["durations"],
        "figures": kept.figures,
        "results_reading": words.results_reading(kept.figures),
    }
