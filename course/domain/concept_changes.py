"""What people decide about concepts, each change kept with what it takes to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from accounts.domain.audit import record_each
from accounts.models import User
from course.domain.anchors import anchor_at, anchors_of_every_text, anchors_that_stand, newest_standing_first
from course.domain.concepts import add_mentions, holder_of
from course.errors import ConceptIsMerged
from course.models import Concept, ConceptChange, ConceptChangeKind, ConceptState, Course, Revision
from course.reading.outline import ConceptKind, Span
from jobs.domain.clock import database_now

PICKED_REASON = "You picked it in the text."


@dataclass(frozen=True, slots=True)
class Found:
    """Words of an article: `span` of the text of `revision`."""

    revision: Revision
    span: Span

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.span.quote(self.revision.text)


def locked_concepts(course: Course) -> dict[int, Concept]:
    """Every concept of the course by key, locked until the transaction ends: changes of concepts go one by one."""
    return {row.pk: row for row in Concept.objects.select_for_update().filter(course=course.pk).order_by("pk")}


@transaction.atomic
def decide_concepts(
    concepts: Sequence[Concept], *, state: ConceptState, by: User | None, at: datetime | None = None
) -> UUID | None:
    """Each concept is accepted, rejected or suggested again, and learners are shown the accepted ones at once.

    Returns the deed that take_back takes back; None when nothing changed. Merged concepts stay as they are.
    """
    rows = Concept.objects.select_for_update().filter(pk__in=[each.pk for each in concepts]).order_by("pk")
    open_rows = [row for row in rows if row.state not in (state, ConceptState.MERGED)]
    deed = _change_fields(open_rows, kind=ConceptChangeKind.DECIDED, fields={"state": state}, by=by, at=at)
    for concept in concepts:
        concept.refresh_from_db(fields=["state"])
    return deed


@transaction.atomic
def rename_concept(concept: Concept, *, term: str, by: User | None, at: datetime | None = None) -> UUID | None:
    """Learners read this term in the margin; its address stays. Returns the deed, None when the term was this already.

    Raises ConceptIsMerged.
    """
    row = _locked(concept)
    deed = _change_fields([row], kind=ConceptChangeKind.RENAMED, fields={"term": term}, by=by, at=at)
    concept.term = term
    return deed


@transaction.atomic
def define_concept(
    concept: Concept, *, definition: str, proof: Found | None = None, by: User | None = None, at: datetime | None = None
) -> UUID | None:
    """The concept is explained in these words, which rest on `proof`, or on nothing that is quoted.

    Returns the deed, None when nothing changed. Raises ConceptIsMerged.
    """
    row = _locked(concept)
    before = {"definition": row.definition, "proof": stored_proof(row)}
    after = {"definition": definition, "proof": _stored(proof)}
    concept.definition = definition
    if before == after:
        return None
    put_definition(row, after)
    return _keep(row, ConceptChangeKind.DEFINED, before, after, by=by, at=at)


def put_definition(concept: Concept, said: Mapping[str, Any]) -> None:
    """The concept has this {"definition": …, "proof": [revision, start, end] or None}, with a fresh anchor."""
    Concept.objects.filter(pk=concept.pk).update(definition=said["definition"])
    anchors_of_every_text().filter(definition=concept).delete()
    if said["proof"] is not None:
        revision, start, end = said["proof"]
        anchor = anchor_at(Revision.objects.get(pk=revision), Span(start, end))
        anchor.definition = concept
        anchor.save()


def stored_proof(concept: Concept) -> list[int] | None:
    """What the definition rests on, as [revision, start, end]; None without a quote that stands.

    That is in the text that is read, or in the newest that has the quote where that one has lost it.
    """
    anchor = newest_standing_first().filter(definition=concept).first()
    return None if anchor is None else [anchor.revision_id, anchor.start, anchor.end]


def _stored(proof: Found | None) -> list[int] | None:
    return None if proof is None else [proof.revision.pk, proof.span.start, proof.span.end]


@transaction.atomic
def pick_concept(
    course: Course, *, term: str, slug: str, places: Sequence[Found], by: User | None, at: datetime | None = None
) -> tuple[Concept, UUID | None]:
    """The term is an accepted concept, mentioned at these places; returns it and the deed, None if it all was so.

    A concept of that term, or what it was merged into, gets the places and is accepted; else a new one has `slug`.
    """
    among = locked_concepts(course)
    known = next((row for row in among.values() if row.term.casefold() == term.casefold()), None)
    if known is not None:
        return _named_also(holder_of(known, among=among), places, by=by, at=at or database_now())
    rank = (Concept.objects.filter(course=course.pk).aggregate(last=Max("rank"))["last"] or 0) + 1
    concept = Concept.objects.create(
        course_id=course.pk,
        slug=slug,
        term=term,
        kind=ConceptKind.EXPRESSION,
        state=ConceptState.ACCEPTED,
        rank=rank,
        reasons=[PICKED_REASON],
    )
    _mention(concept, places)
    after = {"term": term, "state": ConceptState.ACCEPTED}
    return concept, _keep(concept, ConceptChangeKind.PICKED, {}, after, by=by, at=at)


def _named_also(
    concept: Concept, places: Sequence[Found], *, by: User | None, at: datetime
) -> tuple[Concept, UUID | None]:
    anchored = anchors_that_stand().filter(mention__concept=concept).values_list("revision", "start", "end")
    known = set(anchored)
    added = _mention(concept, [each for each in places if tuple(_stored(each) or ()) not in known])
    deed = decide_concepts([concept], state=ConceptState.ACCEPTED, by=by, at=at)
    if added:
        deed = _keep(concept, ConceptChangeKind.MENTIONED, {}, {"mentions": added}, by=by, at=at, deed=deed)
    return concept, deed


def _mention(concept: Concept, places: Iterable[Found]) -> list[str]:
    by_revision: dict[int, list[Found]] = {}
    for place in places:
        by_revision.setdefault(place.revision.pk, []).append(place)
    return [
        str(mention.uuid)
        for group in by_revision.values()
        for mention in add_mentions(group[0].revision, places=[(concept, each.span) for each in group])
    ]


def _change_fields(
    rows: Sequence[Concept],
    *,
    kind: ConceptChangeKind,
    fields: Mapping[str, Any],
    by: User | None,
    at: datetime | None,
) -> UUID | None:
    """The locked rows have these fields, and each that changes keeps what it had; two writes whatever their number."""
    changing = [row for row in rows if any(getattr(row, name) != value for name, value in fields.items())]
    if not changing:
        return None
    deed = uuid4()
    now = at or database_now()
    ConceptChange.objects.bulk_create(
        ConceptChange(
            deed=deed,
            concept=row,
            kind=kind,
            before={name: getattr(row, name) for name in fields},
            after=dict(fields),
            made_by=by,
            made_at=now,
        )
        for row in changing
    )
    Concept.objects.filter(pk__in=[row.pk for row in changing]).update(**fields)
    verb = f"{fields['state']} a concept" if kind == ConceptChangeKind.DECIDED else DEEDS[kind]
    record_deeds(verb, changing, by=by)
    return deed


DEEDS = {
    ConceptChangeKind.RENAMED: "renamed a concept",
    ConceptChangeKind.DEFINED: "defined a concept",
    ConceptChangeKind.PICKED: "picked a concept",
    ConceptChangeKind.MENTIONED: "marked a concept in the text",
    ConceptChangeKind.MERGED: "merged a concept",
}
"""What the course's history says of each change; decisions are named for what was decided."""


def record_deeds(verb: str, concepts: Sequence[Concept], *, by: User | None) -> None:
    """What this person did to the concepts of one course stands in its history; two statements for any number."""
    if concepts and by is not None:
        course = Course.objects.only("uuid").get(pk=concepts[0].course_id)
        record_each([(verb, f"concept:{row.uuid}", {}) for row in concepts], actor=by, course=course.uuid)


def _keep(
    concept: Concept,
    kind: ConceptChangeKind,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: User | None,
    at: datetime | None,
    deed: UUID | None = None,
) -> UUID:
    kept = ConceptChange.objects.create(
        deed=deed or uuid4(),
        concept=concept,
        kind=kind,
        before=dict(before),
        after=dict(after),
        made_by=by,
        made_at=at or database_now(),
    )
    record_deeds(DEEDS[kind], [concept], by=by)
    return kept.deed


def _locked(concept: Concept) -> Concept:
    row = Concept.objects.select_for_update().get(pk=concept.pk)
    if row.state == ConceptState.MERGED:
        raise ConceptIsMerged
    return row
