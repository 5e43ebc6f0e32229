"""What a policy shows is told in words, all of it and nothing else, for every policy that can be stored."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from quizzes.policy import ONLY_ONCE_SETTLED, PRESETS, Moment, Shown, policy_for, policy_problems
from quizzes.policy_words import EVERYTHING, NAMES, policy_in_words

CHECK = "You can check each answer as you go, and see"
AFTERWARDS = "After you submit you see"
AS_YOU_PRACTISE = (
    f"{CHECK} your points, what was right and comments on your answers; the right answers and the passages that prove "
    f"them follow once it no longer changes. {AFTERWARDS} {EVERYTHING}."
)
some = st.lists(st.sampled_from([each.value for each in Shown]), unique=True, max_size=5)
policies = st.fixed_dictionaries({moment.value: some for moment in Moment})


def words(*, at_once: Any = (), submitted: Any = (), closed: Any = (), has_closing: bool = True) -> str:
    policy = {"after_answer": list(at_once), "after_submit": list(submitted), "after_close": list(closed)}
    assert list(policy_problems(policy)) == []
    return policy_in_words(policy, has_closing=has_closing)


@pytest.mark.parametrize(
    ("mode", "has_closing", "said"),
    [
        (
            "practice",
            True,
            AS_YOU_PRACTISE,
        ),
        ("check", True, f"{AFTERWARDS} {EVERYTHING}."),
        ("check", False, f"{AFTERWARDS} {EVERYTHING}."),
        ("exam", True, f"{AFTERWARDS} your points. Once the quiz has closed you see {EVERYTHING}."),
        ("exam", False, f"{AFTERWARDS} {EVERYTHING}."),
    ],
)
def test_each_preset_is_told_as_a_learner_meets_it(mode: str, has_closing: bool, said: str) -> None:
    assert policy_in_words(policy_for(mode, {}), has_closing=has_closing) == said


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"at_once": ["verdict"]}, f"{CHECK} what was right."),
        ({"at_once": ["key"]}, f"{CHECK} the right answers once it no longer changes."),
        (
            {"at_once": ["evidence", "key"]},
            f"{CHECK} the right answers and the passages that prove them once it no longer changes.",
        ),
        (
            {"at_once": ["feedback", "key"]},
            f"{CHECK} comments on your answers; the right answers follow once it no longer changes.",
        ),
        ({"submitted": ["verdict", "fraction"]}, f"{AFTERWARDS} your points and what was right."),
        ({"closed": ["key"]}, "Nothing is shown at once. Once the quiz has closed you see the right answers."),
        ({"closed": ["key"], "has_closing": False}, f"{AFTERWARDS} the right answers."),
        (
            {"submitted": ["key"], "closed": ["key", "fraction"], "has_closing": False},
            f"{AFTERWARDS} your points and the right answers.",
        ),
        ({}, "Nothing is shown at once."),
        (
            {"submitted": ["key"], "closed": ["key"]},
            f"{AFTERWARDS} the right answers.",
        ),
        (
            {"submitted": ["key"], "closed": ["key", "fraction"]},
            f"{AFTERWARDS} the right answers. Once the quiz has closed you see your points and the right answers.",
        ),
    ],
)
def test_what_is_shown_when_is_told_in_a_sentence_or_two(shown: dict[str, Any], said: str) -> None:
    assert words(**shown) == said


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({}, "Rien n’est montré tout de suite."),
        ({"submitted": ["verdict", "fraction"]}, "Après la remise, vous voyez vos points et ce qui était juste."),
        (
            {"at_once": ["verdict"]},
            "Vous pouvez vérifier chaque réponse au fur et à mesure et voir ce qui était juste.",
        ),
    ],
)
def test_it_is_told_in_the_language_of_who_reads_it(shown: dict[str, Any], said: str) -> None:
    with override("fr"):
        assert words(**shown) == said


@given(policies, st.booleans())
def test_any_policy_is_told_in_whole_sentences(policy: dict[str, list[str]], has_closing: bool) -> None:
    said = policy_in_words(policy, has_closing=has_closing)
    assert said.endswith(".")
    assert "  " not in said
    assert " ." not in said
    assert " and ." not in said


@given(policies, st.booleans())
def test_the_order_in_which_things_were_ticked_says_nothing(policy: dict[str, list[str]], has_closing: bool) -> None:
    turned = {moment: shown[::-1] for moment, shown in policy.items()}
    assert policy_in_words(turned, has_closing=has_closing) == policy_in_words(policy, has_closing=has_closing)


@pytest.mark.parametrize("number", range(1, 5))
@pytest.mark.parametrize("moment", ["submitted", "closed"])
def test_each_thing_that_is_shown_is_named_and_no_other(moment: str, number: int) -> None:
    for shown in combinations(Shown, number):
        told: dict[str, Any] = {moment: list(shown)}
        said = words(**told)
        assert {thing for thing in Shown if NAMES[thing] in said} == set(shown)


def test_all_of_it_has_a_name_for_itself() -> None:
    assert words(submitted=list(Shown)) == f"{AFTERWARDS} {EVERYTHING}."


@pytest.mark.parametrize("thing", sorted(ONLY_ONCE_SETTLED))
def test_what_would_give_the_answer_away_is_never_promised_while_it_can_change(thing: Shown) -> None:
    for others in combinations([each for each in Shown if each != thing], 2):
        said = words(at_once=[thing, *others])
        assert said.index(NAMES[thing]) < said.index("once it no longer changes")


def test_everything_that_can_be_shown_has_a_name_of_its_own() -> None:
    assert set(NAMES) == set(Shown)
    assert len(set(NAMES.values())) == len(Shown)
    assert set(PRESETS) == {"practice", "check", "exam"}
