"""Reasons of regrades that speak of a person who is erased: one text that stands with the run and with all it told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import InboxMessage, User
from course.models import Course
from quizzes.models import Appeal, RegradeLine, RegradeRun

ERASED = "Erased."
TOLD_WITHOUT = "A grade of yours was looked at again. Why is no longer kept."
SHORTEST = 3
"""Letters of a part of a name that is looked for: shorter ones are words of their own in many languages."""


def runs_that_name(person: User, *, course: Course | None = None) -> QuerySet[RegradeRun]:
    """Regrades whose reason holds the person's address or a part of their name, or that graded nobody else. One query.

    Of the courses that the person has a part in, or of `course` alone. Erasing too much costs a sentence, too little
    somebody's name.
    """
    lines = RegradeLine.objects.filter(run=OuterRef("pk"))
    theirs = lines.filter(response__attempt__enrollment__user=person)
    others = lines.exclude(response__attempt__enrollment__user=person)
    runs = RegradeRun.objects.filter(course__enrollments__user=person).exclude(reason=ERASED)
    if course is not None:
        runs = runs.filter(course=course.pk)
    known = runs.annotate(is_theirs=Exists(theirs) & ~Exists(others)).values_list("pk", "reason", "is_theirs")
    named = names(person)
    return RegradeRun.objects.filter(
        pk__in=[key for key, reason, is_theirs in known.order_by("pk") if is_theirs or named.search(reason)]
    )


def names(person: User) -> re.Pattern[str]:
    """Finds what the person is called: their address, and each part of their name as a whole word."""
    parts = [word for word in re.findall(r"\w+", person.name) if len(word) >= SHORTEST]
    called = [rf"\b{re.escape(word)}\b" for word in parts] + ([re.escape(person.email)] if person.email else [])
    return re.compile("|".join(called) if called else r"(?!)", re.IGNORECASE)


def erase_reasons(person: User, *, course: Course | None = None) -> None:
    """Those reasons are gone: from their runs, from the appeals they decided, and from what everybody was told."""
    runs = list(runs_that_name(person, course=course))
    appeals = Appeal.objects.filter(run__in=runs)
    told = _messages_of(runs, [str(uuid) for uuid in appeals.values_list("uuid", flat=True)])
    InboxMessage.objects.filter(told).update(text=TOLD_WITHOUT)
    appeals.update(decision="")
    RegradeRun.objects.filter(pk__in=[run.pk for run in runs]).update(reason=ERASED)


def _messages_of(runs: Sequence[RegradeRun], appeals: Sequence[str]) -> Q:
    found = Q(kind="appeal_decided", key__in=[f"appeal:{uuid}" for uuid in appeals])
    for run in runs:
        found |= Q(kind="regraded", key__contains=f":{run.uuid}:")
    return found
