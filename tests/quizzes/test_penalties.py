"""What tries and hints cost."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.penalties import AttemptRules, penalised, penalty_of, raw_fraction, rules_of
from quizzes.questions.base import Outcome

TENTH = AttemptRules(tries_allowed=3, try_penalty=Decimal("0.1"), hint_penalty=Decimal("0.2"))
fractions = st.decimals(0, 1, places=6)
rules = st.builds(
    AttemptRules,
    tries_allowed=st.none() | st.integers(1, 20),
    try_penalty=fractions,
    hint_penalty=fractions,
    is_sequential=st.booleans(),
)


@given(rules)
def test_rules_come_back_from_what_an_attempt_pins(rules: AttemptRules) -> None:
    assert rules_of(json.loads(json.dumps(rules.pinned()))) == rules


def test_nothing_is_pinned_where_all_is_as_usual() -> None:
    assert AttemptRules().pinned() == {}


@pytest.mark.parametrize(
    ("answers", "hints", "penalty"),
    [(0, 0, "0"), (1, 0, "0"), (2, 0, "0.1"), (3, 0, "0.2"), (1, 1, "0.2"), (3, 2, "0.6"), (9, 9, "1")],
)
def test_the_first_answer_is_free_and_each_further_one_and_each_hint_costs(
    answers: int, hints: int, penalty: str
) -> None:
    assert penalty_of(TENTH, answers=answers, hints=hints) == Decimal(penalty)


def test_the_detail_and_the_feedback_say_how_the_fraction_came_about() -> None:
    graded = penalised(Outcome(1.0, "Well read.", {"path": "right"}), TENTH, answers=3, hints=1)

    assert graded.fraction == 0.6
    assert graded.detail == {"path": "right", "raw": 1.0, "penalty": 0.4, "tries": 3, "hints": 1}
    assert graded.feedback == "Well read.\n2 further tries and 1 hint cost 40 % of the points."


@pytest.mark.parametrize(
    ("answers", "hints", "words"),
    [
        (2, 0, "1 further try costs 10 % of the points."),
        (1, 1, "1 hint costs 20 % of the points."),
        (1, 2, "2 hints cost 40 % of the points."),
    ],
)
def test_one_is_said_as_one(answers: int, hints: int, words: str) -> None:
    assert penalised(Outcome(1.0), TENTH, answers=answers, hints=hints).feedback == words


@pytest.mark.parametrize("outcome", [Outcome(None, "A person reads it."), Outcome(0.5)])
def test_where_a_person_must_look_or_nothing_is_charged_the_outcome_stays(outcome: Outcome) -> None:
    answers = 5 if outcome.fraction is None else 1

    assert penalised(outcome, TENTH, answers=answers, hints=0) is outcome


@given(st.floats(0, 1), rules, st.integers(0, 50), st.integers(0, 50))
def test_a_fraction_stays_between_0_and_what_it_was(raw: float, rules: AttemptRules, answers: int, hints: int) -> None:
    graded = penalised(Outcome(raw), rules, answers=answers, hints=hints)

    assert graded.fraction is not None
    assert 0 <= graded.fraction <= round(raw, 6) or graded.fraction == raw


@given(fractions, rules, st.integers(1, 20), st.integers(0, 20))
def test_one_try_or_hint_more_never_earns_more(raw: Decimal, rules: AttemptRules, answers: int, hints: int) -> None:
    here = penalised(Outcome(float(raw)), rules, answers=answers, hints=hints).fraction
    more = [(answers + 1, hints), (answers, hints + 1)]

    assert here is not None
    assert all(
        (fraction := penalised(Outcome(float(raw)), rules, answers=a, hints=h).fraction) is not None
        and fraction <= here
        for a, h in more
    )


@pytest.mark.parametrize(
    ("fraction", "detail", "raw"),
    [("0.600000", {"raw": 1.0}, "1"), ("0.5", {}, "0.5"), (None, {"raw": 1.0}, None)],
)
def test_how_right_an_answer_was_is_told_apart_from_what_it_earned(
    fraction: str | None, detail: dict[str, float], raw: str | None
) -> None:
    found = raw_fraction(Decimal(fraction) if fraction else None, detail)

    assert found == (Decimal(raw) if raw else None)
