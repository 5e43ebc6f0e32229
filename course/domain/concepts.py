"""Concepts of a course and the places that mention them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.domain.anchors import anchor_at
from course.models import Anchor, Concept, ConceptState, Mention, Revision
from course.reading.outline import Span


def add_mentions(revision: Revision, *, places: Sequence[tuple[Concept, Span]]) -> list[Mention]:
    """Each concept is mentioned at each of its places; two writes whatever their number."""
    mentions = Mention.objects.bulk_create(Mention(concept=concept) for concept, _ in places)
    Anchor.objects.bulk_create(
        anchor_at(revision, span, mention=mention) for mention, (_, span) in zip(mentions, places, strict=True)
    )
    return mentions


def add_proofs(revision: Revision, *, places: Sequence[tuple[Concept, Span]]) -> None:
    """The definition of each concept rests on its place; one write whatever their number."""
    anchors = [anchor_at(revision, span) for _, span in places]
    for anchor, (concept, _) in zip(anchors, places, strict=True):
        anchor.definition = concept
    Anchor.objects.bulk_create(anchors)


def holder_of(concept: Concept, *, among: Mapping[int, Concept]) -> Concept:
    """The concept that the mentions and questions of this one are with: itself, or what it was merged into at last.

    `among` has every concept of the course by key.
    """
    while concept.state == ConceptState.MERGED and concept.merged_into_id is not None:
        concept = among[concept.merged_into_id]
    return concept
