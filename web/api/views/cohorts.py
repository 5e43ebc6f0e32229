"""The cohorts of a course, and the codes that let learners in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.cohorts import bring_back, cohorts_of, make_cohort, put_away, rename_cohort
from course.domain.join_codes import make_code, replace_code, withdraw_code
from course.models import Cohort, JoinCode
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.permitted import cohort_in, permitted_course
from web.api.sent import sent
from web.api.serializers.people import (
    CohortNameSerializer,
    CohortSerializer,
    JoinCodeSerializer,
    NewJoinCodeSerializer,
)
from web.api.serializers.problems import ProblemSerializer

CHANGED = {200: CohortSerializer, 409: ProblemSerializer, 412: ProblemSerializer}


def _cohorts(request: Request, slug: str) -> QuerySet[Any]:
    return cohorts_of(permitted_course(request, slug, "course.enrol")).select_related("course")


class Cohorts(ListAPIView[Cohort]):
    """The cohorts of the course, each with how many take part in it now."""

    serializer_class = CohortSerializer
    queryset = Cohort.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return _cohorts(self.request, self.kwargs["slug"])

    @extend_schema(request=CohortNameSerializer, responses={201: CohortSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = permitted_course(request, slug, "course.enrol")
        made = make_cohort(course, **sent(request, CohortNameSerializer), actor=caller(request))
        return Response(CohortSerializer(_cohorts(request, slug).get(pk=made.pk)).data, status=201)


class CohortDetail(APIView):
    """One cohort. Deleted, it is put away: nobody new comes into it, and who is in it stays."""

    @extend_schema(responses=CohortSerializer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        return tagged(request, CohortSerializer(get_object_or_404(_cohorts(request, slug), uuid=uuid)).data)

    @extend_schema(request=CohortNameSerializer, responses=CHANGED)
    @transaction.atomic
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        cohort = seen(request, _cohorts(request, slug), CohortSerializer, uuid=uuid)
        rename_cohort(cohort, **sent(request, CohortNameSerializer), actor=caller(request))
        return tagged(request, CohortSerializer(cohort).data)

    @extend_schema(responses=CHANGED)
    @transaction.atomic
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        put_away(seen(request, _cohorts(request, slug), CohortSerializer, uuid=uuid), actor=caller(request))
        return tagged(request, CohortSerializer(_cohorts(request, slug).get(uuid=uuid)).data)


class CohortBack(APIView):
    """A cohort that was put away takes people again."""

    @extend_schema(request=None, responses=CohortSerializer)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        bring_back(get_object_or_404(_cohorts(request, slug), uuid=uuid), actor=caller(request))
        return Response(CohortSerializer(_cohorts(request, slug).get(uuid=uuid)).data)


class JoinCodes(ListAPIView[JoinCode]):
    """The codes that let learners in, those that were withdrawn among them."""

    serializer_class = JoinCodeSerializer
    queryset = JoinCode.objects.none()

    def get_queryset(self) -> QuerySet[JoinCode]:
        course = permitted_course(self.request, self.kwargs["slug"], "course.enrol")
        return JoinCode.objects.filter(course=course).select_related("cohort")

    @extend_schema(request=NewJoinCodeSerializer, responses={201: JoinCodeSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = permitted_course(request, slug, "course.enrol")
        terms = sent(request, NewJoinCodeSerializer)
        terms["cohort"] = cohort_in(course, terms["cohort"])
        return Response(JoinCodeSerializer(make_code(course, **terms, actor=caller(request))).data, status=201)


def _code(request: Request, slug: str, uuid: UUID) -> JoinCode:
    course = permitted_course(request, slug, "course.enrol")
    return get_object_or_404(JoinCode.objects.select_related("course", "cohort"), course=course, uuid=uuid)


class JoinCodeDetail(APIView):
    """One code. Deleted, it is withdrawn: it lets nobody in any more, and who came by it stays."""

    @extend_schema(responses=JoinCodeSerializer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        return Response(JoinCodeSerializer(_code(request, slug, uuid)).data)

    @extend_schema(responses={200: JoinCodeSerializer})
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        withdraw_code(_code(request, slug, uuid), actor=caller(request))
        return Response(JoinCodeSerializer(_code(request, slug, uuid)).data)


class ReplaceCode(APIView):
    """The code lets nobody in any more, and a new one does, on the same terms and for the uses that were left."""

    @extend_schema(request=None, responses={201: JoinCodeSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        made = replace_code(_code(request, slug, uuid), actor=caller(request))
        return Response(JoinCodeSerializer(made).data, status=201)
