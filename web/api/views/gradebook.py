"""The gradebook, a page of rows at a time and as a file, for those who grade the course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.models import Enrollment
from quizzes.domain.gradebook import Filter, Line, learners_in, lines_of, quizzes_of
from quizzes.domain.gradebook_file import header_of, rows_of
from quizzes.models import Quiz
from web.api.permitted import permitted_course
from web.api.sent import asked
from web.api.serializers.gradebook import GradebookQuerySerializer, GradebookRowSerializer, WeightSerializer
from web.spreadsheets import FILES, XLSX

WEIGHT = "weight-"
WEIGHTS = OpenApiParameter(
    "weight-{quiz}", description="What the quiz of this slug weighs in `overall`, 0 to 100; 1 where nothing is said."
)


@extend_schema(parameters=[GradebookQuerySerializer, WEIGHTS])
class Gradebook(GenericAPIView[Enrollment]):
    """Every learner of the course with their standing on each of its quizzes, and what the results come to."""

    serializer_class = GradebookRowSerializer
    queryset = Enrollment.objects.none()

    @extend_schema(responses=GradebookRowSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        course = permitted_course(request, slug, "course.grade")
        quizzes = quizzes_of(course)
        wanted = wanted_by(request, quizzes)
        learners = self.paginate_queryset(learners_in(course, wanted=wanted)) or []
        rows = [_row(line, quizzes) for line in lines_of(learners, quizzes=quizzes, wanted=wanted)]
        return self.get_paginated_response(GradebookRowSerializer(rows, many=True).data)


def _row(line: Line, quizzes: Sequence[Quiz]) -> dict[str, Any]:
    cells = [{"quiz": quiz, "cell": cell} for quiz, cell in zip(quizzes, line.cells, strict=True)]
    return {"line": line, "cells": cells}


def wanted_by(request: Request, quizzes: Sequence[Quiz]) -> Filter:
    """What the address asks for; raises ValidationError for what makes no sense."""
    fields = asked(request, GradebookQuerySerializer)
    return Filter(
        matching=fields["q"],
        cohort=str(fields["cohort"] or ""),
        standing=fields["standing"],
        drop=fields["drop"],
        weights=_weights(request.query_params.dict(), quizzes),
    )


def _weights(query: Mapping[str, Any], quizzes: Sequence[Quiz]) -> dict[str, Decimal]:
    known = {WEIGHT + quiz.slug: quiz.slug for quiz in quizzes}
    weights = {name: WeightSerializer(data={"weight": query[name]}) for name in query if name.startswith(WEIGHT)}
    wrong = {name: weight.errors.get("weight", []) for name, weight in weights.items() if not weight.is_valid()}
    wrong |= {name: ["The course has no such quiz."] for name in weights if name not in known}
    if wrong:
        raise ValidationError(wrong)
    return {known[name]: weight.validated_data["weight"] for name, weight in weights.items()}


class CsvRenderer(JSONRenderer):
    """A caller may ask for CSV. The file is made by the view, so that only a problem is ever rendered: as JSON."""

    media_type = "text/csv"
    format = "csv"


class XlsxRenderer(CsvRenderer):
    """The same for a workbook."""

    media_type = XLSX
    format = "xlsx"


class GradebookFile(APIView):
    """Everybody whom the query lets through, in one file: `csv` or `xlsx`."""

    renderer_classes = (JSONRenderer, CsvRenderer, XlsxRenderer)

    @extend_schema(
        parameters=[GradebookQuerySerializer, WEIGHTS],
        responses={(200, "text/csv"): OpenApiTypes.BINARY, (200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, slug: str, ending: str) -> HttpResponseBase:
        course = permitted_course(request, slug, "course.grade")
        if ending not in FILES:
            raise Http404
        quizzes = quizzes_of(course)
        rows = rows_of(course, quizzes=quizzes, wanted=wanted_by(request, quizzes))
        return FILES[ending](f"{course.slug}-gradebook", header_of(quizzes), rows)
