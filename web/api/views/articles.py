"""Articles come in: sent as text or as a file, or fetched; and built into draft courses in the background."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from authoring.domain.build import build_of, retry_build
from authoring.domain.fetching import SWITCHED_OFF, start_fetch
from authoring.domain.importing import Begun, import_source, source_of_file, source_of_paste
from course.domain.articles import ArticleFacts
from course.models import Course
from course.reading.errors import UnreadableSource
from course.reading.fetching import address_of
from course.reading.outline import Source
from course.rules import courses_editable_by, may_create_courses
from web.api.callers import caller
from web.api.idempotency import once
from web.api.long_work import job_address
from web.api.parsers import BoundedJSONParser, FileParser
from web.api.serializers.articles import ArticleSerializer, BegunSerializer, BuildSerializer
from web.api.serializers.problems import ProblemSerializer

WAYS = ("text", "file", "url")
ONE_WAY = "Send the article as one of these: text, file or url."


def author(request: Request) -> User:
    """Who calls, if they may turn articles into courses; raises PermissionDenied for others."""
    if not may_create_courses(request.user):
        raise PermissionDenied
    return caller(request)


class ArticleList(APIView):
    """Takes an article in. A draft course is built of it in the background, once for each text and person."""

    parser_classes = (BoundedJSONParser, FileParser)

    @extend_schema(
        request=ArticleSerializer,
        responses={200: BegunSerializer, 202: BegunSerializer, 400: ProblemSerializer, 409: ProblemSerializer},
    )
    @once
    def post(self, request: Request) -> Response:
        owner = author(request)
        sent = ArticleSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        begun = _begun(sent.validated_data, owner)
        if begun["is_known"]:
            return Response(BegunSerializer({**begun, "status": None}).data)
        status = job_address(request, begun["job"])
        return Response(BegunSerializer({**begun, "status": status}).data, status=202, headers={"Location": status})


def _begun(sent: dict[str, Any], owner: User) -> dict[str, Any]:
    """What came of the article, as it is answered."""
    ways = [way for way in WAYS if way in sent]
    if len(ways) != 1:
        raise ValidationError({"non_field_errors": [ONE_WAY]})
    facts = ArticleFacts(**{"title": "", **{name: sent[name] for name in sent if name not in WAYS}})
    if ways == ["url"]:
        job = start_fetch(_address(sent["url"]), facts=facts, owner=owner)
        return {"job": job.uuid, "course": None, "slug": None, "is_known": False}
    begun: Begun = import_source(readable(ways[0], sent), facts=facts, owner=owner)
    return {
        "job": begun.job and begun.job.uuid,
        "course": begun.course.uuid,
        "slug": begun.course.slug,
        "is_known": begun.is_known,
    }


def _address(typed: str) -> str:
    if not settings.IMPORT_BY_URL:
        raise ValidationError({"url": [SWITCHED_OFF]})
    try:
        return str(address_of(typed))
    except UnreadableSource as error:
        raise ValidationError({"url": [error.message]}) from None


def readable(way: str, sent: dict[str, Any]) -> Source:
    """The text that came in this way; what nobody can read is an error of its field."""
    try:
        return source_of_file(sent["file"]) if way == "file" else source_of_paste(sent["text"])
    except UnreadableSource as error:
        raise ValidationError({way: [error.message]}) from None


def built_course(request: Request, uuid: UUID) -> Course:
    """The course with this uuid, if the caller edits it; else 404."""
    return get_object_or_404(courses_editable_by(request.user), uuid=uuid)


class BuildDetail(APIView):
    """How far the build of a course is."""

    @extend_schema(responses={200: BuildSerializer})
    def get(self, request: Request, course: UUID) -> Response:
        return _build(built_course(request, course))


class BuildRetry(APIView):
    """Tries a build again that was given up; one that was not stays as it is."""

    @extend_schema(request=None, responses={202: BuildSerializer})
    @once
    def post(self, request: Request, course: UUID) -> Response:
        found = built_course(request, course)
        retry_build(found)
        found.refresh_from_db(fields=["reading_warnings"])
        return _build(found, status=202)


def _build(course: Course, status: int = 200) -> Response:
    return Response(BuildSerializer({"course": course, "job": build_of(course)}).data, status=status)
