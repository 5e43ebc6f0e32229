"""How well a class knows a concept, in sentences."""

from __future__ import annotations

import pytest

from quizzes.domain.class_mastery import ClassMastery
from web.studio.concept_words import mastery_in_words


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
