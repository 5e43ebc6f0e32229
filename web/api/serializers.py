"""The shapes of REST v1. They only name fields: whatever is computed is computed in the domain."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from course.models import Concept, Course, Enrollment, Lesson
from course.roster import MOST_DAYS, MOST_TIME
from quizzes.models import Quiz


class CourseSerializer(serializers.ModelSerializer[Course]):
    class Meta:
        model = Course
        fields = ("uuid", "slug", "title", "summary", "language", "state", "published_at")
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
    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True)

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


class PresentationSerializer(serializers.Serializer[Any]):
    stem = serializers.CharField()
    data = serializers.JSONField(  # type: ignore[assignment]  # -- the wire's name for it, which Serializer uses too
        help_text="What the control needs: options, gaps or sentences, with opaque ids."
    )


class PlaceSerializer(serializers.Serializer[Any]):
    quote = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    lesson = serializers.CharField(source="lesson_slug")


class ReviewedItemSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    kind = serializers.CharField()
    max_points = serializers.FloatField()
    grading = serializers.CharField()
    verdict = serializers.CharField(allow_blank=True)
    fraction = serializers.FloatField(allow_null=True)
    feedback = serializers.CharField(allow_blank=True)
    review = serializers.JSONField(source="parts", allow_null=True, help_text="Each part with its key, once shown.")
    explanation = serializers.CharField(allow_blank=True)
    concept = serializers.CharField(source="concept_slug", allow_blank=True)
    evidence = PlaceSerializer(many=True)


class AttemptItemSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    kind = serializers.CharField()
    control = serializers.CharField(source="presentation.control")
    max_points = serializers.FloatField()
    presentation = PresentationSerializer()
    answer = serializers.JSONField(allow_null=True)
    sequence = serializers.IntegerField(help_text="Send it with the next save of this answer.")
    saved_at = serializers.DateTimeField(allow_null=True)
    warning = serializers.CharField(allow_blank=True, help_text="Why the answer would not count as it stands.")
    is_settled = serializers.BooleanField(help_text="It no longer changes.")
    may_check = serializers.BooleanField(help_text="Whether it can be checked before submitting.")
    tries = serializers.IntegerField(help_text="How often it was checked.")
    tries_left = serializers.IntegerField(allow_null=True, help_text="None without a limit.")
    hints = serializers.ListField(child=serializers.CharField(), help_text="Those that are open.")
    hints_left = serializers.IntegerField()
    checked = ReviewedItemSerializer(allow_null=True, help_text="What its last check shows, while it stands.")


class GoneOnSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(allow_null=True, help_text="The question asked now; None after the last.")


class StartAttemptSerializer(serializers.Serializer[Any]):
    answers = serializers.DictField(
        child=serializers.JSONField(allow_null=True), required=False, help_text="Answers by position."
    )
    submit = serializers.BooleanField(required=False, default=False)


class StartedAttemptSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    state = serializers.CharField()
    deadline_at = serializers.DateTimeField(allow_null=True)
    status = serializers.URLField()
    items = AttemptItemSerializer(many=True)


class SaveAnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.JSONField(allow_null=True)
    sequence = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    client_key = serializers.UUIDField(required=False, help_text="Makes sending the same save again harmless.")
    confidence = serializers.IntegerField(required=False, min_value=1, max_value=3)


class SavedAnswerSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    sequence = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    warning = serializers.CharField(allow_blank=True)


class SubmittedSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    state = serializers.CharField()
    status = serializers.URLField()


class AttemptSerializer(serializers.Serializer[Any]):
    """An attempt as far as its policy shows it now. `items` are there before submitting, `review` after."""

    uuid = serializers.UUIDField(source="attempt.uuid")
    quiz = serializers.UUIDField(source="attempt.quiz.uuid")
    number = serializers.IntegerField(source="attempt.number")
    state = serializers.CharField(source="attempt.state")
    grading = serializers.CharField()
    started_at = serializers.DateTimeField(source="attempt.started_at")
    deadline_at = serializers.DateTimeField(source="attempt.deadline_at", allow_null=True)
    submitted_at = serializers.DateTimeField(source="attempt.submitted_at", allow_null=True)
    counts = serializers.BooleanField(source="attempt.counts", help_text="False for practice after the close.")
    credit = serializers.FloatField(source="attempt.credit", help_text="What the fraction was multiplied by when late.")
    fraction = serializers.FloatField(allow_null=True)
    points = serializers.FloatField(allow_null=True)
    max_points = serializers.FloatField()
    items = AttemptItemSerializer(many=True)
    review = ReviewedItemSerializer(many=True)


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


class LearnerSerializer(serializers.ModelSerializer[Enrollment]):
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email", allow_null=True)
    cohort = serializers.CharField(source="cohort.name", allow_null=True, default=None)
    time_factor = serializers.FloatField()

    class Meta:
        model = Enrollment
        fields = ("uuid", "name", "email", "cohort", "time_factor", "extra_days")
        read_only_fields = fields


class AccommodationSerializer(serializers.Serializer[Any]):
    time_factor = serializers.DecimalField(
        max_digits=4, decimal_places=2, min_value=Decimal(1), max_value=MOST_TIME, help_text="1.5 makes 40 minutes 60."
    )
    extra_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, help_text="Added to every closing.")


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem document (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
