"""What may be shown, while an attempt runs, of answers that were checked or no longer change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.domain.anchors import places_of_evidence
from quizzes.domain.review import ReviewedItem, reviewed_item
from quizzes.models import Attempt, CauseKind, Grading, GradingEvent, Response
from quizzes.policy import Shown, shown_while_answering

NOTHING: frozenset[Shown] = frozenset()


def shown_answers(attempt: Attempt, responses: Sequence[Response]) -> Mapping[int, ReviewedItem]:
    """By position, each answer that stands as it was checked, or is settled, as far as the policy shows it now.

    An answer changed since its last try shows nothing. Two queries, three with evidence; none where there is no such
    answer.
    """
    wanted = [response.pk for response in responses if response.is_settled or _stands_as_tried(response)]
    if not wanted:
        return {}
    rows = list(Response.objects.filter(pk__in=wanted).select_related("version__question__concept"))
    tries = GradingEvent.objects.filter(response__in=wanted, cause_kind=CauseKind.TRY).order_by("number")
    events = {event.response_id: event for event in tries}
    shown = {row.pk: _shown(attempt, row) for row in rows}
    proven = [row.version.uuid for row in rows if Shown.EVIDENCE in shown[row.pk]]
    places = places_of_evidence(proven, revision=attempt.revision_id)
    for row in rows:
        # Not saved: as if it were graded by its last try.
        row.grading, row.fraction = Grading.GRADED, events[row.pk].fraction if row.pk in events else None
    return {
        row.position: reviewed_item(
            row, events.get(row.pk), shown[row.pk], places.get(row.version.uuid, ()), attempt.seed
        )
        for row in rows
    }


def _stands_as_tried(response: Response) -> bool:
    return bool(response.tries) and response.answer == response.tried


def _shown(attempt: Attempt, response: Response) -> frozenset[Shown]:
    if not _stands_as_tried(response):
        return NOTHING
    return shown_while_answering(attempt.policy, settled=response.is_settled)
