"""Several things said of one concept at once: its state, its term, its definition; all of them or none."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from authoring.domain.concept_picking import find_quote
from authoring.domain.further_drafts import define_and_draft
from course.domain.concept_changes import decide_concepts, rename_concept
from course.errors import ConceptIsMerged
from course.models import Concept, ConceptState


@transaction.atomic
def change_concept(concept: Concept, *, changes: Mapping[str, str], by: User) -> None:
    """The concept has this `state`, `term` and `definition`, which rests on the `quote`, as far as they are given.

    Each is a deed of its own that can be taken back. Raises NotInTheText and ConceptIsMerged; then nothing changed.
    """
    if concept.state == ConceptState.MERGED:
        raise ConceptIsMerged
    if "definition" in changes:
        quote = changes.get("quote", "")
        proof = find_quote(concept.course, words=quote) if quote else None
        define_and_draft(concept, definition=changes["definition"], proof=proof, by=by)
    if "term" in changes:
        rename_concept(concept, term=changes["term"], by=by)
    if "state" in changes:
        decide_concepts([concept], state=ConceptState(changes["state"]), by=by)
