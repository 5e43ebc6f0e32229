"""The people of a course and the time they have, for those who own, edit or assist it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.people import Group, learners_of, people_of
from course.models import Enrollment
from course.roster import read_typed
from course.tables import NotATable
from quizzes.domain.accommodations import accommodate, accommodate_each
from quizzes.domain.enrolling import enrol_typed
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.permitted import cohort_in, is_owned, permitted_course
from web.api.sent import asked, sent
from web.api.serializers.people import (
    AccommodatedSerializer,
    AccommodationSerializer,
    AccommodationsSerializer,
    EnrolledSerializer,
    EnrolSerializer,
    LearnerSerializer,
    PartSerializer,
    PeopleQuerySerializer,
)
from web.api.serializers.problems import ProblemSerializer


class People(ListAPIView[Enrollment]):
    """The people of the course, a group of them at a time, each with their part and the time they have."""

    serializer_class = PartSerializer
    queryset = Enrollment.objects.none()

    @extend_schema(parameters=[PeopleQuerySerializer])
    def get(self, request: Request, slug: str) -> Response:
        return self.list(request, slug)

    def get_queryset(self) -> QuerySet[Enrollment]:
        course = permitted_course(self.request, self.kwargs["slug"], "course.see_people")
        wanted = asked(self.request, PeopleQuerySerializer)
        return people_of(course, group=Group(wanted["group"]), cohort=wanted["cohort"], matching=wanted["q"])

    @extend_schema(
        request=EnrolSerializer, responses={201: EnrolledSerializer, 400: ProblemSerializer, 409: ProblemSerializer}
    )
    @once
    def post(self, request: Request, slug: str) -> Response:
        """Enrols everybody who is named, and invites who is new: all of them, or none."""
        course = permitted_course(request, slug, "course.enrol")
        fields = sent(request, EnrolSerializer)
        cohort = cohort_in(course, fields["cohort"])
        try:
            roster = read_typed(
                "\n".join(fields["addresses"]), role=fields["role"], cohort=cohort.name if cohort else None
            )
        except NotATable as error:
            raise ValidationError({"addresses": [str(error)]}) from None
        enrolled = enrol_typed(course, roster, by_owner=is_owned(request, course), actor=caller(request))
        return Response(EnrolledSerializer(enrolled).data, status=201)


class Accommodation(APIView):
    """The time one learner has in every quiz of the course; a change holds in attempts that run too."""

    @extend_schema(responses=LearnerSerializer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        course = permitted_course(request, slug, "course.accommodate")
        return tagged(request, LearnerSerializer(get_object_or_404(learners_of(course), uuid=uuid)).data)

    @extend_schema(request=AccommodationSerializer, responses={200: LearnerSerializer, 400: ProblemSerializer})
    @transaction.atomic
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        course = permitted_course(request, slug, "course.accommodate")
        enrollment = seen(request, learners_of(course), LearnerSerializer, uuid=uuid)
        accommodate(enrollment, **sent(request, AccommodationSerializer), actor=caller(request))
        return tagged(request, LearnerSerializer(enrollment).data)


class Accommodations(APIView):
    """The same time for several learners of the course at once; whoever is none of them is passed over."""

    @extend_schema(request=AccommodationsSerializer, responses=AccommodatedSerializer)
    def put(self, request: Request, slug: str) -> Response:
        course = permitted_course(request, slug, "course.accommodate")
        given = accommodate_each(course, **sent(request, AccommodationsSerializer), actor=caller(request))
        return Response(AccommodatedSerializer(given).data)
