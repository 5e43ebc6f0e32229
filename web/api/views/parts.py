"""What part somebody has in a course: changed, ended, given back, handed over; and another invitation to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.invitations import INVITE, invite_again
from course.domain.parts import TAUGHT, change_part, changeable_parts, end_part, give_back_part, hand_over
from course.domain.roster_applying import lock_course
from course.models import Course, Enrollment
from jobs.models import Job
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.long_work import accepted
from web.api.permitted import cohort_in, is_owned, permitted_course
from web.api.sent import sent
from web.api.serializers.jobs import AcceptedSerializer
from web.api.serializers.people import PartChangeSerializer, PartSerializer
from web.api.serializers.problems import ProblemSerializer

CHANGED = {200: PartSerializer, 409: ProblemSerializer, 412: ProblemSerializer}


def _parts(request: Request, course: Course) -> QuerySet[Enrollment]:
    return changeable_parts(course, by_owner=is_owned(request, course))


def _part(request: Request, slug: str, uuid: UUID, permission: str = "course.enrol") -> Enrollment:
    course = permitted_course(request, slug, permission)
    return get_object_or_404(_parts(request, course), uuid=uuid)


def _held(request: Request, slug: str, uuid: UUID) -> Enrollment:
    """The part as the caller saw it. The course is locked before it, as by everybody who changes parts."""
    course = permitted_course(request, slug, "course.enrol")
    lock_course(course)
    return seen(request, _parts(request, course), PartSerializer, uuid=uuid)


class Part(APIView):
    """One person's part in the course. Editors change and end learners' and observers' parts, owners all of them."""

    @extend_schema(responses=PartSerializer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        return tagged(request, PartSerializer(_part(request, slug, uuid)).data)

    @extend_schema(request=PartChangeSerializer, responses=CHANGED)
    @transaction.atomic
    def patch(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Changes what is named of role, cohort and dates."""
        part = _held(request, slug, uuid)
        change_part(part, **_changes(request, part), actor=caller(request))
        return tagged(request, PartSerializer(part).data)

    @extend_schema(responses=CHANGED)
    @transaction.atomic
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The person takes part no more. What they did stays, grades too."""
        part = _held(request, slug, uuid)
        end_part(part, actor=caller(request))
        part.refresh_from_db()
        return tagged(request, PartSerializer(part).data)


def _changes(request: Request, part: Enrollment) -> dict[str, Any]:
    kept = {"role": part.role, "cohort": part.cohort, "starts_at": part.starts_at, "ends_at": part.ends_at}
    given = sent(request, PartChangeSerializer)
    if "role" in given and given["role"] not in TAUGHT and not is_owned(request, part.course):
        raise ValidationError({"role": ["Only an owner gives this part."]})
    if "cohort" in given and (part.cohort is None or given["cohort"] != part.cohort.uuid):
        kept["cohort"] = cohort_in(part.course, given["cohort"])
    wanted = {**kept, **{name: value for name, value in given.items() if name != "cohort"}}
    starts, ends = wanted["starts_at"], wanted["ends_at"]
    if starts and ends and ends <= starts:
        raise ValidationError({"ends_at": ["It ends before it begins. Choose a later end."]})
    return wanted


class PartBack(APIView):
    """Somebody takes part again as they did, with everything they did."""

    @extend_schema(request=None, responses=PartSerializer)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        give_back_part(_part(request, slug, uuid), actor=caller(request))
        return Response(PartSerializer(_part(request, slug, uuid)).data)


class Invitation(APIView):
    """Somebody who has not come yet is sent another invitation; a job sends it."""

    @extend_schema(request=None, responses={202: AcceptedSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        part = _part(request, slug, uuid)
        invite_again(part, actor=caller(request))
        return accepted(request, Job.objects.filter(kind=INVITE, subject=part.uuid).latest("pk").uuid)


class HandOver(APIView):
    """The course is this person's; the caller, who owned it, edits it from now on."""

    @extend_schema(request=None, responses={200: PartSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        part = _part(request, slug, uuid, "course.own")
        hand_over(part.course, to=part, actor=caller(request))
        part.refresh_from_db()
        return Response(PartSerializer(part).data)
