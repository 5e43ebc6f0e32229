"""A response's ledger: every grading there ever was, in order, with who, when, by what and why; and doing it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from quizzes.domain.grading import Graded, grade_response, inputs_hash
from quizzes.domain.manual_queue import stands_by_person
from quizzes.domain.precedents import NONE, Precedents, precedents_for
from quizzes.models import CauseKind, GradingEvent, QuestionVersion, RegradeRun, Response

CAUSES = {
    CauseKind.TRY: "checked while answering",
    CauseKind.SUBMIT: "graded after submitting",
    CauseKind.MANUAL: "graded by a person",
    CauseKind.REGRADE: "graded again",
    CauseKind.OVERRIDE: "set by a person",
    CauseKind.APPEAL: "accepted after an appeal",
}

AUTOMATIC = (CauseKind.SUBMIT, CauseKind.REGRADE)
KEPT_BESIDE = frozenset(("told", "reason", "undoes"))
"""What the detail of an event has beside what its grader said."""
SAME = "Graded once more, it is the same."
OTHER_REASONS = "Graded once more, the fraction is the same, and its reasons are others: its grader has been told more."
LEARNED = "Graded once more, it is not the same, because its grader has been told something else since."


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One grading of the response. `fraction` None: a person had to look, or nothing could be graded.

    `by_person` says that a person decided and it stands against every regrade; `same_inputs` whether version, answer
    and what the grader was told, hashed again, give the hash that was kept; `has_learned` whether it would be told
    something else today: people graded more answers, it is trusted or no longer, or the passage is another.
    """

    number: int
    at: datetime
    cause: str
    cause_kind: str
    grader: str
    version: QuestionVersion
    fraction: Decimal | None
    feedback: str
    path: tuple[str, ...]
    detail: Mapping[str, Any]
    reason: str
    who: str
    by_person: bool
    same_inputs: bool
    has_learned: bool


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What grading the response once more gives, and whether it is what stands; `said` tells it in a sentence."""

    fraction: Decimal | None
    is_same: bool
    said: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The grading that stands, and what doing it once more gives; `again` is None where a person decided."""

    entry: LedgerEntry
    again: Reproduced | None


def trace_of(response: Response, *, at: datetime) -> Trace | None:
    """How the response came to the grade that stands, done once more at `at`; None before it was graded.

    What was checked while answering is no grade. Writes nothing. `response` comes with its attempt, quiz, version and
    question.
    """
    entries = [entry for entry in ledger_of(response) if entry.cause_kind != CauseKind.TRY]
    if not entries:
        return None
    entry = entries[-1]
    is_automatic = entry.cause_kind in AUTOMATIC and not entry.by_person
    return Trace(entry, reproduced(response, entry, at=at) if is_automatic else None)


def ledger_of(response: Response) -> list[LedgerEntry]:
    """Every grading of the response, the oldest first. It comes with its version.

    One query, three more where a grader heeded what people gave before, and one more where it was graded again.
    """
    events = list(GradingEvent.objects.filter(response=response).select_related("version", "actor").order_by("number"))
    reasons = reasons_of(events)
    known = precedents_for([response]) if any(map(told_to, events)) else {}
    precedents = known.get(response.version.question_id, NONE)
    return [_entry(event, response, precedents, reasons.get(event.pk, "")) for event in events]


def reasons_of(events: Iterable[GradingEvent]) -> dict[int, str]:
    """By event (key), why a person had it graded so; events without such a reason are left out.

    The reason of a regrade stands with its run alone, where it can be erased; one query where there is a regrade.
    """
    own = {event.pk: str(event.detail["reason"]) for event in events if "reason" in event.detail}
    again = {event.pk: event.cause for event in events if event.cause_kind == CauseKind.REGRADE}
    runs = RegradeRun.objects.filter(uuid__in=set(again.values())) if again else ()
    said = {run.uuid: run.reason for run in runs}
    return {**own, **{key: said[cause] for key, cause in again.items() if cause in said}}


def told_to(event: GradingEvent) -> str:
    """The digest of the precedents that the grader of this event was told, "" where it heeds none."""
    return str(event.detail.get("told", ""))


def _entry(event: GradingEvent, response: Response, precedents: Precedents, reason: str) -> LedgerEntry:
    told = told_to(event)
    return LedgerEntry(
        number=event.number,
        at=event.at,
        cause=cause_in_words(event),
        cause_kind=event.cause_kind,
        grader=event.grader,
        version=event.version,
        fraction=event.fraction,
        feedback=event.feedback,
        path=path_of(event),
        detail=event.detail,
        reason=reason,
        who=str(event.actor) if event.actor else "",
        by_person=stands_by_person(event),
        same_inputs=event.inputs_hash == _hash_again(response, event.version, told),
        has_learned=bool(told) and told != precedents.for_version(event.version.uuid).digest,
    )


def _hash_again(response: Response, version: QuestionVersion, told: str) -> str:
    pinned, response.version = response.version, version
    try:
        return inputs_hash(response, told=told)
    finally:
        response.version = pinned


def cause_in_words(event: GradingEvent) -> str:
    """What the grading came from, in words: "graded again", "set by a person", "a regrade was undone"."""
    if event.detail.get("undoes"):
        return "a regrade was undone"
    if event.detail.get("taken_back"):
        return "a person took their grade back"
    return CAUSES[CauseKind(event.cause_kind)]


def path_of(event: GradingEvent) -> tuple[str, ...]:
    """How the grader came to the fraction, in sentences."""
    steps = event.detail.get("path", ())
    return (steps,) if isinstance(steps, str) else tuple(steps)


def newest_automatic(entries: Iterable[LedgerEntry]) -> LedgerEntry | None:
    """The last entry that a grader made and no person."""
    automatic = [entry for entry in entries if entry.cause_kind in AUTOMATIC]
    return automatic[-1] if automatic else None


def reproduced(response: Response, entry: LedgerEntry, *, at: datetime) -> Reproduced:
    """The grading of this entry done once more, by today's grader, on the same version and answer. Writes nothing.

    A grader that heeds what people gave is told what they gave until now, so its word may be another for that.

    `response` comes with its attempt and version.
    """
    pinned, response.version = response.version, entry.version
    try:
        graded = grade_response(response, number=entry.number, at=at, known=precedents_for([response]))
    finally:
        response.version = pinned
    is_same = graded.outcome is not None and graded.fraction == entry.fraction
    return Reproduced(graded.fraction, is_same and entry.same_inputs, _compared(graded, entry, is_same=is_same))


def _compared(graded: Graded, entry: LedgerEntry, *, is_same: bool) -> str:
    """What has to be said of the grading beside the one that was kept, the cause that explains most first."""
    if not entry.same_inputs:
        return "The answer or the wording is another than it was graded by."
    if graded.outcome is None:
        return f"Today it cannot be graded: {graded.problem}"
    if graded.grader != entry.grader:
        return f"It was graded by {entry.grader}; today that is {graded.grader}."
    if is_same:
        return SAME if _said(graded.detail) == _said(entry.detail) or not entry.has_learned else OTHER_REASONS
    if entry.has_learned:
        return LEARNED
    return "Graded once more, it is not the same: report this to your administrators."


def _said(detail: Mapping[str, Any]) -> Any:
    """What the grader itself said, as JSON keeps it."""
    return json.loads(json.dumps({name: value for name, value in detail.items() if name not in KEPT_BESIDE}))
