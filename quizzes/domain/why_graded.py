"""Why a learner's answer has its grade, as far as its policy tells them now; and their word against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quizzes.domain.appeals import appeals_of, raise_appeal
from quizzes.domain.ledger import LedgerEntry, ledger_of
from quizzes.domain.review import Review, ReviewedItem, review_of
from quizzes.errors import AttemptClosed, NothingToAppeal
from quizzes.models import Appeal, Attempt, AttemptState, CauseKind, Response
from quizzes.policy import Shown

HIGHEST = 100_000
"""No attempt asks more; a larger number would not fit the column."""
NOT_YET = "This answer is explained once the attempt is submitted and graded."


@dataclass(frozen=True, slots=True)
class Explained:
    """One answer as reviewed, every grading of it that its learner may know of, and the newest appeal about it."""

    item: ReviewedItem
    review: Review
    entries: tuple[LedgerEntry, ...]
    appeal: Appeal | None


def why_graded(attempt: Attempt, *, position: int, at: datetime) -> Explained:
    """How the answer at this position came to its grade. `attempt` is the learner's own, with quiz and enrolment.

    Checks while they worked are left out: they are no grades. Raises AttemptClosed before it is submitted,
    Response.DoesNotExist.
    """
    if attempt.state != AttemptState.SUBMITTED:
        raise AttemptClosed(NOT_YET)
    response, review = _response(attempt, position), review_of(attempt, at=at)
    item = next(each for each in review.items if each.position == response.position)
    entries = tuple(each for each in ledger_of(response) if each.cause_kind != CauseKind.TRY)
    shown = entries if Shown.VERDICT in review.shown else ()
    return Explained(item, review, shown, appeals_of([response.pk]).get(response.pk))


def appeal_own(attempt: Attempt, *, position: int, text: str, at: datetime) -> Appeal:
    """The learner's appeal about this answer is open; sent twice, it is one. `attempt` as for why_graded.

    Raises NothingToAppeal while they may not know the verdict, or there is none; Response.DoesNotExist.
    """
    response = _response(attempt, position)
    if Shown.VERDICT not in review_of(attempt, at=at).shown:
        raise NothingToAppeal
    return raise_appeal(response, text=text, at=at)


def _response(attempt: Attempt, position: int) -> Response:
    together = Response.objects.select_related("version__question")
    return together.get(attempt=attempt.pk, position=min(position, HIGHEST))
