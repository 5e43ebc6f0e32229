"""Trust in graders of free text, question by question: earned by agreeing with people, lost by being overridden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import UUID

from quizzes.domain.manual_queue import BY_PEOPLE, IMPORTED, stands_by_person
from quizzes.domain.row_updates import update_each
from quizzes.grading import graders
from quizzes.models import Audit, AutomaticAccept, GradingEvent, Response
from quizzes.penalties import raw_fraction

ENOUGH_COMPARED = 20
ENOUGH_AGREED = Decimal("0.90")
"""Answers that a person graded beside the grader's suggestion, and the share of them on which both agree."""
TOO_MANY_OVERRIDES = 2
ONE_IN = 20
"""So many automatic grades share one that a person looks at: 5 %."""
FULL = Decimal(1)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the gradings of one response or of several say of the grader; counts, as AutomaticAccept keeps them."""

    compared: int = 0
    agreed: int = 0
    overrides: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.compared + other.compared, self.agreed + other.agreed, self.overrides + other.overrides)

    def __sub__(self, other: Agreement) -> Agreement:
        return Agreement(self.compared - other.compared, self.agreed - other.agreed, self.overrides - other.overrides)


NONE = Agreement()


def agreement_of(events: Sequence[GradingEvent]) -> Agreement:
    """What one response's gradings, in order, say of its grader: a suggestion was met or not, a grade was changed.

    Only the decision that stands counts: one that was taken back, or made anew, does not count twice. Accepting is
    giving the full fraction; whoever says less does not accept. What a list of grades gave says nothing of an answer.
    """
    events = [each for each in events if not each.detail.get(IMPORTED)]
    automatic = next((each for each in reversed(events) if each.cause_kind not in BY_PEOPLE), None)
    decision = events[-1] if events else None
    if automatic is None or decision is None or not stands_by_person(decision):
        return NONE
    given = raw_fraction(decision.fraction, decision.detail)
    suggested = suggested_fraction(automatic)
    if suggested is not None:
        return Agreement(compared=1, agreed=int((suggested == FULL) == (given == FULL)))
    changed = is_by_trust(automatic) and raw_fraction(automatic.fraction, automatic.detail) != given
    return Agreement(overrides=int(changed))


def suggested_fraction(event: GradingEvent) -> Decimal | None:
    """What the grader would have given where it left the answer to a person; None where it suggested nothing."""
    suggested = event.detail.get("suggestion")
    if isinstance(suggested, Mapping):
        suggested = suggested.get("fraction")
    is_number = isinstance(suggested, int | float | str) and not isinstance(suggested, bool)
    return Decimal(str(suggested)) if event.fraction is None and is_number else None


def is_by_trust(event: GradingEvent) -> bool:
    """Whether a grader that may leave answers to a person gave this grade by itself."""
    return event.fraction is not None and event.cause_kind not in BY_PEOPLE and may_defer(event.grader)


def may_defer(grader: str) -> bool:
    """Whether the grader of that label, such as "similarity@3", may leave answers to a person."""
    found = graders().get(grader.partition("@")[0])
    return found is not None and found.may_defer


def learn(responses: Iterable[Response], *, cause: UUID, at: datetime) -> None:
    """The questions' trust in their grader follows what people have just decided under this cause.

    Runs inside the transaction that appended the events; the rows of trust are locked. Four statements at most,
    one where no grader had anything to say. The responses come with their version.
    """
    questions = {response.pk: response.version.question_id for response in responses}
    changes = _changes(questions, cause)
    if not changes:
        return
    AutomaticAccept.objects.bulk_create(
        [AutomaticAccept(question_id=question, changed_at=at) for question in sorted(changes)], ignore_conflicts=True
    )
    rows = AutomaticAccept.objects.select_for_update().filter(question__in=changes).order_by("question")
    trusts = [trusted_after(row, changes[row.question_id], at=at) for row in rows]
    values = [(each.pk, each.is_on, each.compared, each.agreed, each.overrides, each.changed_at) for each in trusts]
    update_each(AutomaticAccept, ("is_on", "compared", "agreed", "overrides", "changed_at"), values)


def _changes(questions: Mapping[int, int], cause: UUID) -> dict[int, Agreement]:
    """By question, what the events of this cause changed in how far its grader and people agree; one query."""
    events = GradingEvent.objects.filter(response__in=questions).order_by("response_id", "number")
    changes: dict[int, Agreement] = {}
    for response, group in groupby(events, key=lambda event: event.response_id):
        every = list(group)
        change = agreement_of(every) - agreement_of([each for each in every if each.cause != cause])
        question = questions[response]
        changes[question] = changes.get(question, NONE) + change
    return {question: change for question, change in changes.items() if change != NONE}


def trusted_after(trust: AutomaticAccept, change: Agreement, *, at: datetime) -> AutomaticAccept:
    """The row after this change, unsaved: switched on by agreement, off by overrides, which end what was earned."""
    trust.compared = max(0, trust.compared + change.compared)
    trust.agreed = min(trust.compared, max(0, trust.agreed + change.agreed))
    if not trust.is_on:
        is_earned = trust.compared >= ENOUGH_COMPARED and trust.agreed >= ENOUGH_AGREED * trust.compared
        if is_earned:
            trust.is_on, trust.overrides, trust.changed_at = True, 0, at
        return trust
    trust.overrides = max(0, trust.overrides + change.overrides)
    if trust.overrides >= TOO_MANY_OVERRIDES:
        trust.is_on, trust.changed_at = False, at
        trust.compared = trust.agreed = trust.overrides = 0
    return trust


def is_drawn(attempt: UUID, position: int) -> bool:
    """Whether an automatic grade of this answer is looked at: one in ONE_IN, by chance, and always the same ones."""
    digest = sha256(f"{attempt}:{position}".encode()).digest()
    return int.from_bytes(digest[:8]) % ONE_IN == 0


def draw_audits(responses: Iterable[Response], *, at: datetime) -> None:
    """Of these automatic grades those that are drawn wait to be looked at, once; no statement where none is.

    The responses come with their attempt.
    """
    drawn: list[Any] = [each for each in responses if is_drawn(each.attempt.uuid, each.position)]
    if drawn:
        Audit.objects.bulk_create([Audit(response=each, created_at=at) for each in drawn], ignore_conflicts=True)
