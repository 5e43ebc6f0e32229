"""What is shown when."""

from __future__ import annotations

import pytest

from quizzes.policy import EVERYTHING, PRESETS, Shown, policy_for, shown_now


@pytest.mark.parametrize("mode", list(PRESETS))
def test_nothing_is_shown_of_an_open_attempt(mode: str) -> None:
    assert shown_now(policy_for(mode, {}), submitted=False, closed=True) == frozenset()


@pytest.mark.parametrize("mode", ["practice", "check"])
def test_practice_and_check_show_everything_once_submitted(mode: str) -> None:
    assert shown_now(policy_for(mode, {}), submitted=True, closed=False) == frozenset(Shown)


def test_an_exam_shows_only_the_fraction_until_it_closes() -> None:
    policy = policy_for("exam", {})

    assert shown_now(policy, submitted=True, closed=False) == {Shown.FRACTION}
    assert shown_now(policy, submitted=True, closed=True) == frozenset(Shown)


def test_what_an_author_chose_stands_over_the_preset() -> None:
    policy = policy_for("practice", {"after_submit": ["verdict"]})

    assert policy == {"after_answer": EVERYTHING, "after_submit": ["verdict"], "after_close": EVERYTHING}


def test_what_was_shown_once_stays_shown() -> None:
    policy = {"after_submit": ["verdict"], "after_close": ["key"]}

    assert shown_now(policy, submitted=True, closed=True) == {Shown.VERDICT, Shown.KEY}
