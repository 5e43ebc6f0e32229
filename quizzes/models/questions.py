"""Questions and their versions: one wording each, frozen once published."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from course.models import Concept, Course


class Question(models.Model):
    """What is asked, over all its wordings. `key` is its name in a course file."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="questions")
    concept = models.ForeignKey(Concept, null=True, on_delete=models.SET_NULL, related_name="questions")
    key = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "key"], name="one_question_key_per_course")]

    def __str__(self) -> str:
        return f"question {self.key}"


class QuestionTag(models.Model):
    """A word that questions are found and drawn by."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tags")
    name = models.SlugField(max_length=60, allow_unicode=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "name"], name="one_tag_per_question_and_name")]

    def __str__(self) -> str:
        return self.name


class VersionState(models.TextChoices):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


LIVE_STATES = (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.PUBLISHED)


class Origin(models.TextChoices):
    HUMAN = "human"
    DRAFTED = "drafted"


class QuestionVersion(models.Model):
    """One wording of a question. A draft is accepted once it carries reviewed_at; only then can it be published.

    `written_by` is who wrote it last, None for what was drafted by rule or came from a file.
    `archived_from` is what an archived one was before, "" for any other.
    """

    TRANSITIONS = {
        VersionState.DRAFT: {VersionState.IN_REVIEW, VersionState.PUBLISHED, VersionState.RETIRED},
        VersionState.IN_REVIEW: {VersionState.DRAFT, VersionState.PUBLISHED, VersionState.RETIRED},
        VersionState.PUBLISHED: {VersionState.RETIRED},
        VersionState.RETIRED: {VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.PUBLISHED},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    content = models.JSONField()
    origin = models.CharField(max_length=7, choices=Origin.choices, default=Origin.HUMAN)
    drafter = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=9, choices=VersionState.choices, default=VersionState.DRAFT)
    archived_from = models.CharField(max_length=9, choices=VersionState.choices, blank=True, default="")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_version_number_per_question"),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(state__in=[VersionState.DRAFT, VersionState.IN_REVIEW]),
                name="one_draft_per_question",
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(state=VersionState.PUBLISHED), name="one_published_version"
            ),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="version_state_known"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="version_origin_known"),
            models.CheckConstraint(
                condition=Q(archived_from="") | Q(archived_from__in=[*LIVE_STATES], state=VersionState.RETIRED),
                name="archived_version_is_retired",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.PUBLISHED) | Q(published_at__isnull=False, reviewed_at__isnull=False),
                name="published_version_was_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, version {self.number}"

    @property
    def is_accepted(self) -> bool:
        return self.reviewed_at is not None and self.state != VersionState.RETIRED


class SearchText(models.Model):
    """What a person reads in a question version, folded for search as quizzes.questions.words says.

    A table of its own: whoever answers or grades has no use for it.
    """

    version = models.OneToOneField(
        QuestionVersion, on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
