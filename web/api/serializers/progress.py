"""How far somebody is."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class ConceptStandingSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField(source="standing.concept.slug")
    term = serializers.CharField(source="standing.concept.term")
    mastery = serializers.FloatField(allow_null=True)
    state = serializers.CharField()
    answered = serializers.IntegerField(source="standing.answered")
    questions = serializers.IntegerField(source="standing.questions")


class QuizResultSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="quiz.uuid")
    slug = serializers.SlugField(source="quiz.slug")
    title = serializers.CharField(source="quiz.title")
    fraction = serializers.FloatField(allow_null=True, help_text="None while held back.")


class ReadingStateSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    title = serializers.CharField()
    is_read = serializers.BooleanField()


class ProgressSerializer(serializers.Serializer[Any]):
    course = serializers.SlugField()
    fraction = serializers.FloatField(help_text="Share of lessons read and quizzes with a result.")
    lessons = ReadingStateSerializer(many=True)
    quizzes = QuizResultSerializer(many=True)
    concepts = ConceptStandingSerializer(many=True)
