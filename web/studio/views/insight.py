"""What the answers to a quiz say of its questions and its text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from course.rules import courses_editable_by
from language import say
from quizzes.domain.insight import QuestionRow, choices_now, fingerprint_of, question_rows, read_passages
from quizzes.domain.quiz_statistics import figures_of
from quizzes.domain.reckoning import ask_to_reckon
from quizzes.models import Quiz, QuizStatistic
from quizzes.statistics.questions import ENOUGH
from web.spreadsheets import csv_file
from web.studio import insight_words as words
from web.studio.access import for_graders, see
from web.studio.charts.durations import durations_chart
from web.studio.charts.fifths import fifths_chart
from web.studio.charts.scatter import Measured, scatter
from web.studio.charts.tenths import tenths_chart
from web.studio.insight_tables import TABLES


@require_http_methods(["GET", "HEAD", "POST"])
@for_graders
def insight(request: HttpRequest, *, course: Any, quiz: str) -> HttpResponse:
    """The quiz in figures and charts, as it stands and as it was reckoned last; a POST has it reckoned anew."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    if request.method == "POST":
        ask_to_reckon(found)
        messages.success(request, say("The figures are being reckoned. Reload the page in a moment."))
        return see(reverse("studio:insight", args=[course.slug, quiz]))
    rows = question_rows(found)
    kept = QuizStatistic.objects.filter(quiz=found).first()
    attempts = max((row.sums.responses for row in rows), default=0)
    may_edit = courses_editable_by(request.user).filter(pk=course.pk).exists()
    context = {
        "section": "studio",
        "course": course,
        "quiz": found,
        "rows": [_told(course, row, kept, may_edit=may_edit) for row in rows],
        "may_edit": may_edit,
        "enough": ENOUGH,
        "heading": words.headline(rows, attempts),
        "overview": words.overview(rows, attempts),
        "worst": words.worst_of(rows),
        "kept": kept,
        "is_stale": kept is not None and kept.fingerprint != fingerprint_of(found),
        **_charts(course, rows, may_edit=may_edit),
        **_reckoned(found, kept),
    }
    return render(request, "studio/insight.html", context)


@require_safe
@for_graders
def insight_csv(_request: HttpRequest, *, course: Any, quiz: str, table: str) -> HttpResponse:
    """One of the page's tables for a spreadsheet, whole."""
    found = get_object_or_404(Quiz, course=course.pk, slug=quiz)
    if table not in TABLES:
        raise Http404
    made = TABLES[table](found, QuizStatistic.objects.filter(quiz=found).first())
    return csv_file(f"{quiz}-{table}", made.header, made.rows)


def _address(course: Any, row: QuestionRow, *, may_edit: bool) -> str:
    """The page of the row's question: where it is improved, or for graders what was answered to it."""
    if may_edit:
        return reverse("studio:question", args=[course.slug, row.version.uuid])
    return reverse("studio:answers", args=[course.slug, row.version.question.uuid])


def _told(course: Any, row: QuestionRow, kept: QuizStatistic | None, *, may_edit: bool) -> dict[str, Any]:
    """A row with its words, what was reckoned of it, and the chart of its answers."""
    figures = figures_of(row, kept)
    interval = figures.get("interval")
    choices = choices_now(row, figures.get("choices", []))
    is_told = row.is_enough and bool(choices)
    return {
        "row": row,
        "address": _address(course, row, may_edit=may_edit),
        "sort": words.sort_of(row),
        "facility": words.figure(row.sums.facility),
        "discrimination": words.figure(row.sums.discrimination),
        "interval": _interval(interval) if interval else "–",
        "figures": figures,
        "choices": choices if is_told else [],
        "reading": words.choices_reading(choices) if is_told else "",
        "fifths": fifths_chart(choices) if is_told else None,
    }


def _interval(interval: dict[str, Any]) -> str:
    return say("{low} to {high}", low=words.figure(interval["low"]), high=words.figure(interval["high"]))


def _charts(course: Any, rows: list[QuestionRow], *, may_edit: bool) -> dict[str, Any]:
    told = {row.number: row for row in rows if row.is_enough}
    measured = [
        Measured(row.number, row.sums.facility, row.sums.discrimination)
        for row in told.values()
        if row.sums.facility is not None and row.sums.discrimination is not None
    ]
    chart, passages = scatter(measured), read_passages(course, list(told.values()))
    return {
        "scatter": chart if measured else None,
        "points": [
            (point, told[point.number], _address(course, told[point.number], may_edit=may_edit))
            for point in chart.points
        ],
        "scatter_reading": words.scatter_reading(rows),
        "passages": [(each, words.shade(each.lost)) for each in passages],
        "passages_reading": words.passages_reading(passages),
    }


def _reckoned(quiz: Quiz, kept: QuizStatistic | None) -> dict[str, Any]:
    if kept is None or kept.attempts < ENOUGH:
        return {}
    cut = None if quiz.pass_fraction is None else float(quiz.pass_fraction)
    figures = kept.figures
    return {
        "tenths": tenths_chart(figures["tenths"], pass_fraction=cut),
        "durations": durations_chart(figures["durations"]),
        "duration_rows": figures["durations"],
        "times_reading": words.times_reading(figures["durations"]),
        "figures": figures,
        "skewness": words.figure(figures["quiz"]["skewness"], 2),
        "kurtosis": words.figure(figures["quiz"]["kurtosis"], 2),
        "results_reading": words.results_reading(figures),
    }
