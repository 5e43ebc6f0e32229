"""The concepts of a course under review: in the text, each beside the place that names it first, and in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from accounts.models import User
from authoring.domain.passages import SeenPassage, seen_passages
from authoring.domain.review import ACCEPTED
from course.domain.anchors import standing_anchors
from course.domain.concept_changes import decide_concepts
from course.models import Concept, ConceptState, Course
from course.reading.likeness import alike_terms
from course.reading.outline import ConceptKind
from quizzes.models import QuestionVersion, VersionState


@dataclass(frozen=True, slots=True)
class ReviewedConcept:
    """A concept with how many places name it, how many questions ask about it, and the terms merged into it.

    `home` is the number of the passage that names it first among those that are read, None when none does, and
    `start` where in the revision's text it does.
    """

    concept: Concept
    places: int
    questions: int
    home: int | None
    start: int = 0
    synonyms: tuple[str, ...] = ()

    @property
    def lacks_question(self) -> bool:
        """Whether learners are shown it and never asked."""
        return self.concept.state == ConceptState.ACCEPTED and not self.questions


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage; `concept` where they name one that is suggested or accepted."""

    text: str
    concept: Concept | None = None


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage that is read: its pieces, joined, are the passage; the concepts of `notes` have their notes there."""

    passage: SeenPassage
    pieces: tuple[Piece, ...]
    notes: tuple[ReviewedConcept, ...]


class Group(StrEnum):
    """What concepts have in common on the page, in this order."""

    ASKED = "Asked about by questions"
    EXPRESSION = "Expressions"
    TOPIC = "Topics"
    NAME = "Names"
    UNASKED = "Accepted, and no question asks about them"
    ACCEPTED = "Accepted"
    REJECTED = "Rejected"

    @property
    def is_open(self) -> bool:
        """Whether its concepts wait for a decision."""
        return self in (Group.ASKED, Group.EXPRESSION, Group.TOPIC, Group.NAME)


@dataclass(frozen=True, slots=True)
class ConceptReview:
    """All there is to decide about the concepts of a course."""

    rows: tuple[ReviewedConcept, ...]
    passages: tuple[MarkedPassage, ...]
    unplaced: tuple[ReviewedConcept, ...] = field(default=())

    @property
    def groups(self) -> dict[Group, list[ReviewedConcept]]:
        """The concepts by what they have in common, each in one group; empty groups are left out."""
        found: dict[Group, list[ReviewedConcept]] = {group: [] for group in Group}
        for row in self.rows:
            found[group_of(row)].append(row)
        return {group: rows for group, rows in found.items() if rows}

    @property
    def alike(self) -> list[tuple[ReviewedConcept, ReviewedConcept, str]]:
        """Concepts that may be one: which would be merged, into which other, and why; nothing that was rejected."""
        rows = {row.concept.pk: row for row in self.rows if row.concept.state != ConceptState.REJECTED}
        found = alike_terms({key: row.concept.term for key, row in rows.items()})
        return [_mergeable(rows[each.term], rows[each.other], each.reason) for each in found]

    def tally(self, state: ConceptState) -> int:
        """How many concepts are in this state."""
        return sum(row.concept.state == state for row in self.rows)


def _mergeable(
    row: ReviewedConcept, other: ReviewedConcept, reason: str
) -> tuple[ReviewedConcept, ReviewedConcept, str]:
    """What learners are shown already is not merged into what they are not."""
    is_hidden = row.concept.state == ConceptState.ACCEPTED != other.concept.state
    return (other, row, reason) if is_hidden else (row, other, reason)


def group_of(row: ReviewedConcept) -> Group:
    """The one group that the concept is listed in."""
    if row.concept.state == ConceptState.REJECTED:
        return Group.REJECTED
    if row.concept.state == ConceptState.ACCEPTED:
        return Group.UNASKED if row.lacks_question else Group.ACCEPTED
    return Group.ASKED if row.questions else Group[ConceptKind(row.concept.kind).name]


def review_concepts(course: Course) -> ConceptReview:
    """The course's concepts by rank and the text that names them; four queries whatever their number."""
    seen = [each for each in seen_passages(course) if each.is_read]
    anchors = _anchors(course)
    rows = _rows(course, anchors, seen)
    by_home: dict[int | None, list[ReviewedConcept]] = {}
    for row in sorted(rows, key=lambda row: row.start):
        by_home.setdefault(row.home, []).append(row)
    places = _places_by_passage(anchors, seen)
    shown = {row.concept.pk: row.concept for row in rows if row.concept.state != ConceptState.REJECTED}
    passages = [
        MarkedPassage(each, _pieces(each, places.get(each.number, ()), shown), tuple(by_home.get(each.number, ())))
        for each in seen
    ]
    return ConceptReview(tuple(rows), tuple(passages), tuple(by_home.get(None, ())))


