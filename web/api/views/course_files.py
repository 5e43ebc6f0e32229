"""Whole courses as one readable text: out, in, and checked alone."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.course_export import export_course
from authoring.domain.course_import import check_course_file
from quizzes.formats.course_file import write
from web.api.idempotency import once
from web.api.parsers import BoundedJSONParser, CourseFileParser
from web.api.renderers import TextRenderer
from web.api.serializers.editing import CheckedCourseFileSerializer, CourseFileSerializer
from web.api.serializers.problems import ProblemSerializer
from web.api.views.articles import author
from web.api.views.editing import edited_course

ONE_WAY = "Send the course file as one of these: text or file."


def content_sent(request: Request) -> bytes:
    """The course file that was sent."""
    sent = CourseFileSerializer(data=request.data)
    sent.is_valid(raise_exception=True)
    given = sent.validated_data
    if len(given) != 1:
        raise ValidationError({"non_field_errors": [ONE_WAY]})
    content: bytes = given["file"].read() if "file" in given else given["text"].encode()
    return content


class CourseFile(APIView):
    """The course as a course file."""

    renderer_classes = (TextRenderer, JSONRenderer)

    @extend_schema(responses={(200, "text/plain"): OpenApiTypes.STR, 404: ProblemSerializer})
    def get(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        headers = {"Content-Disposition": f'attachment; filename="{course.slug}.postil"'}
        return Response(write(export_course(course)), content_type="text/plain; charset=utf-8", headers=headers)


class CheckCourseFile(APIView):
    """Says what is wrong with a course file, line by line, and keeps nothing of it."""

    parser_classes = (BoundedJSONParser, CourseFileParser)

    @extend_schema(request=CourseFileSerializer, responses={200: CheckedCourseFileSerializer, 400: ProblemSerializer})
    @once
    def post(self, request: Request) -> Response:
        author(request)
        problems = check_course_file(content_sent(request))
        return Response(CheckedCourseFileSerializer({"problems": problems}).data)
