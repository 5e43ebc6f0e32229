"""What was done to concepts, in words for buttons and messages. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import ngettext

from course.models import ConceptChange, ConceptChangeKind, ConceptState
from language import marked, say
from quizzes.domain.class_mastery import ClassMastery
from quizzes.domain.concept_undo import Deed

TO_ONE: Mapping[str, str] = {
    ConceptState.ACCEPTED: marked("accepted “{term}”"),
    ConceptState.REJECTED: marked("rejected “{term}”"),
    ConceptState.SUGGESTED: marked("put back “{term}”"),
    ConceptChangeKind.DEFINED: marked("defined “{term}”"),
    ConceptChangeKind.PICKED: marked("picked “{term}”"),
    ConceptChangeKind.MENTIONED: marked("marked “{term}”"),
}
TO_SEVERAL: Mapping[str, str] = {
    ConceptState.ACCEPTED: marked("accepted {count} concepts"),
    ConceptState.REJECTED: marked("rejected {count} concepts"),
    ConceptState.SUGGESTED: marked("put back {count} concepts"),
    ConceptChangeKind.DEFINED: marked("defined {count} concepts"),
    ConceptChangeKind.PICKED: marked("picked {count} concepts"),
    ConceptChangeKind.MENTIONED: marked("marked {count} concepts"),
}
"""What was done, by the state that it gave or by the kind of change."""


def deed_in_words(deed: Deed) -> str:
    """ "accepted “lake”", "rejected 12 concepts", "merged “dam” into “wall”": what undoing it would undo."""
    change = deed.first
    kind = ConceptChangeKind(change.kind)
    if kind == ConceptChangeKind.RENAMED:
        return say("renamed “{before}” to “{after}”", before=change.before["term"], after=change.after["term"])
    if kind == ConceptChangeKind.MERGED:
        return _merged(change)
    done = ConceptState(change.after["state"]) if kind == ConceptChangeKind.DECIDED else kind
    if _is_of_many(deed):
        return say(TO_SEVERAL[done], count=len(deed.changes))
    return say(TO_ONE[done], term=change.concept.term)


def _is_of_many(deed: Deed) -> bool:
    return len({change.concept_id for change in deed.changes}) > 1


def _merged(change: ConceptChange) -> str:
    target = change.concept.merged_into
    if target is None:
        return say("merged “{term}”", term=change.concept.term)
    return say("merged “{term}” into “{target}”", term=change.concept.term, target=target.term)


def mastery_in_words(known: ClassMastery) -> str:
    """The class's mastery in one sentence or two."""
    if not known.learners:
        return say("Nobody is enrolled yet.")
    if not known.known:
        return ngettext(
            "{count} learner enrolled, and none has answered enough questions about it to say anything.",
            "{count} learners enrolled, and none has answered enough questions about it to say anything.",
            known.learners,
        ).format(count=known.learners)
    said = [
        say("firm in {count}", count=known.firm) if known.firm else "",
        say("growing in {count}", count=known.growing) if known.growing else "",
        say("shaky in {count}", count=known.shaky) if known.shaky else "",
    ]
    told = ngettext(
        "Of {count} learner who answered enough questions, it is {said}.",
        "Of {count} learners who answered enough questions, it is {said}.",
        known.known,
    ).format(count=known.known, said=", ".join(filter(None, said)))
    if not known.not_enough:
        return told
    return f"{told} {say('Of {count} more, too little is known.', count=known.not_enough)}"
