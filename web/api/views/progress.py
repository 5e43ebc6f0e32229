"""The caller's own progress."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.models import Role
from course.rules import parts_of
from jobs.domain.clock import database_now
from quizzes.domain.progress import course_progress
from quizzes.domain.shown_progress import shown_progress
from web.api.callers import caller
from web.api.serializers.progress import ProgressSerializer


class Progress(APIView):
    """How far the caller has come in each course they are enrolled in."""

    @extend_schema(responses=ProgressSerializer(many=True))
    def get(self, request: Request) -> Response:
        own = parts_of(caller(request).pk).filter(role=Role.LEARNER)
        parts = own.select_related("course").order_by("course__title")[:MOST_COURSES]
        now = database_now()
        shown = [shown_progress(course_progress(part), at=now) for part in parts]
        return Response(ProgressSerializer(shown, many=True).data)


MOST_COURSES = 50
