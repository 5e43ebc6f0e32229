"""What a learner is to remember: a card for each question, and every time it was recalled."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from course.models import Enrollment
from quizzes.memory import Memory, Phase, Rating
from quizzes.models.questions import Question

PHASES = [(phase.value, phase.value) for phase in Phase]
RATINGS = [(rating.value, rating.name.lower()) for rating in Rating]
REMEMBERED = ("phase", "stability", "difficulty", "recalled_at", "due_at")


class Card(models.Model):
    """One question for one learner: how well it is remembered, as its recalls say. A cache: they are the truth.

    Without a recall it has no memory, and stands only because it was set aside.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="cards")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="cards")
    phase = models.CharField(max_length=10, choices=PHASES, null=True)
    step = models.PositiveSmallIntegerField(null=True)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    recalled_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    recalls_made = models.PositiveIntegerField(default=0)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "question"], name="one_card_per_learner_and_question"),
            models.CheckConstraint(condition=Q(phase__in=[p.value for p in Phase]), name="card_phase_known"),
            models.CheckConstraint(condition=Q(stability__gt=0), name="card_stability_above_zero"),
            models.CheckConstraint(condition=Q(difficulty__gte=1, difficulty__lte=10), name="card_difficulty_in_range"),
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": False for name in REMEMBERED}, recalls_made__gt=0)
                | Q(**{f"{name}__isnull": True for name in (*REMEMBERED, "step")}, recalls_made=0),
                name="card_remembers_what_was_recalled",
            ),
            models.CheckConstraint(
                condition=Q(recalls_made__gt=0) | Q(set_aside_at__isnull=False), name="card_stands_for_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} for {self.enrollment_id}"

    @property
    def memory(self) -> Memory | None:
        """How well it is remembered; None before the first recall."""
        if (
            self.phase is None
            or self.stability is None
            or self.difficulty is None
            or self.recalled_at is None
            or self.due_at is None
        ):
            return None
        return Memory(Phase(self.phase), self.step, self.stability, self.difficulty, self.recalled_at, self.due_at)

    def remember(self, memory: Memory | None, recalls: int) -> None:
        """It has this memory after so many recalls; not saved."""
        self.recalls_made = recalls
        for name in (*REMEMBERED, "step"):
            setattr(self, name, memory and getattr(memory, name))


class Recall(models.Model):
    """One time a learner recalled a card, and how they say it went. Never changed; `number` counts from 1."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="recalls")
    number = models.PositiveIntegerField()
    rating = models.PositiveSmallIntegerField(choices=RATINGS)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="one_recall_per_card_and_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="recalls_count_from_one"),
            models.CheckConstraint(condition=Q(rating__in=[r.value for r in Rating]), name="recall_rating_known"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} #{self.number}: {self.rating}"
