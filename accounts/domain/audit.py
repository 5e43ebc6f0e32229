"""The audit log: who did what to what."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import AuditEntry, User


def record(verb: str, *, subject: str, actor: User | None = None, detail: dict[str, Any] | None = None) -> AuditEntry:
    """One more line stands in the audit log, in the caller's transaction.

    `subject` names the thing as "kind:public id", such as "course:0190…"; no actor means the command line or a worker.
    """
    return AuditEntry.objects.create(actor=actor, verb=verb, subject=subject, detail=detail or {})


def history(subject: str) -> QuerySet[AuditEntry]:
    """What was done to `subject`, newest first, each with its actor."""
    return AuditEntry.objects.filter(subject=subject).select_related("actor")
