"""A run is asked for, planned, applied, undone: each step once, and only from the step before."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from jobs.models import Job
from quizzes.domain.regrades import (
    NothingToRegrade,
    RunNotReady,
    apply_regrade,
    covered_by,
    discard_regrade,
    plan_regrade,
    undo_regrade,
)
from quizzes.models import GradingEvent, RegradeLine, RegradeRun, RunState
from tests.quizzes.domain.regraded import REASON, Class, fractions

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_planning_makes_a_run_and_changes_no_grade() -> None:
    group = Class()
    group.answered("thirst machine", "dry machine")
    group.accept("thirst machine", "dry machine")
    events = GradingEvent.objects.count()

    run = group.plan()

    assert (run.state, run.total, run.changed, run.kept, run.reason) == (RunState.PLANNED, 2, 1, 0, REASON)
    assert run.planned_at is not None
    assert fractions() == ["1", "0"]
    assert GradingEvent.objects.count() == events


def test_a_run_over_nothing_is_refused_and_leaves_nothing() -> None:
    group = Class()
    with pytest.raises(NothingToRegrade):
        plan_regrade(group.course, quiz=group.quiz, reason=REASON, actor=None)
    assert (RegradeRun.objects.count(), Job.objects.count()) == (0, 0)


def test_a_run_covers_its_quiz_its_question_or_both() -> None:
    group = Class(questions=2)
    responses = group.answered("a", "b")
    other = Class()
    other.answered("c")
    question = group.version.question

    def covered(**scope: object) -> set[int]:
        return set(covered_by(RegradeRun(course=group.course, **scope)).values_list("pk", flat=True))

    firsts = {each.pk for each in responses if each.position == 1}
    assert covered(quiz=group.quiz) == {each.pk for each in responses}
    assert covered(question=question) == firsts
    assert covered(quiz=group.quiz, question=question) == firsts
    assert covered(quiz=other.quiz) == set()


def test_a_run_over_chosen_responses_covers_no_other() -> None:
    group = Class()
    first, *_ = group.answered("dry machine", "dry machine", "wet")
    group.accept("dry machine")
    run = group.plan(responses=[first])
    assert (run.total, run.changed) == (1, 1)
    group.apply(run)
    assert fractions() == ["1", "0", "0"]


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (RunState.PLANNING, "apply"),
        (RunState.APPLYING, "apply"),
        (RunState.APPLIED, "apply"),
        (RunState.UNDONE, "apply"),
        (RunState.DISCARDED, "apply"),
        (RunState.PLANNED, "undo"),
        (RunState.APPLYING, "undo"),
        (RunState.UNDOING, "undo"),
        (RunState.UNDONE, "undo"),
        (RunState.APPLYING, "discard"),
        (RunState.APPLIED, "discard"),
        (RunState.UNDONE, "discard"),
    ],
)
def test_a_step_is_refused_from_any_other_state(state: RunState, step: str) -> None:
    group = Class()
    group.answered("wet")
    run = group.plan()
    when = {"applied_at": run.planned_at, "undone_at": run.planned_at}
    RegradeRun.objects.filter(pk=run.pk).update(state=state, **when)
    Job.objects.all().delete()

    with pytest.raises(RunNotReady):
        {
            "apply": lambda: apply_regrade(run, actor=None),
            "undo": lambda: undo_regrade(run, actor=None),
            "discard": lambda: discard_regrade(run),
        }[step]()

    assert (RegradeRun.objects.get().state, Job.objects.count()) == (state, 0)


def test_a_discarded_plan_changes_nothing_for_ever() -> None:
    group = Class()
    group.answered("dry machine")
    group.accept("dry machine")
    run = group.plan()
    discard_regrade(run)
    assert (RegradeRun.objects.get().state, fractions()) == (RunState.DISCARDED, ["0"])


def test_who_applied_and_who_undid_stands_in_the_audit_log() -> None:
    group = Class()
    group.answered("dry machine")
    group.accept("dry machine")
    run = group.undo(group.apply(group.plan()))
    entries = AuditEntry.objects.filter(subject=f"regrade:{run.uuid}").order_by("pk")
    assert [(entry.verb, entry.actor) for entry in entries] == [
        ("applied a regrade", group.instructor),
        ("undid a regrade", group.instructor),
    ]


def test_a_line_belongs_to_one_run_and_response() -> None:
    group = Class()
    group.answered("a", "b", "c")
    group.plan()
    group.plan()
    assert RegradeLine.objects.count() == 6
