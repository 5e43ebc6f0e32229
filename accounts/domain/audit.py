"""The audit log: who did what to what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import AuditEntry, User


def record(
    verb: str,
    *,
    subject: str,
    actor: User | None = None,
    course: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """One more line stands in the audit log, in the caller's transaction.

    `subject` names the thing as "kind:public id", such as "course:0190…"; no actor means the command line or a worker.
    `course` is the public id of the course it was done in. Neither it nor `detail` ever holds a name or an address:
    the log outlives whom it speaks of.
    """
    return AuditEntry.objects.create(actor=actor, verb=verb, subject=subject, course=course, detail=detail or {})


def record_each(
    entries: Iterable[tuple[str, str, dict[str, Any]]], *, actor: User | None = None, course: UUID | None = None
) -> None:
    """As record, for many: each of (verb, subject, detail) is one more line in the audit log. One statement."""
    AuditEntry.objects.bulk_create(
        AuditEntry(actor=actor, verb=verb, subject=subject, course=course, detail=detail)
        for verb, subject, detail in entries
    )


def history(subject: str) -> QuerySet[AuditEntry]:
    """What was done to `subject`, newest first, each with its actor."""
    return AuditEntry.objects.filter(subject=subject).select_related("actor")


def history_of_course(course: UUID, *, verb: str = "", actor: str = "") -> QuerySet[AuditEntry]:
    """What was done in the course, newest first, each with its actor; with `verb`, only that.

    `actor` is a part of the name or the address of who did it.
    """
    entries = AuditEntry.objects.filter(course=course).select_related("actor").order_by("-pk")
    if verb:
        entries = entries.filter(verb=verb)
    if actor:
        entries = entries.filter(Q(actor__name__icontains=actor) | Q(actor__email__icontains=actor))
    return entries


def verbs_in(course: UUID) -> list[str]:
    """What sorts of things were done in the course, in alphabetical order."""
    return list(AuditEntry.objects.filter(course=course).order_by("verb").values_list("verb", flat=True).distinct())
