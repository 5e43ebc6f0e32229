"""Waivers: what a lint rule found does not count for a question, because a person said why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from course.models import Course
from jobs.domain.clock import database_now
from quizzes.domain.question_deeds import record_questions
from quizzes.drafting.draft import Finding
from quizzes.errors import QuizError
from quizzes.models import Question, Waiver
from quizzes.models.waivers import UNWAIVABLE

LONGEST_SAID = 400

Standing = Mapping[tuple[int, str, str], Waiver]
"""The waivers that count, by question, rule and what was said."""


class CannotWaive(QuizError):
    code = "cannot_waive"
    message = "A question without one clear key or without its proof cannot be asked. Mend it instead."


class ReasonMissing(QuizError):
    code = "reason_missing"
    message = "Say why it does not matter here, so that others can follow. Nothing was changed."


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that does not count, and who said so."""

    finding: Finding
    waiver: Waiver


@transaction.atomic
def waive(question: Question, *, finding: Finding, by: User, reason: str, at: datetime | None = None) -> Waiver:
    """The finding does not count for this question until the waiver is taken back; a standing one stays as it is.

    Raises ReasonMissing, and CannotWaive for rules about the key and its proof. The question is locked.
    """
    if finding.rule in UNWAIVABLE:
        raise CannotWaive
    if not reason.strip():
        raise ReasonMissing
    Question.objects.select_for_update().only("pk").get(pk=question.pk)
    waiver, is_new = Waiver.objects.get_or_create(
        question=question,
        rule=finding.rule,
        said=said_of(finding),
        taken_back_at=None,
        defaults={"reason": reason.strip()[:300], "waived_by": by, "waived_at": at or database_now()},
    )
    if is_new:
        record_questions("waived", [question.pk], by=by, detail={"rule": finding.rule})
    return waiver


@transaction.atomic
def take_back(waiver: Waiver, *, by: User | None = None, at: datetime | None = None) -> None:
    """The finding counts again, and the waiver is kept to be seen. Twice is the same as once."""
    standing = Waiver.objects.filter(pk=waiver.pk, taken_back_at__isnull=True)
    if standing.update(taken_back_at=at or database_now()):
        record_questions("took a waiver back", [waiver.question_id], by=by, detail={"rule": waiver.rule})
    waiver.refresh_from_db(fields=["taken_back_at"])


def said_of(finding: Finding) -> str:
    """What the rule said, as short as a waiver keeps it."""
    return finding.message[:LONGEST_SAID]


def standing_waivers(course: Course) -> Standing:
    """The waivers that count in the course by question, rule and what was said; one query."""
    standing = Waiver.objects.filter(question__course=course, taken_back_at__isnull=True).select_related("waived_by")
    return {(waiver.question_id, waiver.rule, waiver.said): waiver for waiver in standing}


def waivers_taken_back(question: Question) -> list[Waiver]:
    """What was waived once and counts again, newest first, each with who waived it."""
    past = Waiver.objects.filter(question=question, taken_back_at__isnull=False)
    return list(past.select_related("waived_by").order_by("-taken_back_at"))


def apart(
    question: int, findings: Iterable[Finding], standing: Standing
) -> tuple[tuple[Finding, ...], tuple[WaivedFinding, ...]]:
    """The findings that count, and those that are waived, each in the order given."""
    found = [(each, standing.get((question, each.rule, said_of(each)))) for each in findings]
    waived = tuple(WaivedFinding(finding, waiver) for finding, waiver in found if waiver)
    return tuple(finding for finding, waiver in found if waiver is None), waived
