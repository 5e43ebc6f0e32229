"""Where a learner and a question stand: caches over grading events, rebuilt and checked by `manage.py rebuild`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from course.models import Concept, Enrollment
from quizzes.models.attempts import Attempt
from quizzes.models.questions import QuestionVersion
from quizzes.models.quizzes import Quiz


class Result(models.Model):
    """A learner's standing on a quiz, by the quiz's result rule over its graded attempts."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="results")
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="results")
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="+")
    attempts = models.PositiveIntegerField()
    fraction = models.DecimalField(max_digits=7, decimal_places=6)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "quiz"], name="one_result_per_learner_and_quiz"),
            models.CheckConstraint(condition=Q(fraction__gte=0, fraction__lte=1), name="result_between_0_and_1"),
        ]

    def __str__(self) -> str:
        return f"{self.fraction} on {self.quiz_id}"


class ConceptMastery(models.Model):
    """A learner's mastery of a concept.

    `evidence` maps a question's uuid to {"fraction": 0..1, "at": ISO time} of its latest graded answer, so asking the
    same question again replaces evidence instead of adding to it.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="masteries")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="masteries")
    evidence = models.JSONField(default=dict)
    mastery = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "concept"], name="one_mastery_per_learner_and_concept"),
            models.CheckConstraint(
                condition=Q(mastery__isnull=True) | Q(mastery__gte=0, mastery__lte=1), name="mastery_between_0_and_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mastery} of {self.concept_id}"


class ItemStatistic(models.Model):
    """How a choice among a version's answers does in a quiz, over first attempts graded whole: sums for its figures.

    A version's figures are made of all its choices together. `choice` is the bucket that the kind files the answer
    under; "" holds what learners write themselves, which only the job tells apart.

    In whole millionths, so that adding and taking away is exact: `fraction` is what was earned on the question,
    `rest` what the same attempts earned on the rest of the quiz, each of what can be earned there; `rest_products`
    sums the products of the two. A row of no responses says as much as none.
    """

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="statistics")
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="statistics")
    choice = models.CharField(max_length=100, blank=True, default="", db_default="")
    responses = models.PositiveIntegerField()
    fraction_sum = models.PositiveBigIntegerField()
    fraction_squares = models.PositiveBigIntegerField()
    rest_sum = models.PositiveBigIntegerField()
    rest_squares = models.PositiveBigIntegerField()
    rest_products = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "quiz", "choice"], name="one_statistic_per_choice_and_quiz")
        ]

    def __str__(self) -> str:
        return f"{self.responses} responses to {self.version_id}"


class QuizStatistic(models.Model):
    """What a job reckoned of a quiz's first attempts when they stood at `fingerprint`; `figures` is its JSON."""

    quiz = models.OneToOneField(Quiz, on_delete=models.CASCADE, related_name="statistic")
    attempts = models.PositiveIntegerField()
    figures = models.JSONField()
    fingerprint = models.CharField(max_length=100)
    reckoned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempts} attempts at {self.quiz_id}"
