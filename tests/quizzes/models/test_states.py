"""Which state follows which: the tables say so, and whatever is done in whatever order keeps to them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from quizzes.domain.regrades import (
    RunNotReady,
    apply_regrade,
    discard_regrade,
    plan_regrade,
    undo_regrade,
)
from quizzes.models import (
    Appeal,
    AppealState,
    Attempt,
    AttemptState,
    Grading,
    ImportLine,
    ImportLineState,
    ListImport,
    QuestionVersion,
    RegradeRun,
    Response,
    VersionState,
)
from quizzes.models.regrades import RunState
from tests.quizzes.domain.regraded import REASON, Class, fractions, run_every_job

TABLES: list[Any] = [
    pytest.param(Attempt.TRANSITIONS, AttemptState, id="attempts"),
    pytest.param(Response.TRANSITIONS, Grading, id="responses"),
    pytest.param(QuestionVersion.TRANSITIONS, VersionState, id="versions"),
    pytest.param(RegradeRun.TRANSITIONS, RunState, id="regrade runs"),
    pytest.param(Appeal.TRANSITIONS, AppealState, id="appeals"),
    pytest.param(ListImport.TRANSITIONS, RunState, id="list imports"),
    pytest.param(ImportLine.TRANSITIONS, ImportLineState, id="import lines"),
]


@pytest.mark.parametrize(("table", "states"), TABLES)
def test_every_state_has_its_row_and_leads_to_states_alone(table: Mapping[Any, set[Any]], states: Any) -> None:
    assert set(table) == set(states)
    assert {target for targets in table.values() for target in targets} <= set(states)


@pytest.mark.parametrize(("table", "states"), TABLES)
def test_every_state_is_reached_from_the_first(table: Mapping[Any, set[Any]], states: Any) -> None:
    reached, waiting = set(), [next(iter(table))]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += table[state]

    assert reached == set(states)


@pytest.mark.parametrize(
    ("table", "ends"),
    [
        (Attempt.TRANSITIONS, {AttemptState.VOID}),
        (RegradeRun.TRANSITIONS, {RunState.UNDONE, RunState.DISCARDED}),
        (ListImport.TRANSITIONS, {RunState.UNDONE, RunState.DISCARDED}),
        (
            ImportLine.TRANSITIONS,
            {ImportLineState.PASSED_OVER, ImportLineState.UNDONE, ImportLineState.KEPT},
        ),
        (Appeal.TRANSITIONS, {AppealState.ACCEPTED, AppealState.DECLINED}),
        (Response.TRANSITIONS, set()),
    ],
)
def test_what_is_over_stays_over(table: Mapping[Any, set[Any]], ends: set[Any]) -> None:
    assert {state for state, targets in table.items() if not targets} == ends


STEPS: Mapping[str, Any] = {
    "apply": lambda run: apply_regrade(run, actor=None, hint=False),
    "undo": lambda run: undo_regrade(run, actor=None, hint=False),
    "discard": discard_regrade,
    "plan": lambda _: run_every_job("plan_regrade"),
    "applying": lambda _: run_every_job("apply_regrade"),
    "undoing": lambda _: run_every_job("undo_regrade"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_asked_of_a_run_in_whatever_order_it_keeps_to_the_table(seed: int) -> None:
    chance, taken = Random(seed), Class()
    taken.answered("thirst machine", "dry machine")
    before = fractions()
    taken.accept("thirst machine", "dry machine")
    run = plan_regrade(taken.course, quiz=taken.quiz, reason=REASON, actor=None, hint=False)

    for _ in range(14):
        was = RunState(RegradeRun.objects.get().state)
        with suppress(RunNotReady):
            STEPS[chance.choice(list(STEPS))](run)
        now = RunState(RegradeRun.objects.get().state)
        assert now == was or now in RegradeRun.TRANSITIONS[was], (was, now)
        assert fractions() == (["1", "1"] if now in (RunState.APPLIED, RunState.UNDOING) else before), now


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["apply", "undo"])
def test_a_step_that_is_asked_for_twice_is_done_once(step: str) -> None:
    taken = Class()
    taken.answered("thirst machine", "dry machine")
    taken.accept("thirst machine", "dry machine")
    run = taken.plan()
    if step == "undo":
        run = taken.apply(run)

    STEPS[step](run)
    with pytest.raises(RunNotReady):
        STEPS[step](run)
    run_every_job("apply_regrade")
    run_every_job("undo_regrade")

    assert fractions() == (["1", "1"] if step == "apply" else ["1", "0"])
