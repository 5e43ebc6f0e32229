"""Two concepts become one, with everything that hangs on them, and come apart again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from course.domain.concept_changes import DEEDS, locked_concepts, record_deeds
from course.domain.concepts import holder_of
from course.errors import CannotMerge
from course.models import Concept, ConceptChange, ConceptChangeKind, ConceptState, Mention
from jobs.domain.clock import database_now
from quizzes.domain.masteries import hold_gradings, refresh_masteries_of
from quizzes.models import Question, QuizItem


@transaction.atomic
def merge_concepts(concept: Concept, *, into: Concept, by: User | None, at: datetime | None = None) -> UUID:
    """The concept is another term of `into`, which has its mentions, questions, pools and what learners know of it.

    Returns the deed that take_back takes back. Raises CannotMerge for a concept of another course, for one that is
    merged already, for itself, and where learners would lose an accepted concept to one that is not. Locks the
    concepts of the course, and waits for gradings under way, so that whichever comes first, the same is known.
    """
    now = at or database_now()
    hold_gradings(concept.course)
    among = locked_concepts(concept.course)
    own, target = among.get(concept.pk), among.get(into.pk)
    if own is None or target is None or own == target or ConceptState.MERGED in (own.state, target.state):
        raise CannotMerge
    if own.state == ConceptState.ACCEPTED != target.state:
        raise CannotMerge(f"Accept “{target.term}” first: learners are shown “{own.term}” already.")
    change = ConceptChange.objects.create(
        concept=own,
        kind=ConceptChangeKind.MERGED,
        before={"state": own.state},
        after=_hand_over(own, target),
        made_by=by,
        made_at=now,
    )
    Concept.objects.filter(pk=own.pk).update(state=ConceptState.MERGED, merged_into=target)
    refresh_masteries_of([own.pk, target.pk], at=now)
    record_deeds(DEEDS[ConceptChangeKind.MERGED], [own], by=by)
    return change.deed


def take_apart(merge: ConceptChange, *, at: datetime) -> None:
    """What the merge took over is back with its concept, wherever that has gone since; the other one keeps the rest.

    Gradings are held and the concepts of the course locked already. Merges may be taken apart in any order.
    """
    among = locked_concepts(merge.concept.course)
    own = among[merge.concept_id]
    holder = holder_of(own, among=among)
    _give_back(merge.after, own, holder)
    Concept.objects.filter(pk=own.pk).update(state=merge.before["state"], merged_into=None)
    refresh_masteries_of([own.pk, holder.pk], at=at)


def _hand_over(own: Concept, target: Concept) -> dict[str, list[str]]:
    """Everything of `own` is the target's; returns what that was, by uuid."""
    mentions, questions = Mention.objects.filter(concept=own), Question.objects.filter(concept=own)
    pools = QuizItem.objects.filter(quiz__course=own.course_id, pool__concept=own.slug)
    moved = {
        name: [str(uuid) for uuid in rows.order_by("pk").values_list("uuid", flat=True)]
        for name, rows in (("mentions", mentions), ("questions", questions), ("pools", pools))
    }
    _draw_on(pools, target)
    mentions.update(concept=target)
    questions.update(concept=target)
    return moved


def _give_back(moved: dict[str, list[str]], own: Concept, holder: Concept) -> None:
    _draw_on(QuizItem.objects.filter(uuid__in=moved["pools"], pool__concept=holder.slug), own)
    for model, name in ((Mention, "mentions"), (Question, "questions")):
        model.objects.filter(uuid__in=moved[name], concept=holder).update(concept=own)


def _draw_on(items: Any, concept: Concept) -> None:
    """The pools of these items draw the concept's questions."""
    changed = list(items)
    for item in changed:
        item.pool = {**item.pool, "concept": concept.slug}
    QuizItem.objects.bulk_update(changed, ["pool"])
