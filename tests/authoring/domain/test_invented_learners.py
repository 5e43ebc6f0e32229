"""Invented learners: the same every time, and wrong where they are to be wrong."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.domain.invented_learners import (
    FIRST,
    LAST,
    SLIPS,
    InventedLearner,
    answers_right,
    invented_learners,
    time_taken,
    wrong_answer,
)
from quizzes.grading import GradingRequest, grade
from quizzes.questions import kinds, question_type
from quizzes.questions.base import Control

ABLE = InventedLearner("Ada Abara", "ada@example.org", 3.0, 0.9, timedelta(days=10))
UNABLE = InventedLearner("Bela Brandt", "bela@example.org", -3.0, 0.9, timedelta(days=10))


def test_sixty_learners_are_the_same_every_time_with_names_and_addresses_of_their_own() -> None:
    learners = invented_learners()

    assert learners == invented_learners()
    assert learners != invented_learners(seed=2)
    assert len(learners) == len(FIRST) * len(LAST) == 60
    assert len({each.name for each in learners}) == len({each.address for each in learners}) == 60
    assert all(each.address.endswith("@learners.example.org") for each in learners)


@given(seed=st.integers(0, 1_000))
def test_whatever_the_seed_they_began_within_six_weeks(seed: int) -> None:
    for each in invented_learners(seed=seed):
        assert timedelta(days=2) <= each.since <= timedelta(days=42)
        assert 0 <= each.diligence <= 1


def share_right(learner: InventedLearner, *, tries: int = 0) -> float:
    chance = Random(7)
    found = [answers_right(learner, f"question {n}", tries=tries, chance=chance) for n in range(400)]
    return sum(found) / len(found)


def test_who_is_able_knows_more_and_each_try_helps() -> None:
    assert share_right(UNABLE) < 0.35 < 0.65 < share_right(ABLE)
    assert share_right(UNABLE) < share_right(UNABLE, tries=3)


@given(seed=st.integers(0, 10_000), ability=st.floats(-4, 4))
def test_a_quiz_takes_two_to_fifteen_minutes(seed: int, ability: float) -> None:
    learner = InventedLearner("Ada Abara", "ada@example.org", ability, 0.9, timedelta())

    assert timedelta(minutes=2) <= time_taken(learner, chance=Random(seed)) <= timedelta(minutes=15)


def test_every_control_has_a_slip_of_its_own() -> None:
    assert set(SLIPS) == set(Control)


EXAMPLES: list[Any] = [
    pytest.param(kind.kind, example.content, id=f"{kind.kind}-{place}")
    for kind in kinds()
    for place, example in enumerate(kind.examples())
    if kind.model_answer(example.content) not in (None, "", [], {}) and not kind.check(example.content)
]


@pytest.mark.parametrize(("kind", "content"), EXAMPLES)
def test_a_wrong_answer_is_an_answer_that_does_not_earn_everything(kind: str, content: dict[str, Any]) -> None:
    question = question_type(kind)

    for seed in range(40):
        wrong = wrong_answer(kind, content, chance=Random(seed))
        outcome = grade(GradingRequest(kind, content, question.parse(content, wrong)))
        assert outcome.fraction is None or outcome.fraction < 1, (seed, wrong)


@pytest.mark.parametrize(("kind", "content"), EXAMPLES)
def test_the_same_chance_gives_the_same_slip(kind: str, content: dict[str, Any]) -> None:
    assert wrong_answer(kind, content, chance=Random(3)) == wrong_answer(kind, content, chance=Random(3))
