"""Key concepts of a course and where its texts mention them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from course.models.courses import Course
from course.reading.outline import ConceptKind

CONCEPT_KINDS = [(kind.value, kind.value) for kind in ConceptKind]


class ConceptState(models.TextChoices):
    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Concept(models.Model):
    """A term worth knowing; only an accepted one reaches learners. `reasons` says in words why it was suggested."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="concepts")
    slug = models.SlugField(max_length=80)
    term = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=CONCEPT_KINDS)
    state = models.CharField(max_length=9, choices=ConceptState.choices, default=ConceptState.SUGGESTED)
    rank = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    undrafted = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_concept_slug_per_course"),
            models.CheckConstraint(condition=Q(state__in=ConceptState.values), name="concept_state_known"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in ConceptKind]), name="concept_kind_known"),
        ]

    def __str__(self) -> str:
        return self.term


class Mention(models.Model):
    """One place where a concept is named; the place itself is its anchor."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="mentions")

    def __str__(self) -> str:
        return f"mention of {self.concept_id}"
