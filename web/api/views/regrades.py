"""Grading again, for those who grade: a dry run, what it would change, then that, and back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.models import Course
from quizzes.domain.regrade_report import lines_of, report_of
from quizzes.domain.regrades import BEHIND, apply_regrade, discard_regrade, job_of, plan_regrade, undo_regrade
from quizzes.models import Question, Quiz, RegradeLine, RegradeRun
from web.api.callers import caller
from web.api.idempotency import once
from web.api.long_work import accepted
from web.api.pagination import NewestFirst
from web.api.permitted import permitted_course
from web.api.sent import asked, sent
from web.api.serializers.problems import ProblemSerializer
from web.api.serializers.regrades import (
    AcceptedRunSerializer,
    ChangedAnswerSerializer,
    LineQuerySerializer,
    NewRegradeSerializer,
    RegradeReasonSerializer,
    RegradeRunSerializer,
    ReportedRunSerializer,
)
from web.api.views.ledger import graded_response

BEGUN = {202: AcceptedRunSerializer, 409: ProblemSerializer}


def at_work(request: Request, run: RegradeRun) -> Response:
    """202 with the run, and the job that is at work on it."""
    job = job_of(run)
    response = accepted(request, run.uuid if job is None else job.uuid)
    response.data = AcceptedRunSerializer({**response.data, "run": run.uuid}).data
    return response


def _run(request: Request, slug: str, uuid: UUID) -> RegradeRun:
    course = permitted_course(request, slug, "course.grade")
    return get_object_or_404(RegradeRun.objects.select_related("quiz", "question", "course"), course=course, uuid=uuid)


class Regrades(ListAPIView[RegradeRun]):
    """The course's runs, the newest first."""

    serializer_class = RegradeRunSerializer
    pagination_class = NewestFirst
    queryset = RegradeRun.objects.none()

    def get_queryset(self) -> QuerySet[RegradeRun]:
        course = permitted_course(self.request, self.kwargs["slug"], "course.grade")
        return RegradeRun.objects.filter(course=course).select_related("quiz", "question")

    @extend_schema(request=NewRegradeSerializer, responses=BEGUN)
    @once
    def post(self, request: Request, slug: str) -> Response:
        """Plans a run over the answers to a question, in a quiz, or both. Nobody's grade changes by it."""
        course = permitted_course(request, slug, "course.grade")
        return at_work(request, plan_regrade(course, **_scope(request, course), actor=caller(request)))


def _scope(request: Request, course: Course) -> dict[str, Any]:
    fields = sent(request, NewRegradeSerializer)
    if fields["quiz"] is None and fields["question"] is None:
        raise ValidationError({"quiz": ["Choose a quiz, a question, or both."]})
    for name, model in (("quiz", Quiz), ("question", Question)):
        if fields[name] is not None:
            found = model.objects.filter(course=course, uuid=fields[name]).first()
            if found is None:
                raise ValidationError({name: [f"The course has no such {name}."]})
            fields[name] = found
    return fields


class RegradeResponse(APIView):
    """Plans a run over one answer alone. Nobody's grade changes by it."""

    @extend_schema(request=RegradeReasonSerializer, responses=BEGUN)
    @once
    def post(self, request: Request, slug: str, uuid: UUID, position: int) -> Response:
        response = graded_response(request, slug, uuid, position)
        reason, course = sent(request, RegradeReasonSerializer)["reason"], response.attempt.quiz.course
        return at_work(request, plan_regrade(course, responses=[response], reason=reason, actor=caller(request)))


class RegradeDetail(APIView):
    """One run, and once it is planned what it does to the attempts, the same before and after applying it."""

    @extend_schema(responses=ReportedRunSerializer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        run = _run(request, slug, uuid)
        job, report = job_of(run), None if run.state in BEHIND else report_of(run)
        return Response(ReportedRunSerializer({"run": run, "job": job and job.uuid, "report": report}).data)

    @extend_schema(responses={200: RegradeRunSerializer, 409: ProblemSerializer})
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Sets the plan aside; no grade changes."""
        run = _run(request, slug, uuid)
        discard_regrade(run)
        return Response(RegradeRunSerializer(run).data)


@extend_schema(parameters=[LineQuerySerializer])
class RegradeChanges(ListAPIView[RegradeLine]):
    """Answer by answer, what the run changes: what it was graded, and what it would be or is now."""

    serializer_class = ChangedAnswerSerializer
    queryset = RegradeLine.objects.none()

    def get_queryset(self) -> QuerySet[RegradeLine]:
        run = _run(self.request, self.kwargs["slug"], self.kwargs["uuid"])
        return lines_of(run, state=asked(self.request, LineQuerySerializer)["state"])


class ApplyRegrade(APIView):
    """Every changed answer gets its new grade, and its learner is told; a job does it."""

    @extend_schema(request=None, responses=BEGUN)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        run = _run(request, slug, uuid)
        apply_regrade(run, actor=caller(request))
        return at_work(request, run)


class UndoRegrade(APIView):
    """Every grade that the run replaced, and nobody changed since, is given back; a job does it."""

    @extend_schema(request=None, responses=BEGUN)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        run = _run(request, slug, uuid)
        undo_regrade(run, actor=caller(request))
        return at_work(request, run)
