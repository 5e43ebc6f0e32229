"""After answering: why a grade is what it is, an appeal, what was found after looking, reading, a certificate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.enrolment import enrol_oneself
from course.domain.progress import mark_read
from jobs.domain.clock import database_now
from quizzes.domain.completion import certificate_of, completion_of, issue_certificate
from quizzes.domain.own_attempt import own_attempt
from quizzes.domain.sightings import say_found
from quizzes.domain.why_graded import HIGHEST, appeal_own, why_graded
from web.api.callers import caller
from web.api.idempotency import once
from web.api.serializers.appealing import (
    ExplainedSerializer,
    OwnAppealSerializer,
    RaiseAppealSerializer,
    SightingSerializer,
)
from web.api.serializers.oneself import CertificateSerializer, OwnCertificateSerializer
from web.api.views.notes import readable_lesson
from web.api.views.practice import own_part_in


class WhyGraded(APIView):
    """How an answer of one's own came to its grade, as far as may be known now."""

    @extend_schema(responses=ExplainedSerializer)
    def get(self, request: Request, uuid: UUID, position: int) -> Response:
        attempt: Any = own_attempt(caller(request), uuid=uuid)
        return Response(ExplainedSerializer(why_graded(attempt, position=position, at=attempt.now)).data)


class RaiseAppeal(APIView):
    """Questions a grade of one's own; a person decides. While an appeal is open, the same again."""

    @extend_schema(request=RaiseAppealSerializer, responses={201: OwnAppealSerializer})
    @once
    def post(self, request: Request, uuid: UUID, position: int) -> Response:
        attempt: Any = own_attempt(caller(request), uuid=uuid)
        sent = RaiseAppealSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        appeal = appeal_own(attempt, position=position, text=sent.validated_data["text"], at=attempt.now)
        return Response(OwnAppealSerializer(appeal).data, status=201)


class SayFound(APIView):
    """Says that one found in the text what one had missed; the first time counts, and no grade changes."""

    @extend_schema(request=None, responses=SightingSerializer)
    @once
    def post(self, request: Request, uuid: UUID, position: int) -> Response:
        attempt: Any = own_attempt(caller(request), uuid=uuid)
        found = say_found(attempt, position=min(position, HIGHEST), at=attempt.now)
        return Response(SightingSerializer(found).data)


class LessonRead(APIView):
    """Says that one has read a lesson to its end. Whoever does takes part in the course."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, slug: str, lesson: str) -> Response:
        found = readable_lesson(request, slug, lesson)
        mark_read(found, enrollment=enrol_oneself(found.course, person=caller(request)))
        return Response(status=204)


class OwnCertificate(APIView):
    """What is left to do for the course's certificate, and the certificate."""

    @extend_schema(responses=OwnCertificateSerializer)
    def get(self, request: Request, slug: str) -> Response:
        part = own_part_in(request, slug)
        completion = completion_of(part, at=database_now())
        shown = {"completion": completion, "certificate": certificate_of(part)}
        return Response(OwnCertificateSerializer(shown).data)

    @extend_schema(request=None, responses={201: CertificateSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        """The certificate, made now if there is none."""
        certificate = issue_certificate(own_part_in(request, slug))
        return Response(CertificateSerializer(certificate).data, status=201)