def _anchors(course: Course) -> list[Any]:
    found: Any = standing_anchors(course).filter(mention__concept__course=course.pk)
    return list(found.annotate(concept=F("mention__concept")).order_by("revision", "start", "-end"))


def _rows(course: Course, anchors: Sequence[Any], seen: Sequence[SeenPassage]) -> list[ReviewedConcept]:
    asked = Count("questions", filter=~Q(questions__versions__state=VersionState.RETIRED), distinct=True)
    concepts = list(Concept.objects.filter(course=course.pk).annotate(asked=asked).order_by("rank", "pk"))
    spots: dict[int, set[tuple[int, int, int]]] = {}
    for anchor in anchors:
        spots.setdefault(anchor.concept, set()).add((anchor.revision_id, anchor.start, anchor.end))
    homes = _homes(anchors, seen)
    synonyms = synonyms_of(concepts)
    return [
        ReviewedConcept(
            concept=concept,
            places=len(spots.get(concept.pk, ())),
            questions=concept.asked,
            home=home,
            start=start,
            synonyms=tuple(each.term for each in synonyms.get(concept.pk, ())),
        )
        for concept in concepts
        if concept.state != ConceptState.MERGED
        for home, start in [homes.get(concept.pk, (None, 0))]
    ]


def synonyms_of(concepts: Iterable[Any]) -> dict[int, list[Any]]:
    """The merged concepts by the key of the one that holds them now, however many merges lie between."""
    by_key = {concept.pk: concept for concept in concepts}
    found: dict[int, list[Any]] = {}
    for concept in by_key.values():
        holder = concept
        while holder.merged_into_id is not None:
            holder = by_key[holder.merged_into_id]
        if holder is not concept:
            found.setdefault(holder.pk, []).append(concept)
    return found


def _places_by_passage(anchors: Iterable[Any], seen: Sequence[SeenPassage]) -> dict[int, list[Any]]:
    """The anchors by the number of the passage that holds them; what no passage holds whole is left out."""
    spans = [(each.passage.revision_id, each.passage.start, each.passage.end, each.number) for each in seen]
    spans.sort()
    found: dict[int, list[Any]] = {}
    index = 0
    for anchor in anchors:
        while index < len(spans) and spans[index][:1] + spans[index][2:3] <= (anchor.revision_id, anchor.start):
            index += 1
        if index < len(spans):
            revision, start, end, number = spans[index]
            if revision == anchor.revision_id and start <= anchor.start and anchor.end <= end:
                found.setdefault(number, []).append(anchor)
    return found


def _homes(anchors: Sequence[Any], seen: Sequence[SeenPassage]) -> dict[int, tuple[int, int]]:
    homes: dict[int, tuple[int, int]] = {}
    for number, held in sorted(_places_by_passage(anchors, seen).items()):
        for anchor in held:
            homes.setdefault(anchor.concept, (number, anchor.start))
    return homes


def _pieces(passage: SeenPassage, anchors: Iterable[Any], shown: Mapping[int, Concept]) -> tuple[Piece, ...]:
    """Of places that overlap, the one that starts first is marked, the longest of those."""
    offset, reached, pieces = passage.passage.start, 0, []
    for anchor in anchors:
        start, end = anchor.start - offset, anchor.end - offset
        if start >= reached and anchor.concept in shown:
            pieces += [Piece(passage.text[reached:start]), Piece(passage.text[start:end], shown[anchor.concept])]
            reached = end
    return tuple(piece for piece in [*pieces, Piece(passage.text[reached:])] if piece.text)


def accept_asked_concepts(
    course: Course, *, by: User | None = None, at: datetime | None = None
) -> tuple[int, UUID | None]:
    """Every suggested concept that an accepted or published question asks about is accepted.

    Returns how many were, and the deed that take_back takes back.
    """
    asked = QuestionVersion.objects.filter(ACCEPTED | Q(state=VersionState.PUBLISHED), question__course=course.pk)
    concepts = Concept.objects.filter(course=course.pk, state=ConceptState.SUGGESTED)
    found = list(concepts.filter(pk__in=asked.values("question__concept")))
    return len(found), decide_concepts(found, state=ConceptState.ACCEPTED, by=by, at=at)
