"""Which of a learner's attempts are looked at: the first, the last, the best, or all."""

from __future__ import annotations

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from quizzes.models import Attempt, AttemptState
from quizzes.statistics.quiz import Which

LEARNER_AND_QUIZ = ("quiz", "enrollment", "anonymous_key")
ORDERS = {Which.LAST: (F("number").desc(),), Which.BEST: (F("fraction").desc(nulls_last=True), F("number").asc())}


def attempts_counting() -> QuerySet[Attempt]:
    """Attempts that were handed in and count."""
    return Attempt.objects.filter(state=AttemptState.SUBMITTED, counts=True).order_by()


def chosen_attempts(attempts: QuerySet[Attempt], which: Which) -> QuerySet[Attempt]:
    """Those of the attempts that are chosen, for each learner and quiz; an ungraded one is never better than a graded.

    Of equally good ones the best is the earliest. First is attempt number one, as in all statistics.
    """
    if which == Which.ALL:
        return attempts
    if which == Which.FIRST:
        return attempts.filter(number=1)
    place = Window(RowNumber(), partition_by=LEARNER_AND_QUIZ, order_by=ORDERS[which])
    return attempts.annotate(place=place).filter(place=1)
