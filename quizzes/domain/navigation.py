"""One question after the other: going on settles what was asked so far, and there is no way back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from jobs.domain.clock import DatabaseClock
from quizzes.domain.attempts import require_open, require_reached
from quizzes.errors import AnyOrder
from quizzes.models import Attempt, Response
from quizzes.penalties import rules_of


@transaction.atomic
def go_on(attempt: Attempt, *, position: int, at: datetime | None = None) -> int | None:
    """The question at `position` and those before it are settled; returns the position asked now, None after the last.

    Going on twice from the same question changes nothing. Raises AnyOrder where the attempt is not sequential,
    NotYetAsked for a question further on than the one that is asked, AttemptClosed, Response.DoesNotExist. The
    responses are locked in their order.
    """
    if not rules_of(attempt.policy).is_sequential:
        raise AnyOrder
    responses: list[Any] = list(
        Response.objects.filter(attempt=attempt)
        .select_related("attempt")
        .select_for_update(of=("self",))
        .annotate(now=DatabaseClock())
        .order_by("position")
    )
    here = next((response for response in responses if response.position == position), None)
    if here is None:
        raise Response.DoesNotExist(f"There is no question {position} in this attempt.")
    require_open(responses, at or here.now)
    require_reached([here])
    passed = [response for response in responses if response.position <= position and not response.is_settled]
    Response.objects.filter(pk__in=[response.pk for response in passed]).update(is_settled=True)
    return next((r.position for r in responses if r.position > position and not r.is_settled), None)
