"""A published question is edited by a new version: who is answering keeps the wording they began with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from course.domain.anchors import anchors_of_every_text
from course.models import Anchor
from jobs.domain.clock import database_now
from quizzes.domain.questions import NoLongerADraft, accept, edit_draft
from quizzes.domain.search_texts import store_search_texts
from quizzes.models import Origin, Question, QuestionVersion, VersionState

DRAFTS = (VersionState.DRAFT, VersionState.IN_REVIEW)


@transaction.atomic
def new_version(version: QuestionVersion, *, content: Mapping[str, Any], at: datetime | None = None) -> QuestionVersion:
    """A draft of the question reads as `content`, which has passed its kind's check; what is published stays so.

    The question's draft if it has one, else the next number, with the evidence of `version`. The question is locked.
    """
    Question.objects.select_for_update().only("pk").get(pk=version.question_id)
    draft = QuestionVersion.objects.filter(question=version.question_id, state__in=DRAFTS).first()
    if draft is not None:
        edit_draft(draft, content=content)
        return draft
    last = QuestionVersion.objects.filter(question=version.question_id).aggregate(number=Max("number"))["number"]
    draft = QuestionVersion.objects.create(
        question_id=version.question_id,
        number=last + 1,
        kind=version.kind,
        content=dict(content),
        origin=Origin.HUMAN,
        drafter=version.drafter,
        created_at=at or database_now(),
    )
    store_search_texts([draft])
    _prove_by_the_same(version, draft)
    return draft


def _prove_by_the_same(version: QuestionVersion, draft: QuestionVersion) -> None:
    anchors = list(anchors_of_every_text().filter(question=version.uuid))
    for anchor in anchors:
        anchor.pk, anchor.question = None, draft.uuid
        anchor._state.adding = True  # noqa: SLF001 -- Django documents copying a row this way
    Anchor.objects.bulk_create(anchors)


@transaction.atomic
def publish_version(draft: QuestionVersion, *, by: User | None, at: datetime | None = None) -> QuestionVersion:
    """The draft is accepted by this person and published in place of the version before it, with no other question.

    Attempts that start from now on ask it; running ones keep theirs. Raises NoLongerADraft.
    """
    now = at or database_now()
    Question.objects.select_for_update().only("pk").get(pk=draft.question_id)
    accept(draft, by=by, at=now)
    QuestionVersion.objects.filter(question=draft.question_id, state=VersionState.PUBLISHED).update(
        state=VersionState.RETIRED
    )
    published = QuestionVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT)
    if not published.update(state=VersionState.PUBLISHED, published_at=now):
        raise NoLongerADraft
    draft.state, draft.published_at = VersionState.PUBLISHED, now
    return draft
