"""Key concepts of a course and where its texts mention them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from course.models.courses import Course
from course.reading.outline import ConceptKind

CONCEPT_KINDS = [(kind.value, kind.value) for kind in ConceptKind]


class ConceptState(models.TextChoices):
    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MERGED = "merged"


class Concept(models.Model):
    """A term worth knowing; only an accepted one reaches learners. `reasons` says in words why it was suggested.

    A merged one is only another term of `merged_into`: its mentions and questions have gone over.
    """

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
    merged_into = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="synonyms")

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_concept_slug_per_course"),
            models.CheckConstraint(condition=Q(state__in=ConceptState.values), name="concept_state_known"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in ConceptKind]), name="concept_kind_known"),
            models.CheckConstraint(
                condition=Q(state=ConceptState.MERGED, merged_into__isnull=False)
                | (~Q(state=ConceptState.MERGED) & Q(merged_into__isnull=True)),
                name="merged_concept_has_its_target",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="concept_never_merges_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.term


class Mention(models.Model):
    """One place where a concept is named; the place itself is its anchor."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="mentions")

    def __str__(self) -> str:
        return f"mention of {self.concept_id}"


class ConceptChangeKind(models.TextChoices):
    DECIDED = "decided"
    RENAMED = "renamed"
    DEFINED = "defined"
    PICKED = "picked"
    MENTIONED = "mentioned"
    MERGED = "merged"


class ConceptChange(models.Model):
    """What somebody did to a concept, with all it takes to take it back.

    Changes of one `deed` go back together. `before` and `after` hold the fields it changed; for a merge `after` names
    what went over: {"mentions": […], "questions": […], "pools": […]}, each by uuid.
    """

    deed = models.UUIDField(default=uuid.uuid4)
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=9, choices=ConceptChangeKind.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deed", "concept", "kind"], name="one_change_of_a_kind_per_deed_and_concept"
            ),
            models.CheckConstraint(condition=Q(kind__in=ConceptChangeKind.values), name="concept_change_kind_known"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("made_at")), name="concept_change_undone_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.concept_id}"
