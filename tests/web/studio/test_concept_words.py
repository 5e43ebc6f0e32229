"""How well a class knows a concept, in sentences."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from course.models import Concept, ConceptChange, ConceptChangeKind, ConceptState
from quizzes.domain.class_mastery import ClassMastery
from quizzes.domain.concept_undo import Deed
from web.studio.concept_words import TO_ONE, TO_SEVERAL, deed_in_words, mastery_in_words

DAM, WALL = Concept(pk=1, term="dam"), Concept(pk=2, term="wall")
INTO_WALL = Concept(pk=3, term="weir", merged_into=WALL)


def change(kind: ConceptChangeKind, concept: Concept = DAM, before: Any = None, after: Any = None) -> ConceptChange:
    return ConceptChange(kind=kind, concept=concept, before=before or {}, after=after or {})


def decided(state: ConceptState, concept: Concept = DAM) -> ConceptChange:
    return change(ConceptChangeKind.DECIDED, concept, after={"state": state})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([decided(ConceptState.ACCEPTED)], "accepted “dam”"),
        ([decided(ConceptState.REJECTED)], "rejected “dam”"),
        ([decided(ConceptState.SUGGESTED)], "put back “dam”"),
        ([decided(ConceptState.REJECTED), decided(ConceptState.REJECTED, WALL)], "rejected 2 concepts"),
        (
            [change(ConceptChangeKind.RENAMED, WALL, before={"term": "wall"}, after={"term": "dyke"})],
            "renamed “wall” to “dyke”",
        ),
        ([change(ConceptChangeKind.DEFINED)], "defined “dam”"),
        ([change(ConceptChangeKind.PICKED)], "picked “dam”"),
        ([change(ConceptChangeKind.MENTIONED)], "marked “dam”"),
        ([change(ConceptChangeKind.MENTIONED), decided(ConceptState.ACCEPTED)], "accepted “dam”"),
        ([change(ConceptChangeKind.MERGED, INTO_WALL)], "merged “weir” into “wall”"),
        ([change(ConceptChangeKind.MERGED)], "merged “dam”"),
    ],
)
def test_a_deed_is_called_by_what_undoing_it_would_undo(changes: list[ConceptChange], said: str) -> None:
    assert deed_in_words(Deed(UUID(int=7), tuple(changes))) == said


def test_whatever_is_done_to_one_is_said_of_several() -> None:
    decisions = set(ConceptState) - {ConceptState.MERGED}
    kinds = {ConceptChangeKind.DEFINED, ConceptChangeKind.PICKED, ConceptChangeKind.MENTIONED}
    assert set(TO_ONE) == set(TO_SEVERAL) == decisions | kinds


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ((0, 0, 0, 0), "Nobody is enrolled yet."),
        ((1, 0, 0, 0), "1 learner enrolled, and none has answered enough questions about it to say anything."),
        ((3, 3, 0, 0), "Of 3 learners who answered enough questions, it is firm in 3."),
        (
            (5, 1, 0, 2),
            "Of 3 learners who answered enough questions, it is firm in 1, shaky in 2. Of 2 more, too little is known.",
        ),
    ],
)
def test_a_class_in_words(known: tuple[int, int, int, int], said: str) -> None:
    assert mastery_in_words(ClassMastery(*known)) == said
