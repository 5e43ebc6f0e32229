"""A course as those who edit it have it: its settings, what there is to decide, and what keeps it from learners."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from course.models import CertificateFor, Course, CourseState, Visibility
from jobs.models import JobState
from web.api.serializers.articles import ReadingWarningSerializer


class CourseChangesSerializer(serializers.Serializer[Any]):
    """What is to be otherwise; what is not sent stays."""

    title = serializers.CharField(required=False, max_length=300)
    summary = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    visibility = serializers.ChoiceField(required=False, choices=Visibility.choices)
    certificate_for = serializers.ChoiceField(required=False, choices=CertificateFor.choices)


class QuestionTallySerializer(serializers.Serializer[Any]):
    """How many questions were decided about in each way."""

    undecided = serializers.IntegerField()
    accepted = serializers.IntegerField()
    published = serializers.IntegerField()
    rejected = serializers.IntegerField()


class ConceptTallySerializer(serializers.Serializer[Any]):
    """How many concepts wait for a decision, and how many are learnt."""

    suggested = serializers.IntegerField()
    accepted = serializers.IntegerField(source="known")


class EditedCourseSerializer(serializers.ModelSerializer[Course]):
    lessons = serializers.IntegerField(source="lesson_count")
    questions = QuestionTallySerializer(source="*")
    concepts = ConceptTallySerializer(source="*")
    build = serializers.ChoiceField(
        source="build_state", choices=JobState.choices, allow_null=True, help_text="Null without a build of late."
    )
    warnings = ReadingWarningSerializer(source="reading_warnings", many=True)
    text_is_sent_to = serializers.CharField(
        source="sends_text_to", help_text="The address of the model that its owner allows; empty for none."
    )

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
            "two_person_review",
            "text_is_sent_to",
            "created_at",
            "published_at",
            "archived_at",
            "lessons",
            "questions",
            "concepts",
            "build",
            "warnings",
        )
        read_only_fields = fields


class PublishingProblemSerializer(serializers.Serializer[Any]):
    message = serializers.CharField()
    mend = serializers.CharField(help_text="Where it is mended: course, question, concept or quiz.")
    name = serializers.CharField(help_text="The uuid of a question's wording, or the slug of a concept or a quiz.")


class PublishingProblemsSerializer(serializers.Serializer[Any]):
    problems = PublishingProblemSerializer(many=True)


class PublishedSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(source="course.state", choices=CourseState.choices)
    published_at = serializers.DateTimeField(source="course.published_at")
    questions = serializers.IntegerField(help_text="How many were published now.")


class ReviewRuleSerializer(serializers.Serializer[Any]):
    people = serializers.IntegerField(min_value=1, max_value=2, help_text="How many it takes to accept a question.")


class CourseFileSerializer(serializers.Serializer[Any]):
    """A course file: as `text`, or as `file` in a form."""

    text = serializers.CharField(required=False, trim_whitespace=False, allow_blank=True)
    file = serializers.FileField(required=False, allow_empty_file=True, max_length=255)


class CourseFileProblemSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    code = serializers.CharField()
    message = serializers.CharField()
    warning = serializers.BooleanField(help_text="The file can be imported all the same.")


class CheckedCourseFileSerializer(serializers.Serializer[Any]):
    problems = CourseFileProblemSerializer(many=True)
