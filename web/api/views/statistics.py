"""Figures of a quiz and of a course, for those who grade; and having a quiz reckoned anew."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from jobs.domain.clock import database_now
from quizzes.domain.class_retention import class_retention
from quizzes.domain.course_insight import FEWEST, ConceptGrid, concept_grid, course_reading, quiz_standings
from quizzes.domain.quiz_statistics import statistics_of
from quizzes.domain.reckoning import ask_to_reckon
from web.api.idempotency import once
from web.api.long_work import accepted
from web.api.permitted import permitted_course, permitted_quiz
from web.api.serializers.jobs import AcceptedSerializer
from web.api.serializers.statistics import CourseStatisticsSerializer, QuizStatisticsSerializer


class QuizStatistics(APIView):
    """The quiz and its questions in figures: as they stand, and what a job reckoned, with when that was."""

    @extend_schema(responses=QuizStatisticsSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(QuizStatisticsSerializer(statistics_of(permitted_quiz(request, uuid, "course.grade"))).data)

    @extend_schema(request=None, responses={202: AcceptedSerializer})
    @once
    def post(self, request: Request, uuid: UUID) -> Response:
        """A job reckons the figures anew; while one waits, it is that one."""
        return accepted(request, ask_to_reckon(permitted_quiz(request, uuid, "course.grade")).uuid)


class CourseStatistics(APIView):
    """How far learners read, what quizzes earn, what cohorts know, and what stays; the same queries for any number."""

    @extend_schema(responses=CourseStatisticsSerializer)
    def get(self, request: Request, slug: str) -> Response:
        course, now = permitted_course(request, slug, "course.grade"), database_now()
        grid = concept_grid(course)
        body = {
            "at": now,
            "fewest": FEWEST,
            "reading": course_reading(course),
            "quizzes": quiz_standings(course),
            "concepts": {"cohorts": _named(grid), "rows": grid.rows, "unasked": grid.unasked},
            "retention": class_retention(course, at=now),
        }
        return Response(CourseStatisticsSerializer(body).data)


def _named(grid: ConceptGrid) -> list[dict[str, Any]]:
    """The grid's columns; a serializer takes no None for one of them."""
    return [{"cohort": cohort} for cohort in grid.cohorts]
