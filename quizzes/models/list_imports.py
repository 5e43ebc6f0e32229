"""Lists of people and of grades on their way into a course: what each line would do, did, and took back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from course.models import Course, Enrollment
from quizzes.models.quizzes import Quiz
from quizzes.models.regrades import RunState

STILL_READ = (RunState.PLANNING, RunState.PLANNED, RunState.APPLYING)
"""States in which the text of a list is still needed."""


class ListKind(models.TextChoices):
    PEOPLE = "people"
    GRADES = "grades"


class ListImport(models.Model):
    """A roster or a grade list for a course: planned first (its preview), then applied, perhaps undone, as a whole.

    `text` is the list as it came, kept only while it is still read. `reason` is why grades are given where a line does
    not say. `ignored` are headers that say nothing, `cohorts` the public ids of cohorts that applying it made.
    `is_outdated` says that the course had changed when it was to be applied, so that it was planned anew. `actor` is
    who planned or applied it last: it does what is theirs to do.
    """

    TRANSITIONS = {
        RunState.PLANNING: {RunState.PLANNED, RunState.DISCARDED},
        RunState.PLANNED: {RunState.APPLYING, RunState.DISCARDED, RunState.PLANNING},
        RunState.APPLYING: {RunState.APPLIED, RunState.PLANNING},
        RunState.APPLIED: {RunState.UNDOING},
        RunState.UNDOING: {RunState.UNDONE},
        RunState.UNDONE: set(),
        RunState.DISCARDED: set(),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="list_imports")
    kind = models.CharField(max_length=6, choices=ListKind.choices)
    state = models.CharField(max_length=9, choices=RunState.choices, default=RunState.PLANNING)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    ignored = models.JSONField(default=list)
    cohorts = models.JSONField(default=list)
    is_outdated = models.BooleanField(default=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ListKind.values), name="list_import_kind_known"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="list_import_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=STILL_READ) | Q(text=""), name="list_import_forgets_what_it_needs_no_more"
            ),
            models.CheckConstraint(condition=~Q(kind=ListKind.GRADES, reason=""), name="list_of_grades_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=[RunState.APPLIED, RunState.UNDOING, RunState.UNDONE])
                | Q(applied_at__isnull=False),
                name="applied_list_import_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.UNDONE) | Q(undone_at__isnull=False), name="undone_list_import_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"list of {self.kind}, {self.state}"


class LineFate(models.TextChoices):
    NEW = "new"
    BACK = "back"
    CHANGES = "changes"
    SAME = "same"
    FAULT = "fault"


DOES_SOMETHING = (LineFate.NEW, LineFate.BACK, LineFate.CHANGES)


class ImportLineState(models.TextChoices):
    PLANNED = "planned"
    DONE = "done"
    PASSED_OVER = "passed_over"
    UNDONE = "undone"
    KEPT = "kept"


ONCE_DONE = (ImportLineState.DONE, ImportLineState.UNDONE, ImportLineState.KEPT)


class ImportLine(models.Model):
    """What a list import makes of one line of its list, or of one cell where a line has several grades.

    `number` is its place, `line` that of the file, both from 1. `part` is whose line it is, once they have a part.
    `before` and `after` are the terms of a part, or {"fraction": …} of a result; `before` is null where there was
    nothing. `because` is why a grade is given; `said` why the line does nothing, was passed over or was kept.
    `done_at` is when it was done.
    """

    TRANSITIONS = {
        ImportLineState.PLANNED: {ImportLineState.DONE, ImportLineState.PASSED_OVER},
        ImportLineState.DONE: {ImportLineState.UNDONE, ImportLineState.KEPT},
        ImportLineState.PASSED_OVER: set(),
        ImportLineState.UNDONE: set(),
        ImportLineState.KEPT: set(),
    }

    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    address = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=254, blank=True)
    part = models.ForeignKey(Enrollment, null=True, on_delete=models.SET_NULL, related_name="import_lines")
    quiz = models.ForeignKey(Quiz, null=True, on_delete=models.CASCADE, related_name="import_lines")
    fate = models.CharField(max_length=7, choices=LineFate.choices)
    state = models.CharField(max_length=11, choices=ImportLineState.choices, default=ImportLineState.PLANNED)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    because = models.CharField(max_length=300, blank=True)
    said = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["list_import", "number"], name="one_import_line_per_number"),
            models.CheckConstraint(condition=Q(fate__in=LineFate.values), name="import_line_fate_known"),
            models.CheckConstraint(condition=Q(state__in=ImportLineState.values), name="import_line_state_known"),
            models.CheckConstraint(
                condition=Q(fate__in=DOES_SOMETHING) | Q(state=ImportLineState.PLANNED),
                name="import_line_that_does_nothing_stays_planned",
            ),
            models.CheckConstraint(
                condition=~Q(fate__in=DOES_SOMETHING) | Q(after__isnull=False),
                name="import_line_that_does_something_says_what",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ONCE_DONE, done_at__isnull=False)
                | (~Q(state__in=ONCE_DONE) & Q(done_at__isnull=True)),
                name="import_line_that_was_done_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line}, {self.fate}, {self.state}"
