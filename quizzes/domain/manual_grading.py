"""Grading what waits: one decision for all answers that were put in the same ways, and taking it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import User
from jobs.domain.clock import database_now
from quizzes.answer_groups import reads_as
from quizzes.domain.manual_queue import (
    TAKEN_BACK,
    WaitingAnswer,
    answers_waiting,
    audits_waiting,
    decisions_of_people,
    variant_digest,
)
from quizzes.domain.people_grades import record_person_grades
from quizzes.domain.question_deeds import record_questions
from quizzes.domain.rubric_grades import PersonGrade, fraction_in, items_named, outcome_for, percent, replace_marks
from quizzes.domain.rubrics import fill_rubric, lock_question
from quizzes.errors import GradedMeanwhile, NothingGiven
from quizzes.models import Audit, AuditState, CauseKind, GradingEvent, Question, Response, RubricMark

LOOKED_AT = 1_000
"""How many of the newest decisions of people are searched for the one that came first."""


@dataclass(frozen=True, slots=True)
class GivenGrade:
    """What a grader chose: items of the rubric by uuid, a comment, their own fraction in [0, 1] where they set one."""

    items: Collection[UUID] = ()
    comment: str = ""
    own_fraction: Decimal | None = None


@transaction.atomic
def grade_variants(
    question: Question, *, variants: Collection[str], given: GivenGrade, by: User, at: datetime | None = None
) -> int:
    """Every waiting answer that was put in one of these ways (digests) has this grade; returns how many they are.

    An audited grade is overridden, or confirmed when the fraction is the same. All or nothing, in turn with everybody
    who grades the question. The same from the same person twice is once, and returns 0. Raises NothingGiven without an
    item and a fraction, GradedMeanwhile when somebody else came first.
    """
    locked = lock_question(question)
    members = _waiting_in(locked, variants, by=by)
    if not members:
        return 0
    grade = PersonGrade(items_named(fill_rubric(locked), given.items), given.comment, given.own_fraction)
    if not grade.items and grade.own_fraction is None:
        raise NothingGiven
    now = at or database_now()
    _record(members, grade, by=by, at=now)
    record_questions("graded", [locked.pk], by=by, detail={"answers": len(members)})
    return len(members)


def _record(members: Sequence[WaitingAnswer], grade: PersonGrade, *, by: User, at: datetime) -> None:
    standing = {each.pk: each.standing for each in members}
    rows = Response.objects.filter(pk__in=standing).select_related("attempt__quiz", "version__question")
    outcomes = {response.pk: outcome_for(response, grade) for response in rows}
    fractions = {key: fraction_in(outcome) for key, outcome in outcomes.items()}
    record_person_grades(
        list(rows),
        fraction_by_response=fractions,
        feedback={key: outcome.feedback for key, outcome in outcomes.items()},
        detail={key: outcome.detail for key, outcome in outcomes.items()},
        actor=by,
        cause_kind=CauseKind.MANUAL if members[0].standing is None else CauseKind.OVERRIDE,
        at=at,
    )
    replace_marks(standing, grade.items)
    confirmed = [key for key in standing if standing[key] == fractions[key]]
    overridden = [key for key in standing if standing[key] != fractions[key]]
    for state, audited in ((AuditState.CONFIRMED, confirmed), (AuditState.OVERRIDDEN, overridden)):
        audits_waiting(audited).update(state=state, decided_by=by, decided_at=at)


@transaction.atomic
def confirm_variants(question: Question, *, variants: Collection[str], by: User, at: datetime | None = None) -> int:
    """The automatic grades of audited answers that were put in these ways stand; returns how many. Idempotent.

    No grade changes. Raises GradedMeanwhile when somebody else decided first.
    """
    members = _waiting_in(lock_question(question), variants, by=by)
    audits = audits_waiting(each.pk for each in members)
    confirmed = audits.update(state=AuditState.CONFIRMED, decided_by=by, decided_at=at or database_now())
    if confirmed:
        record_questions("confirmed", [question.pk], by=by, detail={"answers": confirmed})
    return confirmed


def _waiting_in(question: Question, variants: Collection[str], *, by: User) -> list[WaitingAnswer]:
    """The answers that wait, put in these ways; nothing when the same person has decided already."""
    found: dict[str, list[WaitingAnswer]] = {variant: [] for variant in variants}
    for each in answers_waiting(question):
        digest = variant_digest(each.version, reads_as(each.answer), each.standing)
        if digest in found:
            found[digest].append(each)
    gone = {variant for variant, answers in found.items() if not answers}
    if gone:
        _raise_if_decided_by_another(question, gone, by=by)
    return [each for answers in found.values() for each in answers]


def _raise_if_decided_by_another(question: Question, gone: Collection[str], *, by: User) -> None:
    decision = next((each for each in _decisions(question) if each.digest in gone), None)
    if decision is not None and decision.actor != by:
        raise GradedMeanwhile(decision.in_words)


@dataclass(frozen=True, slots=True)
class _Decision:
    """What a person decided about an answer: a grade, or that an automatic one stands."""

    actor: User | None
    fraction: Decimal
    digest: str

    @property
    def in_words(self) -> str:
        """What is told to somebody who decided about the same answer later."""
        return (
            f"{self.actor or 'Somebody'} was first and gave this answer {percent(self.fraction)}. "
            "Nothing of yours was saved; grade it again only if you disagree."
        )


def _decisions(question: Question) -> list[_Decision]:
    """The newest decisions of people about the question's answers, the newest first. Two queries."""
    before = GradingEvent.objects.filter(response=OuterRef("response"), number__lt=OuterRef("number"))
    events: QuerySet[Any] = (
        decisions_of_people(question)
        .annotate(standing=Subquery(before.order_by("-number").values("fraction")[:1]))
        .select_related("actor", "response")
        .order_by("-at", "-pk")
    )
    audits = Audit.objects.filter(response__version__question=question.pk, state=AuditState.CONFIRMED)
    confirmed = audits.select_related("decided_by", "response").order_by("-decided_at")
    return [
        *(_decision(event.response, event.actor, event.fraction, event.standing) for event in events[:LOOKED_AT]),
        *(
            _decision(audit.response, audit.decided_by, fraction, fraction)
            for audit in confirmed[:LOOKED_AT]
            if (fraction := audit.response.fraction) is not None
        ),
    ]


