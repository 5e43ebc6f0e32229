"""Which of a learner's attempts are looked at."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from quizzes.domain.chosen_attempts import attempts_counting, chosen_attempts
from quizzes.models import Attempt, AttemptState
from quizzes.statistics.quiz import Which
from tests.factories import NOW, make_quiz
from tests.quizzes.domain.graded_answers import Asked

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def numbers(which: Which) -> list[int]:
    return sorted(attempt.number for attempt in chosen_attempts(attempts_counting(), which))


def taken(*fractions: str | None) -> Asked:
    """One learner's attempts with these fractions, from number one on."""
    asked = Asked()
    (learner,) = asked.learners(1)
    for number, fraction in enumerate(fractions, 1):
        asked.attempted([learner], "x", number=number, fraction=None if fraction is None else Decimal(fraction))
    return asked


@pytest.mark.parametrize(
    ("fractions", "best"),
    [
        (["0.2", "0.9", "0.5"], 2),
        (["0.9", "0.9", "0.5"], 1),
        ([None, "0", None], 2),
        ([None, None], 1),
        (["0", "0.000001"], 2),
    ],
)
def test_the_best_is_the_earliest_of_those_that_earned_most(fractions: list[str | None], best: int) -> None:
    taken(*fractions)
    assert numbers(Which.BEST) == [best]


def test_first_and_last_and_all_go_by_number() -> None:
    taken("0.5", "1", "0")
    assert (numbers(Which.FIRST), numbers(Which.LAST), numbers(Which.ALL)) == ([1], [3], [1, 2, 3])


@pytest.mark.parametrize("which", Which)
def test_every_learner_and_every_quiz_has_attempts_of_its_own(which: Which) -> None:
    asked = Asked()
    other = make_quiz(asked.course)
    for learner in asked.learners(3):
        for quiz in (asked.quiz, other):
            asked.attempted([learner], "x", quiz=quiz)
    assert chosen_attempts(attempts_counting(), which).count() == 6


@pytest.mark.parametrize("which", [Which.LAST, Which.BEST])
def test_people_without_an_account_are_told_apart(which: Which) -> None:
    asked = Asked()
    for _ in range(2):
        Attempt.objects.create(
            quiz=asked.quiz, anonymous_key=uuid4(), number=1, seed=1, state=AttemptState.SUBMITTED, policy={},
            started_at=NOW, submitted_at=NOW,
        )  # fmt: skip
    assert numbers(which) == [1, 1]


def test_what_goes_on_is_void_or_does_not_count_is_left_out() -> None:
    asked = Asked()
    asked.answered("x", state=AttemptState.IN_PROGRESS)
    asked.answered("x", state=AttemptState.VOID)
    asked.answered("x", counts=False)
    assert [numbers(which) for which in Which] == [[], [], [], []]
