"""Taking back what was done to concepts: whole deeds, while what they left still stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from course.domain.concept_changes import locked_concepts, put_definition, record_deeds, stored_proof
from course.errors import ChangedSince
from course.models import Concept, ConceptChange, ConceptChangeKind, ConceptState, Course, Mention
from jobs.domain.clock import database_now
from quizzes.domain.concept_merging import take_apart
from quizzes.domain.masteries import hold_gradings
from quizzes.models import Question


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did in one go: its changes in order, each with its concept."""

    uuid: UUID
    changes: tuple[ConceptChange, ...]

    @property
    def first(self) -> ConceptChange:
        """The change that names the deed."""
        return self.changes[-1]


def last_deed(course: Course, *, by: User) -> Deed | None:
    """What this person did last to the course's concepts and has not taken back; two queries."""
    mine = ConceptChange.objects.filter(concept__course=course.pk, made_by=by, undone_at__isnull=True)
    last = mine.order_by("-pk").values_list("deed", flat=True).first()
    if last is None:
        return None
    return Deed(last, tuple(mine.filter(deed=last).select_related("concept__merged_into").order_by("pk")))


@transaction.atomic
def take_back(
    course: Course, *, deed: UUID, by: User | None = None, at: datetime | None = None
) -> tuple[ConceptChange, ...]:
    """Everything the deed changed is as it was before; returns its changes, none for a deed that is not there any more.

    Raises ChangedSince, and changes nothing, when something that the deed left has been changed again. Merges come
    apart in any order. Again is harmless. Locks the concepts of the course.
    """
    now = at or database_now()
    undone = ConceptChange.objects.filter(deed=deed, concept__course=course.pk, undone_at__isnull=True)
    if undone.filter(kind=ConceptChangeKind.MERGED).exists():
        hold_gradings(course)
    locked_concepts(course)
    changes = tuple(undone.select_related("concept__course").order_by("-pk"))
    for change in changes:
        UNDOING[ConceptChangeKind(change.kind)](change, now)
    ConceptChange.objects.filter(pk__in=[change.pk for change in changes]).update(undone_at=now)
    record_deeds("took back what was done to a concept", [change.concept for change in changes], by=by)
    return changes


def _put_back_fields(change: ConceptChange, _now: datetime) -> None:
    standing = Concept.objects.filter(pk=change.concept_id, **change.after)
    if not standing.update(**change.before):
        raise ChangedSince


def _put_back_definition(change: ConceptChange, _now: datetime) -> None:
    concept = Concept.objects.get(pk=change.concept_id)
    if change.after != {"definition": concept.definition, "proof": stored_proof(concept)}:
        raise ChangedSince
    put_definition(concept, change.before)


def _unpick(change: ConceptChange, _now: datetime) -> None:
    """The concept is gone, unless somebody has built on it."""
    later = ConceptChange.objects.filter(concept=change.concept_id, pk__gt=change.pk, undone_at__isnull=True)
    is_used = Question.objects.filter(concept=change.concept_id).exists()
    if is_used or later.exists() or Concept.objects.filter(merged_into=change.concept_id).exists():
        raise ChangedSince("Something rests on this concept meanwhile. Reject it instead.")
    Concept.objects.filter(pk=change.concept_id).delete()


def _unmention(change: ConceptChange, _now: datetime) -> None:
    Mention.objects.filter(uuid__in=change.after["mentions"]).delete()


def _unmerge(change: ConceptChange, now: datetime) -> None:
    if change.concept.state != ConceptState.MERGED:
        raise ChangedSince
    take_apart(change, at=now)


UNDOING: dict[ConceptChangeKind, Callable[[ConceptChange, datetime], None]] = {
    ConceptChangeKind.DECIDED: _put_back_fields,
    ConceptChangeKind.RENAMED: _put_back_fields,
    ConceptChangeKind.DEFINED: _put_back_definition,
    ConceptChangeKind.PICKED: _unpick,
    ConceptChangeKind.MENTIONED: _unmention,
    ConceptChangeKind.MERGED: _unmerge,
}


def standing_merges(course: Course) -> Sequence[ConceptChange]:
    """The merges of the course's concepts that have not been taken apart, oldest first; one query."""
    merges = ConceptChange.objects.filter(
        concept__course=course.pk, kind=ConceptChangeKind.MERGED, undone_at__isnull=True
    )
    return list(merges.select_related("concept").order_by("pk"))
