"""What a course's learners have read, know and lose, over all its quizzes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobs.domain.clock import database_now
from language import say
from quizzes.domain.class_retention import class_retention
from quizzes.domain.course_insight import (
    FEWEST,
    ConceptGrid,
    GridCell,
    concept_grid,
    course_reading,
    quiz_standings,
)
from web.spreadsheets import csv_file
from web.studio import course_words as words
from web.studio.access import for_graders
from web.studio.charts.retention import retention_chart
from web.studio.charts.way import way_chart
from web.studio.course_heat import heat_reading, heated_text, told_pieces
from web.studio.course_tables import TABLES
from web.studio.insight_words import figure


@require_safe
@for_graders
def course_insight(request: HttpRequest, *, course: Any) -> HttpResponse:
    """How far learners read, what quizzes earn, what cohorts know and what stays. The same queries for any number."""
    reading, standings, grid = course_reading(course), quiz_standings(course), concept_grid(course)
    retention = class_retention(course, at=database_now())
    context = {
        "section": "studio",
        "step": "insight",
        "course": course,
        "reading": reading,
        "heading": words.headline(reading),
        "way": way_chart(reading),
        "way_reading": words.way_reading(reading),
        "quizzes": standings,
        "quizzes_reading": words.quizzes_reading(standings),
        "grid": grid,
        "columns": [say(words.EVERYBODY), *(cohort.name if cohort else say(words.IN_NONE) for cohort in grid.cohorts)],
        "grid_rows": _grid_rows(grid),
        "grid_reading": words.grid_reading(grid),
        "retention": retention,
        "fading": retention_chart(retention),
        "retention_reading": words.retention_reading(retention),
        "fewest": FEWEST,
    }
    return render(request, "studio/course_insight.html", context)


def _grid_rows(grid: ConceptGrid) -> list[dict[str, Any]]:
    return [
        {"concept": row.concept, "cells": [_shown(cell) for cell in (row.everybody, *row.cells)]} for row in grid.rows
    ]


def _shown(cell: GridCell) -> dict[str, Any]:
    told = "" if cell.mastery is None else f"{figure(100 * cell.mastery)} %"
    return {"known": cell.known, "told": told, "shade": words.shade_of(cell)}


@require_safe
@for_graders
def heated_course(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The whole text, shaded by what was lost on the questions that rest on it; to be printed too."""
    parts = heated_text(course)
    told = told_pieces(parts)
    context = {
        "section": "studio",
        "course": course,
        "parts": parts,
        "told": told,
        "reading": heat_reading(told),
    }
    return render(request, "studio/course_heat.html", context)


@require_safe
@for_graders
def course_csv(_request: HttpRequest, *, course: Any, table: str) -> HttpResponse:
    """One of the tables for a spreadsheet."""
    if table not in TABLES:
        raise Http404
    made = TABLES[table](course)
    return csv_file(f"{course.slug}-{table}", made.header, made.rows)
