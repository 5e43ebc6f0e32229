"""Articles, their revisions, the passages of a revision and the anchors that point into it."""

from __future__ import annotations

import uuid
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from course.reading.outline import PassageKind

PASSAGE_KINDS = [(kind.value, kind.value.replace("_", " ")) for kind in PassageKind]


class Article(models.Model):
    """A text somebody else published, with what is known of its source and rights."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=300)
    author = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en")
    source_url = models.URLField(max_length=1000, blank=True)
    rights = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """One wording of an article, never updated: every offset in the database counts characters of a revision's text."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="one_revision_number_per_article"),
            models.UniqueConstraint(fields=["article", "text_hash"], name="same_text_same_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, revision {self.number}"


class Passage(models.Model):
    """A stretch of a revision as one version of the cleaner saw it; text[start:end] is the passage."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="passages")
    cleaner = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=PASSAGE_KINDS)
    level = models.PositiveSmallIntegerField(default=0)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    duplicate_start = models.PositiveIntegerField(null=True)
    duplicate_end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "cleaner", "position"], name="one_passage_per_position"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_has_characters"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PassageKind]), name="passage_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position}"


class AnchorStatus(models.TextChoices):
    EXACT = "exact"
    MOVED = "moved"
    ORPHANED = "orphaned"


ANCHOR_SOURCES = ("mention", "note", "definition", "question")


def _one_of(*columns: str) -> Q:
    """Exactly one of the columns has a value."""
    ways = [Q(**{f"{each}__isnull": each != chosen for each in columns}) for chosen in columns]
    return reduce(or_, ways)


class Anchor(models.Model):
    """Where a mention, a note, a question's evidence or a definition's stands in a revision: one row for each revision.

    `question` is the uuid of a question version: questions live above this app and know their anchors by it.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="anchors")
    mention = models.ForeignKey("course.Mention", null=True, on_delete=models.CASCADE, related_name="anchors")
    note = models.ForeignKey("course.Note", null=True, on_delete=models.CASCADE, related_name="anchors")
    definition = models.ForeignKey(
        "course.Concept", null=True, on_delete=models.CASCADE, related_name="definition_anchors"
    )
    question = models.UUIDField(null=True)
    ordinal = models.PositiveSmallIntegerField(default=0)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=8, choices=AnchorStatus.choices, default=AnchorStatus.EXACT)

    class Meta:
        ordering = ["start", "ordinal"]
        indexes = [models.Index(fields=["revision", "start"], name="anchors_in_reading_order")]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="anchor_has_characters"),
            models.CheckConstraint(condition=Q(status__in=AnchorStatus.values), name="anchor_status_known"),
            models.CheckConstraint(condition=_one_of(*ANCHOR_SOURCES), name="anchor_has_one_source"),
            models.UniqueConstraint(fields=["mention", "revision"], name="one_anchor_per_mention_and_revision"),
            models.UniqueConstraint(fields=["note", "revision"], name="one_anchor_per_note_and_revision"),
            models.UniqueConstraint(fields=["definition", "revision"], name="one_anchor_per_definition_and_revision"),
            models.UniqueConstraint(
                fields=["question", "ordinal", "revision"], name="one_anchor_per_question_and_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end} ({self.status})"
