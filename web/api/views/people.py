"""The learners of a course and the time they have, for those who own, edit or assist it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.people import learners_of
from course.models import Course, Enrollment
from course.rules import courses_where
from quizzes.domain.accommodations import accommodate
from web.api.callers import caller
from web.api.serializers import AccommodationSerializer, LearnerSerializer, ProblemSerializer


def permitted_course(request: Request, slug: str, permission: str) -> Course:
    """The course, if the caller's part in it grants the permission; else 404."""
    return get_object_or_404(courses_where(request.user, permission), slug=slug)


@extend_schema(parameters=[OpenApiParameter("q", description="Part of a name, an email address or a cohort.")])
class LearnerList(ListAPIView[Enrollment]):
    """The course's learners, each with the time they have."""

    serializer_class = LearnerSerializer
    queryset = Enrollment.objects.none()

    def get_queryset(self) -> QuerySet[Enrollment]:
        course = permitted_course(self.request, self.kwargs["slug"], "course.see_people")
        return learners_of(course, matching=self.request.query_params.get("q", "").replace("\x00", ""))


class Accommodation(APIView):
    """Gives one learner more time in every quiz of the course, in attempts that run too."""

    @extend_schema(request=AccommodationSerializer, responses={200: LearnerSerializer, 400: ProblemSerializer})
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        course = permitted_course(request, slug, "course.accommodate")
        enrollment = get_object_or_404(learners_of(course), uuid=uuid)
        sent = AccommodationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        accommodate(enrollment, **sent.validated_data, actor=caller(request))
        return Response(LearnerSerializer(enrollment).data)
