"""A quiz while it is taken, for those who watch it; and more time for those who take it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from jobs.domain.clock import database_now
from quizzes.domain.extensions import extend, extensions_of, learners_meant, take_back_extension
from quizzes.domain.monitoring import counts_of, stuck_at
from quizzes.models import Extension, Quiz
from web.api.callers import caller
from web.api.idempotency import once
from web.api.permitted import cohort_in, permitted_quiz
from web.api.sent import sent
from web.api.serializers.problems import ProblemSerializer
from web.api.serializers.watching import (
    ExtendSerializer,
    ExtensionSerializer,
    MonitorSerializer,
    ShortenedSerializer,
)


class Monitor(APIView):
    """How many attempts are where, and who has not saved for twenty minutes; the same queries for any number."""

    @extend_schema(responses=MonitorSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        quiz, now = permitted_quiz(request, uuid, "course.monitor"), database_now()
        body = {"at": now, "counts": counts_of(quiz, at=now), "stuck": stuck_at(quiz, at=now)}
        return Response(MonitorSerializer(body).data)


class Extensions(APIView):
    """The newest twenty times that learners of the quiz were given more time in one go."""

    @extend_schema(responses=ExtensionSerializer(many=True))
    def get(self, request: Request, uuid: UUID) -> Response:
        given = extensions_of(permitted_quiz(request, uuid, "course.accommodate"))
        return Response(ExtensionSerializer(given, many=True).data)

    @extend_schema(request=ExtendSerializer, responses={201: ExtensionSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, uuid: UUID) -> Response:
        """Those who are named, in a cohort or at work have more minutes here, or days on every closing, now."""
        quiz = permitted_quiz(request, uuid, "course.accommodate")
        fields = sent(request, ExtendSerializer)
        learners, minutes, days = _meant(quiz, fields), fields["minutes"], fields["days"]
        given = extend(quiz, learners=learners, minutes=minutes, days=days, actor=caller(request))
        return Response(ExtensionSerializer(given).data, status=201)


def _meant(quiz: Quiz, fields: dict[str, Any]) -> list[UUID]:
    if fields["learners"]:
        named: list[UUID] = fields["learners"]
        return named
    cohort = cohort_in(quiz.course, fields["cohort"])
    return learners_meant(quiz, cohort=cohort.uuid if cohort else None)


class ExtensionDetail(APIView):
    """Nobody has this time any more, but for attempts that would be over by that. Again, it changes nothing."""

    @extend_schema(responses={200: ShortenedSerializer})
    def delete(self, request: Request, uuid: UUID, extension: UUID) -> Response:
        quiz = permitted_quiz(request, uuid, "course.accommodate")
        found = get_object_or_404(Extension, quiz=quiz, uuid=extension)
        return Response(ShortenedSerializer(take_back_extension(found, actor=caller(request))).data)
