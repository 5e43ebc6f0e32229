"""Courses and what is in them, as readers see them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from course.models import Concept, Course, Lesson
from quizzes.models import Quiz


class CourseSerializer(serializers.ModelSerializer[Course]):
    class Meta:
        model = Course
        fields = (
            "uuid",
            "slug",
            "title",
            "summary",
            "language",
            "state",
            "visibility",
            "certificate_for",
            "published_at",
        )
        read_only_fields = fields


class LessonSerializer(serializers.ModelSerializer[Lesson]):
    is_read = serializers.BooleanField(read_only=True, help_text="Whether the caller has read it.")

    class Meta:
        model = Lesson
        fields = ("uuid", "slug", "position", "title", "summary", "words", "is_read")
        read_only_fields = fields


class PassageSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    start = serializers.IntegerField(help_text="Half-open, in characters of the article.")
    end = serializers.IntegerField()
    text = serializers.CharField()


class ReadLessonSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="lesson.uuid")
    slug = serializers.SlugField(source="lesson.slug")
    position = serializers.IntegerField(source="lesson.position")
    title = serializers.CharField(source="lesson.title")
    words = serializers.IntegerField(source="lesson.words")
    minutes = serializers.IntegerField()
    passages = PassageSerializer(many=True)


class ConceptSerializer(serializers.ModelSerializer[Concept]):
    class Meta:
        model = Concept
        fields = ("uuid", "slug", "term", "definition", "kind", "rank")
        read_only_fields = fields


class QuizSerializer(serializers.ModelSerializer[Quiz]):
    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True, allow_null=True)

    class Meta:
        model = Quiz
        fields = (
            "uuid",
            "slug",
            "title",
            "lesson",
            "mode",
            "attempts_allowed",
            "time_limit_seconds",
            "opens_at",
            "closes_at",
            "pass_fraction",
            "navigation",
            "tries_allowed",
            "try_penalty",
            "hint_penalty",
            "mastery_right",
            "mastery_of",
            "build_on_last",
            "late_credit",
            "practice_after_close",
            "result_rule",
        )
        read_only_fields = fields
