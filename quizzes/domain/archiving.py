"""Questions that are put away and fetched again, with everything they were."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from accounts.models import User
from quizzes.domain.question_deeds import record_questions
from quizzes.models import LIVE_STATES, Question, QuestionVersion, VersionState


@transaction.atomic
def archive_questions(questions: Collection[int], *, by: User | None = None) -> frozenset[int]:
    """No quiz asks these questions (keys) from now on; returns those that were not archived yet. One write.

    Attempts that run keep them, answers and grades stay, and restore_questions makes each what it was. Locks them.
    """
    _lock(questions)
    live = QuestionVersion.objects.filter(question__in=questions, state__in=LIVE_STATES)
    archived = frozenset(live.values_list("question", flat=True))
    live.update(archived_from=F("state"), state=VersionState.RETIRED)
    record_questions("archived", archived, by=by)
    return archived


@transaction.atomic
def restore_questions(questions: Collection[int], *, by: User | None = None) -> frozenset[int]:
    """Each of these questions (keys) is what it was before it was archived; returns those that were archived.

    What has a newer wording that is asked or drafted meanwhile keeps that one. Locks them.
    """
    _lock(questions)
    put_away = QuestionVersion.objects.filter(question__in=questions).exclude(archived_from="")
    restored = frozenset(put_away.values_list("question", flat=True))
    live = QuestionVersion.objects.filter(question__in=restored, state__in=LIVE_STATES)
    replaced = set(live.values_list("question", flat=True))
    put_away.filter(question__in=replaced).update(archived_from="")
    put_away.exclude(question__in=replaced).update(state=F("archived_from"), archived_from="")
    record_questions("restored", restored, by=by)
    return restored


def _lock(questions: Collection[int]) -> None:
    list(Question.objects.select_for_update().filter(pk__in=questions).order_by("pk").values_list("pk"))
