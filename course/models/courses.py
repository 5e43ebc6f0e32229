"""Courses and their lessons."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from course.models.articles import PASSAGE_KINDS, Passage, Revision
from course.reading.outline import PassageKind


class CourseState(models.TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Visibility(models.TextChoices):
    PUBLIC = "public"
    LINK = "link"
    ENROLLED = "enrolled"


class CertificateFor(models.TextChoices):
    """What a learner has done who may have a certificate of the course."""

    NOTHING = "nothing"
    READING = "reading"
    PASSING = "passing"


class Course(models.Model):
    """What learners enrol in: lessons to read, concepts to know, quizzes to take. Its owner is an enrolment.

    `certificate_for` is what completes it for a learner. `sends_text_to` is the address of the model that its owner
    allows its text to be sent to, "" for none. `keep_answers_days` is for how many days answers of what has ended are
    kept, None as the installation does; `archived_at` is since when an archived course has ended.
    """

    LEAST_DAYS, MOST_DAYS = 30, 3_650

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(max_length=9, choices=CourseState.choices, default=CourseState.DRAFT)
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC)
    reading_warnings = models.JSONField(default=list)
    two_person_review = models.BooleanField(default=False)
    certificate_for = models.CharField(
        max_length=7, choices=CertificateFor.choices, default=CertificateFor.NOTHING, db_default=CertificateFor.NOTHING
    )
    sends_text_to = models.CharField(max_length=300, blank=True, default="")
    keep_answers_days = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CourseState.values), name="course_state_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="course_visibility_known"),
            models.CheckConstraint(
                condition=Q(certificate_for__in=CertificateFor.values), name="certificate_for_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=CourseState.PUBLISHED) | Q(published_at__isnull=False),
                name="published_course_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(keep_answers_days__isnull=True)
                | Q(keep_answers_days__gte=30, keep_answers_days__lte=3_650),
                name="answers_are_kept_30_to_3650_days",
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True) | Q(state=CourseState.ARCHIVED),
                name="only_an_archived_course_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(sends_text_to="") | Q(sends_text_to__startswith="http"), name="text_is_sent_to_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """A stretch of one revision, read in one sitting: the passages of `cleaner` between start and end, half-open."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="lessons")
    cleaner = models.CharField(max_length=20)
    slug = models.SlugField(max_length=80)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_lesson_slug_per_course"),
            models.UniqueConstraint(fields=["course", "position"], name="one_lesson_per_position"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="lesson_has_characters"),
        ]

    def __str__(self) -> str:
        return self.title


class OldLessonSlug(models.Model):
    """A slug a lesson once had; its address redirects."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="old_slugs")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="one_lesson_per_old_slug")]

    def __str__(self) -> str:
        return self.slug


class PassageDecision(models.Model):
    """What an instructor overruled in a course's reading of a passage: its kind there, instead of the cleaner's."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="passage_decisions")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=12, choices=PASSAGE_KINDS)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "passage"], name="one_decision_per_passage"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PassageKind]), name="decided_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id}: {self.kind}"
