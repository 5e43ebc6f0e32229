"""A changed text for a course: sent, compared in the background, looked at, and only then shown to learners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from authoring.domain.build import CLEANER
from authoring.domain.text_change_report import change_report, text_change_report
from authoring.domain.text_changes import job_of, propose_text, retry_planning
from course.domain.anchors import confirm_evidence
from course.domain.text_changes import apply_text_change, discard_text_change, undo_text_change
from course.models import TextChange, TextChangeState
from quizzes.models import QuestionVersion
from web.api.callers import caller
from web.api.idempotency import once
from web.api.long_work import job_address
from web.api.parsers import BoundedJSONParser, FileParser
from web.api.serializers.problems import ProblemSerializer
from web.api.serializers.texts import (
    ChangedTextSerializer,
    ComparedTextSerializer,
    ConfirmSerializer,
    ProposedTextSerializer,
    TextChangeSerializer,
)
from web.api.views.articles import readable
from web.api.views.editing import edited_course

ONE_WAY = "Send the changed text as one of these: text or file."


class TextChangeList(ListAPIView[TextChange]):
    """The changed texts of the course so far; another is compared in the background, and nothing is shown of it yet."""

    serializer_class = TextChangeSerializer
    queryset = TextChange.objects.none()
    parser_classes = (BoundedJSONParser, FileParser)

    def get_queryset(self) -> Any:
        course = edited_course(self.request, self.kwargs["slug"])
        return TextChange.objects.filter(course=course).select_related("old", "new", "actor")

    @extend_schema(
        request=ChangedTextSerializer,
        responses={202: ProposedTextSerializer, 400: ProblemSerializer, 409: ProblemSerializer},
    )
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        sent = ChangedTextSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        if len(sent.validated_data) != 1:
            raise ValidationError({"non_field_errors": [ONE_WAY]})
        (way,) = sent.validated_data
        change = propose_text(course, readable(way, sent.validated_data), actor=caller(request))
        return _at_work(request, change)


def _at_work(request: Request, change: TextChange) -> Response:
    job = job_of(change)
    status = job and job_address(request, job.uuid)
    body = {"change": change.uuid, "job": job and job.uuid, "status": status}
    return Response(ProposedTextSerializer(body).data, status=202, headers={"Location": status} if status else None)


def changed_text(request: Request, slug: str, uuid: UUID) -> TextChange:
    """The changed text, if the caller edits its course; else 404."""
    rows = TextChange.objects.select_related("course", "old", "new", "actor")
    return get_object_or_404(rows, course=edited_course(request, slug), uuid=uuid)


class TextChangeDetail(APIView):
    """One changed text and what it does, or did."""

    @extend_schema(responses=ComparedTextSerializer)
    def get(self, request: Request, slug: str, change: UUID) -> Response:
        return _compared(changed_text(request, slug, change))


def _compared(change: TextChange) -> Response:
    has_report = change.state not in (TextChangeState.PLANNING, TextChangeState.DISCARDED)
    report = change_report(change, text_change_report(change)) if has_report else None
    return Response(ComparedTextSerializer({"change": change, "report": report}).data)


class TextChangeStep(APIView):
    """Takes a changed text a step on."""

    deed: Callable[..., object]

    @extend_schema(request=None, responses={200: ComparedTextSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, change: UUID) -> Response:
        found = changed_text(request, slug, change)
        type(self).deed(found, actor=caller(request))
        return _compared(changed_text(request, slug, change))


def _apply(change: TextChange, *, actor: User) -> None:
    apply_text_change(change, cleaner=CLEANER, actor=actor)


def _discard(change: TextChange, *, actor: User) -> None:  # noqa: ARG001 -- what is discarded was never shown
    discard_text_change(change)


class ApplyTextChange(TextChangeStep):
    """Learners read the new text; attempts that run keep the old one."""

    deed = _apply


class UndoTextChange(TextChangeStep):
    """Learners read the text from before."""

    deed = undo_text_change


class DiscardTextChange(TextChangeStep):
    """The changed text is not wanted."""

    deed = _discard


class RetryTextChange(APIView):
    """Compares again after that was given up."""

    @extend_schema(request=None, responses={202: ProposedTextSerializer})
    @once
    def post(self, request: Request, slug: str, change: UUID) -> Response:
        found = changed_text(request, slug, change)
        retry_planning(found)
        return _at_work(request, found)


class ConfirmEvidence(APIView):
    """Evidence that stands in other words, or elsewhere, was looked at and holds."""

    @extend_schema(request=ConfirmSerializer, responses={200: ComparedTextSerializer, 400: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, change: UUID) -> Response:
        found = changed_text(request, slug, change)
        sent = ConfirmSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        versions = QuestionVersion.objects.filter(question__course=found.course_id)
        confirm_evidence(get_object_or_404(versions, uuid=sent.validated_data["version"]).uuid)
        return _compared(found)
