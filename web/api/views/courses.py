"""Courses and what is in them, as far as the caller may read."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.course_import import import_course_file
from authoring.domain.course_settings import change_course
from course.domain.enrolment import part_of
from course.domain.lesson_page import lesson_page, lessons_with_reading
from course.models import Concept, ConceptState, Course, Enrollment, Lesson
from course.rules import courses_editable_by, courses_readable_by
from quizzes.domain.reading_pages import asking_quizzes
from quizzes.models import Quiz
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.pagination import ByRank, InOrder
from web.api.parsers import BoundedJSONParser, CourseFileParser
from web.api.serializers.courses import (
    ConceptSerializer,
    CourseSerializer,
    LessonSerializer,
    QuizSerializer,
    ReadLessonSerializer,
)
from web.api.serializers.editing import CourseChangesSerializer, CourseFileSerializer
from web.api.serializers.problems import ProblemSerializer
from web.api.views.articles import author
from web.api.views.course_files import content_sent


def readable_course(request: Request, slug: str) -> Course:
    """The course, if the caller may read it; else 404."""
    return get_object_or_404(courses_readable_by(request.user), slug=slug)


def part_in(request: Request, course: Course) -> Enrollment | None:
    """The caller's enrolment in the course, if there is one."""
    return part_of(caller(request), course=course.pk)


class CourseList(ListAPIView[Course]):
    """The courses the caller may read; a course file becomes another."""

    serializer_class = CourseSerializer
    parser_classes = (BoundedJSONParser, CourseFileParser)

    def get_queryset(self) -> QuerySet[Course]:
        return courses_readable_by(self.request.user)

    @extend_schema(
        request=CourseFileSerializer,
        responses={201: CourseSerializer, 400: ProblemSerializer, 409: ProblemSerializer, 422: ProblemSerializer},
    )
    @once
    def post(self, request: Request) -> Response:
        """Everything of a course file becomes a draft course, or nothing does and all that is wrong is told."""
        owner = author(request)
        course = import_course_file(content_sent(request), owner=owner)
        place = request.build_absolute_uri(reverse("api:course", args=[course.slug]))
        return Response(CourseSerializer(course).data, status=201, headers={"Location": place})


class CourseDetail(APIView):
    """One course."""

    @extend_schema(responses=CourseSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return tagged(request, CourseSerializer(readable_course(request, slug)).data)

    @extend_schema(
        request=CourseChangesSerializer,
        responses={200: CourseSerializer, 400: ProblemSerializer, 412: ProblemSerializer},
    )
    @transaction.atomic
    def patch(self, request: Request, slug: str) -> Response:
        """Changes what readers are told of the course, who finds it and what completes it."""
        course = seen(request, courses_editable_by(request.user), CourseSerializer, slug=slug)
        sent = CourseChangesSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        changed = change_course(course, changes=sent.validated_data, actor=caller(request))
        return tagged(request, CourseSerializer(changed).data)


class LessonList(ListAPIView[Lesson]):
    """The course's lessons in order."""

    serializer_class = LessonSerializer
    pagination_class = InOrder
    queryset = Lesson.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        course = readable_course(self.request, self.kwargs["slug"])
        return lessons_with_reading(course.pk, part_in(self.request, course))


class LessonDetail(APIView):
    """One lesson with its passages, as they are read."""

    @extend_schema(responses=ReadLessonSerializer)
    def get(self, request: Request, slug: str, lesson: str) -> Response:
        course = readable_course(request, slug)
        found = get_object_or_404(Lesson.objects.select_related("revision"), course=course, slug=lesson)
        page = lesson_page(found, enrollment=None)
        return Response(ReadLessonSerializer(page).data)


class ConceptList(ListAPIView[Concept]):
    """The course's key concepts by rank."""

    serializer_class = ConceptSerializer
    pagination_class = ByRank
    queryset = Concept.objects.none()

    def get_queryset(self) -> QuerySet[Concept]:
        course = readable_course(self.request, self.kwargs["slug"])
        return Concept.objects.filter(course=course, state=ConceptState.ACCEPTED)


class QuizList(ListAPIView[Quiz]):
    """The course's quizzes in order."""

    serializer_class = QuizSerializer
    pagination_class = InOrder
    queryset = Quiz.objects.none()

    def get_queryset(self) -> QuerySet[Quiz]:
        course = readable_course(self.request, self.kwargs["slug"])
        return asking_quizzes().filter(course=course).select_related("lesson")
