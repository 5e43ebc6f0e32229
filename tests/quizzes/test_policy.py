"""What is shown when."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.policy import (
    EVERYTHING,
    PRESETS,
    Moment,
    Shown,
    is_interactive,
    policy_for,
    policy_problems,
    shown_now,
    shown_while_answering,
    waits_for_closing,
)


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


@pytest.mark.parametrize("closed", [False, True])
def test_what_was_shown_while_answering_is_held_back_where_an_author_holds_it_back(closed: bool) -> None:
    policy = policy_for("practice", {"after_submit": [], "after_close": []})

    assert shown_while_answering(policy, settled=True) == frozenset(Shown)
    assert shown_now(policy, submitted=True, closed=closed) == frozenset()


def test_what_was_shown_once_stays_shown() -> None:
    policy = {"after_submit": ["verdict"], "after_close": ["key"]}

    assert shown_now(policy, submitted=True, closed=True) == {Shown.VERDICT, Shown.KEY}


def test_what_would_give_an_answer_away_waits_until_it_is_settled() -> None:
    policy = policy_for("practice", {})

    assert shown_while_answering(policy, settled=False) == {Shown.FRACTION, Shown.VERDICT, Shown.FEEDBACK}
    assert shown_while_answering(policy, settled=True) == frozenset(Shown)


@pytest.mark.parametrize(("mode", "waits"), [("practice", False), ("check", False), ("exam", True)])
def test_only_an_exam_keeps_something_for_its_closing(mode: str, waits: bool) -> None:
    assert waits_for_closing(policy_for(mode, {})) is waits
    assert not waits_for_closing(policy_for(mode, {"after_close": []}))


@pytest.mark.parametrize(("mode", "interactive"), [("practice", True), ("check", False), ("exam", False)])
def test_only_practice_shows_something_while_answering(mode: str, interactive: bool) -> None:
    policy = policy_for(mode, {})

    assert is_interactive(policy) is interactive
    assert shown_while_answering(policy, settled=True) == (frozenset(Shown) if interactive else frozenset())


MOMENTS = "the moments are: after_answer, after_submit, after_close."
THINGS = "it can show: fraction, verdict, feedback, key, evidence."


@pytest.mark.parametrize(
    ("chosen", "problems"),
    [
        ({}, []),
        ({"after_answer": [], "after_close": ["key"]}, []),
        (PRESETS["exam"], []),
        ([], ["Write the feedback as moments, each with a list of what is shown from then on."]),
        ({"soon": ["key"]}, [f"There is no moment “soon”; {MOMENTS}"]),
        ({"after_close": "key"}, ["Write what “after_close” shows as a list of names."]),
        ({"after_close": [3]}, ["Write what “after_close” shows as a list of names."]),
        ({"after_close": ["answers"]}, [f"“after_close” cannot show “answers”; {THINGS}"]),
        ({"after_submit": ["key", "key"]}, ["“after_submit” names something twice."]),
    ],
)
def test_what_is_wrong_with_a_stored_matrix_is_said(chosen: Any, problems: list[str]) -> None:
    assert list(policy_problems(chosen)) == problems


json_values = st.recursive(
    st.none() | st.integers() | st.sampled_from([*Shown, "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*Moment, "x"]), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from(list(PRESETS)), st.booleans(), st.booleans())
def test_any_matrix_is_judged_and_one_without_problems_can_be_used(
    chosen: Any, mode: str, submitted: bool, closed: bool
) -> None:
    if not list(policy_problems(chosen)):
        policy = policy_for(mode, chosen)
        assert shown_now(policy, submitted=submitted, closed=closed) <= frozenset(Shown)
        answering = [shown_while_answering(policy, settled=settled) for settled in (False, True)]
        afterwards = [shown_now(policy, submitted=True, closed=each) for each in (False, True)]
        assert answering[0] <= answering[1]
        assert afterwards[0] <= afterwards[1]
        assert shown_while_answering(policy, settled=False).isdisjoint({Shown.KEY, Shown.EVIDENCE})
