"""Figures: of a quiz and its questions, and of a course, each with how many it rests on."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

PER_CENT = "In per cent; None where there are too few first attempts to tell."


class FiguresField(serializers.FloatField):
    """A figure that may not be told."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, "default": None, **kwargs})


class IntervalSerializer(serializers.Serializer[Any]):
    low = serializers.FloatField()
    high = serializers.FloatField()


class ChoiceSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(source="label", allow_blank=True)
    bucket = serializers.CharField(allow_blank=True)
    count = serializers.IntegerField()
    share = serializers.FloatField(help_text="Of all answers, 0 to 1.")
    credit = FiguresField(help_text="What it earns, 0 to 1.")
    fifths = serializers.ListField(
        child=serializers.FloatField(allow_null=True), help_text="Share in each fifth of learners, the weakest first."
    )


class QuestionFiguresSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="row.number")
    question = serializers.UUIDField(source="row.version.question.uuid")
    version = serializers.UUIDField(source="row.version.uuid")
    wording = serializers.IntegerField(source="row.version.number")
    title = serializers.CharField(source="row.title", allow_blank=True)
    n = serializers.IntegerField(source="row.sums.responses", help_text="First attempts.")
    is_enough = serializers.BooleanField(source="row.is_enough", help_text="False: too few to tell figures.")
    facility = FiguresField(help_text=PER_CENT)
    deviation = FiguresField(help_text=PER_CENT)
    discrimination = FiguresField(help_text="100 times the correlation with the rest of the quiz.")
    interval = IntervalSerializer(
        source="reckoned.interval", allow_null=True, default=None, help_text="The discrimination with 95 % confidence."
    )
    guess = FiguresField(source="reckoned.guess", help_text="What answering by lot earns.")
    intended_weight = FiguresField(source="reckoned.intended_weight")
    effective_weight = FiguresField(source="reckoned.effective_weight")
    efficiency = FiguresField(source="reckoned.efficiency")
    found = serializers.IntegerField(source="row.found", help_text="How often it was found after looking.")
    choices = ChoiceSerializer(many=True)


class QuizFiguresSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    mean = FiguresField(help_text="In points.")
    median = FiguresField()
    deviation = FiguresField()
    skewness = FiguresField()
    kurtosis = FiguresField()
    consistency = FiguresField(help_text="Cronbach’s alpha, in per cent.")
    error_ratio = FiguresField(help_text="In per cent.")
    standard_error = FiguresField(help_text="In points.")


class SpreadSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    mean = FiguresField()


class ReckonedSerializer(serializers.Serializer[Any]):
    quiz = QuizFiguresSerializer()
    points = serializers.FloatField(help_text="The most that could be earned.")
    attempts = serializers.DictField(child=SpreadSerializer(), help_text="For first, last, best and all attempts.")
    tenths = serializers.ListField(child=serializers.IntegerField(), help_text="First attempts by tenth of result.")
    durations = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()), help_text="Minutes and result, 0 to 1."
    )


class PassageFiguresSerializer(serializers.Serializer[Any]):
    quote = serializers.CharField()
    start = serializers.IntegerField()
    questions = serializers.IntegerField()
    answers = serializers.IntegerField()
    lost = serializers.FloatField(help_text="Of what could be earned on it, 0 to 1.")


class QuizStatisticsSerializer(serializers.Serializer[Any]):
    attempts = serializers.IntegerField(help_text="Graded first attempts now.")
    as_of = serializers.DateTimeField(
        source="reckoned_at", allow_null=True, help_text="When `reckoned`, intervals and weights were reckoned."
    )
    is_stale = serializers.BooleanField(help_text="Something was graded since.")
    is_enough = serializers.BooleanField(help_text="False: too few attempts to tell `reckoned`.")
    reckoned = ReckonedSerializer(allow_null=True)
    questions = QuestionFiguresSerializer(many=True)
    passages = PassageFiguresSerializer(many=True)


class PartStandingSerializer(serializers.Serializer[Any]):
    lesson = serializers.SlugField(source="lesson.slug")
    title = serializers.CharField(source="lesson.title")
    read = serializers.IntegerField()
    stopped = serializers.IntegerField(help_text="Read this and nothing behind it.")
    skipped = serializers.IntegerField(help_text="Read something behind it, and not this.")


class CourseReadingSerializer(serializers.Serializer[Any]):
    learners = serializers.IntegerField()
    begun = serializers.IntegerField()
    parts = PartStandingSerializer(many=True)


class QuizStandingSerializer(serializers.Serializer[Any]):
    quiz = serializers.UUIDField(source="quiz.uuid")
    slug = serializers.SlugField(source="quiz.slug")
    title = serializers.CharField(source="quiz.title")
    taken = serializers.IntegerField(help_text="Learners who handed in an attempt.")
    graded = serializers.IntegerField()
    mean = FiguresField(help_text="Of the results, 0 to 1; None below `fewest` of them.")
    below = serializers.IntegerField(allow_null=True, help_text="Below the pass mark; None without one.")


class GridCellSerializer(serializers.Serializer[Any]):
    known = serializers.IntegerField(help_text="Learners of whom something is known.")
    mastery = FiguresField(help_text="Their mean, 0 to 1; None below `fewest` of them.")


class GridCohortSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="cohort.uuid", allow_null=True, default=None)
    name = serializers.CharField(source="cohort.name", allow_null=True, default=None)


class GridRowSerializer(serializers.Serializer[Any]):
    concept = serializers.SlugField(source="concept.slug")
    term = serializers.CharField(source="concept.term")
    everybody = GridCellSerializer()
    cells = GridCellSerializer(many=True, help_text="In the order of `cohorts`.")


class ConceptGridSerializer(serializers.Serializer[Any]):
    cohorts = GridCohortSerializer(many=True, help_text="The one without a name is whoever is in none.")
    rows = GridRowSerializer(many=True)
    unasked = serializers.IntegerField(help_text="Accepted concepts that nothing is known of.")


class RetentionFiguresSerializer(serializers.Serializer[Any]):
    concept = serializers.SlugField(source="concept.slug")
    term = serializers.CharField(source="concept.term")
    learners = serializers.IntegerField()
    recalled = serializers.IntegerField(help_text="Questions.")
    due = serializers.IntegerField(help_text="Of these, now.")
    chances = serializers.ListField(
        child=serializers.FloatField(),
        help_text="That it is known now, in 7 and in 30 days; empty below `fewest`.",
    )


class CourseStatisticsSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField(help_text="When this was so.")
    fewest = serializers.IntegerField(help_text="Learners below which no mean is told.")
    reading = CourseReadingSerializer()
    quizzes = QuizStandingSerializer(many=True)
    concepts = ConceptGridSerializer()
    retention = RetentionFiguresSerializer(many=True)
