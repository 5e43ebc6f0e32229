"""What was done to concepts, in words for buttons and messages. Pure."""

from __future__ import annotations

from course.models import ConceptChange, ConceptChangeKind, ConceptState
from quizzes.domain.class_mastery import ClassMastery
from quizzes.domain.concept_undo import Deed

DECIDED = {ConceptState.ACCEPTED: "accepted", ConceptState.REJECTED: "rejected", ConceptState.SUGGESTED: "put back"}


def deed_in_words(deed: Deed) -> str:
    """ "accepted “lake”", "rejected 12 concepts", "merged “dam” into “wall”": what undoing it would undo."""
    change = deed.first
    kind = ConceptChangeKind(change.kind)
    if kind == ConceptChangeKind.DECIDED:
        return f"{DECIDED[ConceptState(change.after['state'])]} {_which(deed)}"
    if kind == ConceptChangeKind.RENAMED:
        return f"renamed “{change.before['term']}” to “{change.after['term']}”"
    if kind == ConceptChangeKind.MERGED:
        return _merged(change)
    return {
        ConceptChangeKind.DEFINED: f"defined {_which(deed)}",
        ConceptChangeKind.PICKED: f"picked {_which(deed)}",
        ConceptChangeKind.MENTIONED: f"marked {_which(deed)}",
    }[kind]


def _which(deed: Deed) -> str:
    return f"{len(deed.changes)} concepts" if _is_of_many(deed) else f"“{deed.first.concept.term}”"


def _is_of_many(deed: Deed) -> bool:
    return len({change.concept_id for change in deed.changes}) > 1


def _merged(change: ConceptChange) -> str:
    target = change.concept.merged_into
    return f"merged “{change.concept.term}”" + (f" into “{target.term}”" if target else "")


def mastery_in_words(known: ClassMastery) -> str:
    """The class's mastery in one sentence or two."""
    if not known.learners:
        return "Nobody is enrolled yet."
    if not known.known:
        return f"{_learners(known.learners)} enrolled, and none has answered enough questions about it to say anything."
    parts = [(known.firm, "firm"), (known.growing, "growing"), (known.shaky, "shaky")]
    said = ", ".join(f"{word} in {count}" for count, word in parts if count)
    rest = f" Of {known.not_enough} more, too little is known." if known.not_enough else ""
    return f"Of {_learners(known.known)} who answered enough questions, it is {said}.{rest}"


def _learners(count: int) -> str:
    return "1 learner" if count == 1 else f"{count} learners"
