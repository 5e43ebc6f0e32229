"""Everything about one concept in one place: what it means and why, where it is named, what asks about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from authoring.domain.passages import SeenPassage, seen_passages
from authoring.domain.review import Decision, decision_on
from course.domain.anchors import standing_anchors
from course.models import Anchor, Concept, ConceptChange, ConceptState
from quizzes.domain.concept_undo import standing_merges
from quizzes.domain.questions import title_of
from quizzes.models import QuestionVersion


@dataclass(frozen=True, slots=True)
class NamingPassage:
    """A passage that names the concept, cut into (words, whether they name it); joined, they are the passage."""

    passage: SeenPassage
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class AskingQuestion:
    """The newest wording of a question on the concept, in one line, and what was decided about it."""

    version: QuestionVersion
    title: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class ConceptHub:
    """A concept with all that hangs on it. `merges` took other terms into it, each can be taken apart."""

    concept: Concept
    proof: Anchor | None
    passages: tuple[NamingPassage, ...]
    questions: tuple[AskingQuestion, ...]
    merges: tuple[ConceptChange, ...]
    others: tuple[Concept, ...]

    @property
    def lacks_question(self) -> bool:
        """Whether nothing asks about it that learners get or may get."""
        return not any(each.decision not in (Decision.REJECTED, Decision.WITHDRAWN) for each in self.questions)


def concept_hub(concept: Concept) -> ConceptHub:
    """The concept's hub; eight queries whatever hangs on it. `others` are what it can be merged with, by term."""
    course = concept.course
    anchors = standing_anchors(course).filter(mention__concept=concept).order_by("revision", "start", "-end")
    others = Concept.objects.filter(course=course).exclude(pk=concept.pk).exclude(state=ConceptState.MERGED)
    return ConceptHub(
        concept=concept,
        proof=standing_anchors(course).filter(definition=concept).first(),
        passages=tuple(_naming(seen_passages(course), list(anchors))),
        questions=tuple(_asking(concept)),
        merges=tuple(each for each in standing_merges(course) if each.concept.merged_into_id == concept.pk),
        others=tuple(sorted(others, key=lambda each: (each.state == ConceptState.REJECTED, each.term.casefold()))),
    )


def _naming(seen: Sequence[SeenPassage], anchors: Sequence[Any]) -> list[NamingPassage]:
    found = []
    for each in (passage for passage in seen if passage.is_read):
        inside = [(anchor.start, anchor.end) for anchor in anchors if _holds(each, anchor)]
        if inside:
            found.append(NamingPassage(each, tuple(_cut(each, inside))))
    return found


def _holds(passage: SeenPassage, anchor: Anchor) -> bool:
    row = passage.passage
    return row.revision_id == anchor.revision_id and row.start <= anchor.start and anchor.end <= row.end


def _cut(passage: SeenPassage, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    offset, reached, pieces = passage.passage.start, 0, []
    for start, end in spans:
        if start - offset >= reached:
            pieces += [
                (passage.text[reached : start - offset], False),
                (passage.text[start - offset : end - offset], True),
            ]
            reached = end - offset
    return [piece for piece in [*pieces, (passage.text[reached:], False)] if piece[0]]


def _asking(concept: Concept) -> list[AskingQuestion]:
    versions = QuestionVersion.objects.filter(question__concept=concept).order_by("question", "number")
    newest = {version.question_id: version for version in versions}
    return [AskingQuestion(each, title_of(each), decision_on(each)) for each in newest.values()]
