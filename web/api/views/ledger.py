"""A response's ledger, for those who grade: what stands and why, and a person's grade in its place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from jobs.domain.clock import database_now
from quizzes.domain.ledger import ledger_of, trace_of
from quizzes.domain.overrides import held_response, override_grade, take_back_override
from quizzes.models import Response as ResponseRow
from web.api.callers import caller
from web.api.etags import require_seen, tagged
from web.api.permitted import permitted_course
from web.api.sent import sent
from web.api.serializers.ledger import LedgerSerializer, OverrideSerializer, TraceSerializer
from web.api.serializers.problems import ProblemSerializer


def graded_response(request: Request, slug: str, uuid: UUID, position: int) -> ResponseRow:
    """A response of the course, if the caller may grade there; else 404."""
    course = permitted_course(request, slug, "course.grade")
    together = ResponseRow.objects.select_related("attempt__quiz", "attempt__enrollment", "version__question")
    return get_object_or_404(together, attempt__quiz__course=course, attempt__uuid=uuid, position=position)


def _told(response: ResponseRow) -> Any:
    return LedgerSerializer({"response": response, "entries": ledger_of(response)}).data


class Ledger(APIView):
    """Every grading of one response, the oldest first, with who, when, by what and why."""

    @extend_schema(responses=LedgerSerializer)
    def get(self, request: Request, slug: str, uuid: UUID, position: int) -> Response:
        return tagged(request, _told(graded_response(request, slug, uuid, position)))


class WhyThisGrade(APIView):
    """The grading that stands, and what doing it once more gives now. Nothing is changed by it."""

    @extend_schema(responses=TraceSerializer)
    def get(self, request: Request, slug: str, uuid: UUID, position: int) -> Response:
        trace = trace_of(graded_response(request, slug, uuid, position), at=database_now())
        if trace is None:
            raise Http404
        return Response(TraceSerializer(trace).data)


CHANGED = {200: LedgerSerializer, 409: ProblemSerializer, 412: ProblemSerializer}


class Override(APIView):
    """A grade by a person’s word, with a reason that the learner reads; regrades leave it until it is taken back.

    `If-Match` with the tag of the ledger refuses it where somebody graded the response since.
    """

    @extend_schema(request=OverrideSerializer, responses=CHANGED)
    @transaction.atomic
    def put(self, request: Request, slug: str, uuid: UUID, position: int) -> Response:
        response = graded_response(request, slug, uuid, position)
        held_response(response)
        require_seen(request, _told(graded_response(request, slug, uuid, position)))
        override_grade(response, **sent(request, OverrideSerializer), actor=caller(request))
        return tagged(request, _told(graded_response(request, slug, uuid, position)))

    @extend_schema(responses=CHANGED)
    @transaction.atomic
    def delete(self, request: Request, slug: str, uuid: UUID, position: int) -> Response:
        """The newest automatic grade stands again, by a new event; where no person decided, nothing changes."""
        response = graded_response(request, slug, uuid, position)
        held_response(response)
        require_seen(request, _told(graded_response(request, slug, uuid, position)))
        take_back_override(response, actor=caller(request))
        return tagged(request, _told(graded_response(request, slug, uuid, position)))
