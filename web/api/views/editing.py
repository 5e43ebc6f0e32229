"""A course as those who edit it have it: looked at, published and put away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.publish import (
    archive_course,
    problems_to_mend,
    publish_course,
    restore_course,
    unpublish_course,
)
from authoring.domain.review import with_tallies
from authoring.domain.review_rule import set_two_person_review
from course.models import Course
from course.rules import courses_editable_by
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.permitted import permitted_course
from web.api.sent import sent
from web.api.serializers.courses import CourseSerializer
from web.api.serializers.editing import (
    EditedCourseSerializer,
    PublishedSerializer,
    PublishingProblemsSerializer,
    ReviewRuleSerializer,
)
from web.api.serializers.problems import ProblemSerializer


def edited_course(request: Request, slug: str) -> Course:
    """The course, if the caller owns or edits it; else 404."""
    return permitted_course(request, slug, "course.edit")


class EditedCourse(APIView):
    """What the course consists of and what is still to decide."""

    @extend_schema(responses=EditedCourseSerializer)
    def get(self, request: Request, slug: str) -> Response:
        course: Any = get_object_or_404(with_tallies(courses_editable_by(request.user)), slug=slug)
        return Response(EditedCourseSerializer(course).data)


class PublishCourse(APIView):
    """Publishing: what keeps the course from it, or doing it."""

    @extend_schema(responses=PublishingProblemsSerializer)
    def get(self, request: Request, slug: str) -> Response:
        problems = problems_to_mend(edited_course(request, slug))
        return Response(PublishingProblemsSerializer({"problems": problems}).data)

    @extend_schema(request=None, responses={200: PublishedSerializer, 422: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        questions = publish_course(course, actor=caller(request))
        return Response(PublishedSerializer({"course": course, "questions": questions}).data)


class ShelfView(APIView):
    """Puts a course away, or brings it back; again is harmless."""

    deed: Callable[..., None]

    @extend_schema(request=None, responses=CourseSerializer)
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        type(self).deed(course, actor=caller(request))
        return Response(CourseSerializer(course).data)


class UnpublishCourse(ShelfView):
    """Learners no longer find the course; all that they did stays."""

    deed = unpublish_course


class ArchiveCourse(ShelfView):
    """The course is put away, and cannot be published before it is restored."""

    deed = archive_course


class RestoreCourse(ShelfView):
    """The archived course is a draft again."""

    deed = restore_course


def _rule(course: Course) -> Any:
    return ReviewRuleSerializer({"people": 2 if course.two_person_review else 1}).data


class ReviewRule(APIView):
    """How many people it takes to accept a question; what was accepted stays so."""

    @extend_schema(responses=ReviewRuleSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return tagged(request, _rule(edited_course(request, slug)))

    @extend_schema(request=ReviewRuleSerializer, responses={200: ReviewRuleSerializer, 412: ProblemSerializer})
    @transaction.atomic
    def put(self, request: Request, slug: str) -> Response:
        course = seen(request, courses_editable_by(request.user), _rule, slug=slug)
        set_two_person_review(course, on=sent(request, ReviewRuleSerializer)["people"] == 2, by=caller(request))
        return tagged(request, _rule(course))
