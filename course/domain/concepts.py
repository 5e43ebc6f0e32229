"""Concepts of a course and the places that mention them."""

from __future__ import annotations

from collections.abc import Sequence

from course.domain.anchors import anchor_at
from course.models import Anchor, Concept, ConceptState, Mention, Revision
from course.reading.outline import Span


def add_mentions(revision: Revision, *, places: Sequence[tuple[Concept, Span]]) -> None:
    """Each concept is mentioned at each of its places; two writes whatever their number."""
    mentions = Mention.objects.bulk_create(Mention(concept=concept) for concept, _ in places)
    Anchor.objects.bulk_create(
        anchor_at(revision, span, mention=mention) for mention, (_, span) in zip(mentions, places, strict=True)
    )


def decide_concept(concept: Concept, *, state: ConceptState) -> None:
    """The concept is accepted, rejected or suggested again; only an accepted one reaches learners."""
    Concept.objects.filter(pk=concept.pk).update(state=state)
    concept.state = state


def define_concept(concept: Concept, *, definition: str) -> None:
    """The concept is explained in these words."""
    Concept.objects.filter(pk=concept.pk).update(definition=definition)
    concept.definition = definition
