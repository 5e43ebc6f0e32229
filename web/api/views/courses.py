"""Courses and what is in them, as far as the caller may read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.enrolment import part_of
from course.domain.lesson_page import lesson_page, lessons_with_reading
from course.models import Concept, ConceptState, Course, Enrollment, Lesson
from course.rules import courses_readable_by
from quizzes.domain.reading_pages import asking_quizzes
from quizzes.models import Quiz
from web.api.callers import caller
from web.api.serializers import (
    ConceptSerializer,
    CourseSerializer,
    LessonSerializer,
    QuizSerializer,
    ReadLessonSerializer,
)


def readable_course(request: Request, slug: str) -> Course:
    """The course, if the caller may read it; else 404."""
    return get_object_or_404(courses_readable_by(request.user), slug=slug)


def part_in(request: Request, course: Course) -> Enrollment | None:
    """The caller's enrolment in the course, if there is one."""
    return part_of(caller(request), course=course.pk)


class CourseList(ListAPIView[Course]):
    """The courses the caller may read."""

    serializer_class = CourseSerializer

    def get_queryset(self) -> QuerySet[Course]:
        return courses_readable_by(self.request.user)


class CourseDetail(RetrieveAPIView[Course]):
    """One course."""

    serializer_class = CourseSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Course]:
        return courses_readable_by(self.request.user)


class LessonList(ListAPIView[Lesson]):
    """The course's lessons in order."""

    serializer_class = LessonSerializer
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
    queryset = Concept.objects.none()

    def get_queryset(self) -> QuerySet[Concept]:
        course = readable_course(self.request, self.kwargs["slug"])
        return Concept.objects.filter(course=course, state=ConceptState.ACCEPTED)


class QuizList(ListAPIView[Quiz]):
    """The course's quizzes in order."""

    serializer_class = QuizSerializer
    queryset = Quiz.objects.none()

    def get_queryset(self) -> QuerySet[Quiz]:
        course = readable_course(self.request, self.kwargs["slug"])
        return asking_quizzes().filter(course=course).select_related("lesson")
