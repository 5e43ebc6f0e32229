"""What a course keeps about its people and for how long, the end of it, and what was done in the course."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain.audit import history_of_course
from accounts.models import AuditEntry
from course.models import Course, Enrollment
from course.rules import courses_where
from quizzes.domain.erasing_parts import erasable_parts, erase_part, what_erasing_part_touches
from quizzes.domain.learner_record import learner_record
from quizzes.domain.retention import days_kept, keep_answers_for, what_is_past
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.pagination import NewestFirst
from web.api.permitted import permitted_course
from web.api.sent import asked, sent
from web.api.serializers.keeping import (
    AuditEntrySerializer,
    DaysSerializer,
    ErasedSerializer,
    ForgottenSerializer,
    HistoryQuerySerializer,
    RetentionSerializer,
    SureSerializer,
)
from web.api.serializers.problems import ProblemSerializer


def _erasable(request: Request, slug: str, uuid: UUID) -> Enrollment:
    return get_object_or_404(erasable_parts(permitted_course(request, slug, "course.erase")), uuid=uuid)


class LearnerCopy(APIView):
    """Everything that the course keeps about the learner, without keys, and without what is theirs alone to read."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        return Response(learner_record(_erasable(request, slug, uuid)))


class Erasure(APIView):
    """What erasing the learner from the course would touch, by sort of row; nothing is erased by looking."""

    @extend_schema(responses=ForgottenSerializer(many=True))
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        touched = what_erasing_part_touches(_erasable(request, slug, uuid))
        return Response(ForgottenSerializer(touched, many=True).data)

    @extend_schema(request=SureSerializer, responses={200: ErasedSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Nothing in the course leads to the learner any more; grades and statistics stay, without a name."""
        part = _erasable(request, slug, uuid)
        sent(request, SureSerializer)
        return Response(ErasedSerializer({"rows": erase_part(part, actor=caller(request))}).data)


def _rule(course: Course) -> Any:
    past = next(iter(what_is_past(course=course)), None)
    return RetentionSerializer({"days": course.keep_answers_days, "kept": days_kept(course), "past": past}).data


class Retention(APIView):
    """For how many days after they ended a course keeps what was answered in own words; grades and counts stay."""

    @extend_schema(responses=RetentionSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return tagged(request, _rule(permitted_course(request, slug, "course.erase")))

    @extend_schema(request=DaysSerializer, responses={200: RetentionSerializer, 412: ProblemSerializer})
    @transaction.atomic
    def put(self, request: Request, slug: str) -> Response:
        course = seen(request, courses_where(request.user, "course.erase"), _rule, slug=slug)
        keep_answers_for(course, days=sent(request, DaysSerializer)["days"], by=caller(request))
        return tagged(request, _rule(course))


@extend_schema(parameters=[HistoryQuerySerializer])
class History(ListAPIView[AuditEntry]):
    """What was done in the course and by whom, the newest first."""

    serializer_class = AuditEntrySerializer
    queryset = AuditEntry.objects.none()
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[AuditEntry]:
        course = permitted_course(self.request, self.kwargs["slug"], "course.edit")
        wanted = asked(self.request, HistoryQuerySerializer)
        return history_of_course(course.uuid, verb=wanted["verb"], actor=wanted["who"])
