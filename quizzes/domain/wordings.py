"""The wording of a question as it is edited: whoever saves names the wording they began with, so none is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from course.domain.anchors import anchors_of_every_text
from quizzes.domain.questions import NoLongerADraft, edit_draft, record_deed
from quizzes.domain.versions import new_version
from quizzes.errors import QuizError
from quizzes.models import Question, QuestionVersion, VersionState
from quizzes.models.questions import LIVE_STATES

EDITABLE = Q(state__in=LIVE_STATES) | Q(published_at__isnull=True, archived_from="")


class WordingChanged(QuizError):
    """Somebody else saved meanwhile; `newest` is how the question reads now."""

    code = "wording_changed"
    message = "Somebody changed this question while you were editing it. Compare both wordings, then save one of them."

    def __init__(self, newest: QuestionVersion) -> None:
        super().__init__()
        self.newest = newest


def newest_wording(question: Question) -> QuestionVersion | None:
    """The draft of the question, rejected or not, else what is published; None once it is withdrawn or archived."""
    live = QuestionVersion.objects.filter(EDITABLE, question=question)
    return live.select_related("question__concept").order_by("-number").first()


def print_of(version: QuestionVersion) -> str:
    """A short print of this wording and what proves it: another wording, proof or version has another. One query."""
    proof = anchors_of_every_text().filter(question=version.uuid).order_by("revision", "start", "ordinal")
    places = list(proof.values_list("revision", "start", "end"))
    written = json.dumps([str(version.uuid), version.content, places], sort_keys=True)
    return sha256(written.encode()).hexdigest()[:20]


@transaction.atomic
def save_wording(
    question: Question, *, content: Mapping[str, Any], seen: str, by: User | None = None, at: datetime | None = None
) -> QuestionVersion:
    """The question's draft reads as `content`, which has passed its kind's check; a published one gets a new version.

    `seen` is the print of the wording that the editor began with; `by` is who wrote the new one, if it is another.
    Raises WordingChanged if the question reads otherwise or has another proof by now, and NoLongerADraft if it is not
    asked any more. The question is locked.
    """
    Question.objects.select_for_update().only("pk").get(pk=question.pk)
    newest = newest_wording(question)
    if newest is None:
        raise NoLongerADraft
    if print_of(newest) != seen:
        raise WordingChanged(newest)
    is_changed = content != newest.content
    if newest.state == VersionState.PUBLISHED:
        newest = new_version(newest, content=content, at=at)
    else:
        edit_draft(newest, content=content)
    if is_changed:
        newest.written_by = by
        newest.save(update_fields=["written_by"])
        record_deed("edited a question", newest, by=by)
    return newest
