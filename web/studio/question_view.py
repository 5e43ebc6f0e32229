"""A drafted question as its reviewer sees it: key and feedback, the passage that proves it, and a learner's view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from authoring.domain.passages import SeenPassage
from authoring.domain.review import Decision, QueuedQuestion
from authoring.domain.review_checks import ReviewedQuestion
from course.models import Anchor
from language import marked, say
from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion
from quizzes.questions.controls import parts_of

SEED = 1
"""Any seed will do: the reviewer sees one of the orders that learners see."""

STATES = {
    Decision.UNDECIDED: ("open", marked("to read"), ""),
    Decision.ACCEPTED: ("done", marked("accepted"), "good"),
    Decision.REJECTED: ("miss", marked("rejected"), ""),
    Decision.PUBLISHED: ("done", marked("published"), "good"),
    Decision.WITHDRAWN: ("miss", marked("withdrawn"), ""),
}
"""Icon, word and tone of each decision, as components/state.html takes them."""
TALLIED = {
    Decision.ACCEPTED: marked("{count} accepted"),
    Decision.PUBLISHED: marked("{count} published"),
    Decision.REJECTED: marked("{count} rejected"),
    Decision.WITHDRAWN: marked("{count} withdrawn"),
    Decision.UNDECIDED: marked("{count} to read"),
}
"""How each decision is counted, in the order it is said."""


def tally_in_words(decisions: Iterable[Decision]) -> str:
    """Such as "53 published, 2 to read.": sorts of which there are none go unsaid, and of no question it is ""."""
    counts = Counter(decisions)
    told = [say(words, count=counts[decision]) for decision, words in TALLIED.items() if counts[decision]]
    return f"{', '.join(told)}." if told else ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A passage near the evidence: pieces of text in order, each with whether it is part of the proof.

    `has_note` on the one passage beside which the draft stands.
    """

    pieces: tuple[tuple[str, bool], ...]
    has_note: bool = False

    @property
    def is_marked(self) -> bool:
        return any(marked for _, marked in self.pieces)


def state_of(question: QueuedQuestion | ReviewedQuestion) -> dict[str, str]:
    """The decision as a shape, a word and a tone."""
    icon, word, tone = STATES[question.decision]
    return {"icon": icon, "word": say(word), "tone": tone}


def label_of(question: ReviewedQuestion) -> str:
    """The kind in words."""
    return say(question_type(question.version.kind).label)


def reviewed(question: ReviewedQuestion) -> dict[str, Any]:
    """The question with its key: `parts` of its kind's review, `segments` of a text with gaps, and the explanation."""
    kind, content = question_type(question.version.kind), question.version.content
    try:
        shown = kind.review(content, None, SEED)
        preview = kind.present(content, SEED)
    except (BrokenQuestion, KeyError, TypeError, ValueError):
        return {"broken": [problem.message for problem in kind.check(content)] or [say("It cannot be shown.")]}
    parts = parts_of(preview, None)
    return {
        "stem": preview.stem,
        "parts": shown.get("parts", ()),
        "why": shown.get("why", ""),
        "segments": _gaps_counted(preview.data.get("segments", ())),
        "preview": {
            "item": {"position": 1, "presentation": preview},
            "parts": parts,
            "places": range(1, len(parts) + 1),
            "text": "",
        },
        "control": f"components/controls/{preview.control}.html",
        "is_shuffled": any(kind.present(content, seed) != preview for seed in range(2, 9)),
    }


def _gaps_counted(segments: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    counted: list[dict[str, Any]] = []
    for segment in segments:
        gaps = sum("gap" in each for each in counted)
        counted.append({**segment, "gap": gaps + 1} if "gap" in segment else {"text": segment["text"]})
    return counted


def proof_of(question: ReviewedQuestion, passages: Sequence[SeenPassage]) -> list[Proof]:
    """The passages that hold the evidence, with one before and one after to read it in."""
    own = [each for each in passages if question.revision and each.passage.revision_id == question.revision.pk]
    holding = {place for place, each in enumerate(own) if any(_meets(each, anchor) for anchor in question.evidence)}
    near = sorted({place + step for place in holding for step in (-1, 0, 1) if 0 <= place + step < len(own)})
    proofs = [_proof(own[place], question.evidence) for place in near if place in holding or own[place].is_read]
    first = next((place for place, proof in enumerate(proofs) if proof.is_marked), None)
    return [replace(proof, has_note=place == first) for place, proof in enumerate(proofs)]


def _meets(passage: SeenPassage, anchor: Anchor) -> bool:
    return passage.passage.start < anchor.end and anchor.start < passage.passage.end


def _proof(passage: SeenPassage, evidence: Sequence[Anchor]) -> Proof:
    start, pieces, reached = passage.passage.start, [], 0
    for anchor in evidence:
        if not _meets(passage, anchor):
            continue
        opening = max(anchor.start - start, reached)
        closing = min(anchor.end - start, len(passage.text))
        pieces += [(passage.text[reached:opening], False), (passage.text[opening:closing], True)]
        reached = max(closing, reached)
    pieces.append((passage.text[reached:], False))
    return Proof(tuple((text, marked) for text, marked in pieces if text))