def _decision(response: Response, actor: User | None, fraction: Decimal, standing: Decimal | None) -> _Decision:
    return _Decision(actor, fraction, variant_digest(response.version_id, reads_as(response.answer), standing))


@dataclass(frozen=True, slots=True)
class LastAct:
    """What somebody did last to a question's answers and can take back: its grading events, or the audits confirmed.

    All by key; `responses` are those it was about.
    """

    responses: tuple[int, ...]
    events: tuple[int, ...]
    audits: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many answers it was about."""
        return len(self.responses)


def last_act(question: Question, *, by: User) -> LastAct | None:
    """The newest grade or confirmation by this person that nothing came after; None without one. Three queries."""
    newer = GradingEvent.objects.filter(response=OuterRef("response"), number__gt=OuterRef("number"))
    standing = decisions_of_people(question).filter(~Exists(newer), actor=by)
    audits = Audit.objects.filter(response__version__question=question.pk, decided_by=by)
    newest = standing.order_by("-at", "-pk").first()
    confirmed = audits.filter(state=AuditState.CONFIRMED).order_by("-decided_at").first()
    if confirmed and confirmed.decided_at and (newest is None or confirmed.decided_at > newest.at):
        return _act((), audits.filter(state=AuditState.CONFIRMED, decided_at=confirmed.decided_at))
    if newest is None:
        return None
    return _act(standing.filter(cause=newest.cause), audits.filter(decided_at=newest.at))


def _act(events: Iterable[GradingEvent], audits: Iterable[Audit]) -> LastAct:
    given, audited = list(events), list(audits)
    responses = dict.fromkeys([*(each.response_id for each in given), *(each.response_id for each in audited)])
    return LastAct(tuple(responses), tuple(each.pk for each in given), tuple(each.pk for each in audited))


@transaction.atomic
def undo_last(question: Question, *, by: User, at: datetime | None = None) -> tuple[int, ...]:
    """What this person did last waits again, by new events; returns the responses (by key), none without such an act.

    An audited answer has its automatic grade back and its audit is open again.
    """
    act = last_act(lock_question(question), by=by)
    if act is None:
        return ()
    _take_back(act, by=by, at=at or database_now())
    Audit.objects.filter(pk__in=act.audits).update(state=AuditState.OPEN, decided_by=None, decided_at=None)
    record_questions("took a grading back", [question.pk], by=by, detail={"answers": len(act.responses)})
    return act.responses


def _take_back(act: LastAct, *, by: User, at: datetime) -> None:
    earlier = GradingEvent.objects.filter(response=OuterRef("response"), number__lt=OuterRef("number"))
    previous = Subquery(earlier.order_by("-number").values("pk")[:1])
    keys = GradingEvent.objects.filter(pk__in=act.events).annotate(previous=previous).values("previous")
    before = {event.response_id: event for event in GradingEvent.objects.filter(pk__in=keys)}
    if not before:
        return
    record_person_grades(
        list(Response.objects.filter(pk__in=before).select_related("attempt__quiz", "version__question")),
        fraction_by_response={key: event.fraction for key, event in before.items()},
        feedback={key: event.feedback for key, event in before.items()},
        detail={key: {**event.detail, TAKEN_BACK: True} for key, event in before.items()},
        actor=by,
        cause_kind=CauseKind.MANUAL,
        at=at,
    )
    RubricMark.objects.filter(response__in=list(before)).delete()
