"""What the dry run said is what applying does, once, whatever dies meanwhile; and it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import InboxMessage
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain import result_changed
from quizzes.domain.ledger import reasons_of
from quizzes.domain.rebuild import rebuild_progress, rebuild_results
from quizzes.domain.regrades import apply_regrade, undo_cause
from quizzes.models import (
    Attempt,
    CauseKind,
    ConceptMastery,
    GradingEvent,
    LineState,
    RegradeLine,
    RegradeRun,
    Response,
    Result,
    RunState,
)
from tests.factories import NOW
from tests.quizzes.domain.regraded import REASON, Class, fractions
from tests.quizzes.domain.test_regrade_planning import decide

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=2)


def everything_agrees() -> bool:
    return rebuild_results(check=True, at=LATER) == [] and rebuild_progress(check=True, at=LATER) == []


def test_applying_gives_each_changed_line_its_grade_by_one_event() -> None:
    group = Class()
    group.answered("thirst machine", "dry machine", "wet")
    newest = group.accept("dry machine")
    run = group.apply(group.plan())

    assert (run.state, run.changed, fractions()) == (RunState.APPLIED, 2, ["0", "1", "0"])
    events = GradingEvent.objects.filter(cause=run.uuid).order_by("response_id")
    assert [(each.number, each.cause_kind, each.fraction, each.version, each.actor) for each in events] == [
        (2, CauseKind.REGRADE, Decimal(0), newest, group.instructor),
        (2, CauseKind.REGRADE, Decimal(1), newest, group.instructor),
    ]
    assert set(reasons_of(events).values()) == {REASON}
    assert ["reason" in each.detail for each in events] == [False, False]


def test_all_that_rests_on_a_grade_is_folded_anew() -> None:
    group = Class(questions=2)
    group.answered("dry machine", "wet")
    group.accept("dry machine")
    group.apply(group.plan())
    assert [float(each.fraction or 0) for each in Attempt.objects.order_by("pk")] == [0.5, 0.0]
    assert Result.objects.filter(fraction=Decimal("0.5")).count() == 1
    assert ConceptMastery.objects.filter(mastery=Decimal("0.5")).count() == 1
    assert everything_agrees()


def test_undoing_gives_back_every_grade_by_events_of_its_own() -> None:
    group = Class()
    group.answered("thirst machine", "dry machine", "wet")
    before = fractions()
    group.accept("dry machine")
    run = group.undo(group.apply(group.plan()))

    assert (run.state, fractions()) == (RunState.UNDONE, before)
    assert GradingEvent.objects.filter(cause=undo_cause(run)).count() == 2
    assert set(GradingEvent.objects.filter(number=3).values_list("detail__undoes", flat=True)) == {str(run.uuid)}
    assert everything_agrees()


def test_undoing_leaves_alone_what_a_person_decided_since() -> None:
    group = Class()
    first, _ = group.answered("dry machine", "dry machine")
    group.accept("dry machine")
    run = group.apply(group.plan())
    decide(first, "0.25", group)
    group.undo(run)
    assert fractions() == ["0.25", "0"]


def test_a_grade_given_after_planning_is_not_overwritten() -> None:
    group = Class()
    first, _ = group.answered("dry machine", "dry machine")
    group.accept("dry machine")
    run = group.plan()
    decide(first, "0.25", group)
    run = group.apply(run)
    assert fractions() == ["0.25", "1"]
    assert (run.changed, run.kept) == (1, 1)
    assert RegradeLine.objects.get(response=first).state == LineState.KEPT_BY_PERSON


def test_a_response_regraded_by_another_run_meanwhile_is_planned_again() -> None:
    group = Class()
    group.answered("dry machine")
    group.accept("dry machine")
    early, late = group.plan(), group.plan()
    group.apply(early)
    late = group.apply(late)
    assert (late.state, late.changed, fractions()) == (RunState.APPLIED, 0, ["1"])
    assert GradingEvent.objects.count() == 2


def test_a_worker_that_died_between_batches_is_followed_by_one_that_goes_on() -> None:
    group = Class()
    responses = group.answered("dry machine", "dry machine", "dry machine")
    group.accept("dry machine")
    run = group.plan()
    whole = RegradeLine.objects.exclude(response=responses[0])
    whole.update(state=LineState.UNCHANGED)
    run = group.apply(run)
    whole.update(state=LineState.CHANGED)
    run.state = RunState.PLANNED
    run.save(update_fields=["state"])
    group.apply(run)

    assert fractions() == ["1", "1", "1"]
    assert list(GradingEvent.objects.filter(cause=run.uuid).values_list("number", flat=True)) == [2, 2, 2]


def test_running_the_job_twice_is_once() -> None:
    group = Class()
    group.answered("dry machine")
    group.accept("dry machine")
    run = group.apply(group.plan())
    job = Job.objects.get(kind="apply_regrade")
    assert run_job(job.uuid) is False
    assert GradingEvent.objects.filter(cause=run.uuid).count() == 1


def test_each_learner_is_told_once_with_the_reason() -> None:
    group = Class(questions=3)
    group.answered("dry machine", "wet")
    for position in (1, 2, 3):
        question = group.quiz.items.get(position=position).question
        draft = group.accept("dry machine") if position == 1 else None
        assert draft is None or draft.question == question
    run = group.apply(group.plan())
    told = InboxMessage.objects.filter(kind="regraded")
    assert [(message.text, message.url) for message in told] == [
        (
            f"Your attempt at “{group.quiz.title}” was graded again: {REASON}",
            f"/attempts/{Attempt.objects.order_by('pk')[0].uuid}/",
        )
    ]
    group.undo(run)
    assert InboxMessage.objects.filter(kind="regraded").count() == 2


def test_whoever_wants_to_know_of_results_hears_of_each_attempt() -> None:
    heard: list[int] = []

    def hear(attempt: Attempt) -> None:
        heard.append(attempt.pk)

    group = Class()
    group.answered("dry machine", "wet")
    group.accept("dry machine")
    run = group.plan()
    result_changed.subscribe(hear)
    try:
        group.apply(run)
    finally:
        result_changed._subscribers.remove(hear)
    assert heard == [Attempt.objects.order_by("pk")[0].pk]


def test_a_failed_grading_can_be_mended_and_undone() -> None:
    group = Class()
    (only,) = group.answered("dry machine")
    group.accept("dry machine")
    Response.objects.update(grading="failed", fraction=None)
    Attempt.objects.update(fraction=None, graded_at=None)
    run = group.apply(group.plan())
    assert fractions() == ["1"]
    group.undo(run)
    only.refresh_from_db()
    assert (only.grading, only.fraction) == ("failed", None)


@pytest.mark.parametrize("count", [3, 12])
def test_a_batch_costs_as_many_statements_for_many_as_for_few(count: int) -> None:
    group = Class()
    group.answered(*["dry machine"] * count)
    group.accept("dry machine")
    run = group.plan()
    apply_regrade(run, actor=None, hint=False)
    with CaptureQueriesContext(connection) as seen:
        run_job(Job.objects.get(kind="apply_regrade").uuid)
    assert len(seen) <= 45
    assert fractions() == ["1"] * count


ANSWERS = st.lists(st.sampled_from(["thirst machine", "dry machine", "wet", "thirst machin"]), min_size=1, max_size=4)
ACCEPTED = st.lists(st.sampled_from(["dry machine", "wet", "thirst machine"]), min_size=1, max_size=3, unique=True)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, accepted=ACCEPTED, only_if_higher=st.booleans())
def test_the_real_run_is_the_dry_run_and_undoing_is_its_opposite(
    answers: list[str], accepted: list[str], only_if_higher: bool
) -> None:
    group = Class()
    responses = [each.pk for each in group.answered(*answers)]
    own = Response.objects.filter(pk__in=responses).order_by("pk")
    before = list(own.values_list("fraction", flat=True))
    group.accept(*accepted)
    run = group.plan(only_if_higher=only_if_higher)
    lines = RegradeLine.objects.filter(run=run).order_by("response_id")
    said = [line.after_fraction if line.state == LineState.CHANGED else line.before_fraction for line in lines]

    group.apply(run)
    assert list(own.values_list("fraction", flat=True)) == said
    if only_if_higher:
        assert all(float(after or 0) >= float(earlier or 0) for after, earlier in zip(said, before, strict=True))
    group.undo(run)
    assert list(own.values_list("fraction", flat=True)) == before


@pytest.mark.parametrize("deed", ["plan_regrade", "apply_regrade", "undo_regrade"])
def test_who_submits_meanwhile_does_not_wait_for_the_end_of_it(monkeypatch: pytest.MonkeyPatch, deed: str) -> None:
    """The worker of the run grades the newcomer between two batches, and then goes on with the run."""
    for module in ("regrade_planning", "regrade_applying"):
        monkeypatch.setattr(f"quizzes.domain.{module}.BATCH", 2)
    group = Class()
    group.answered(*["dry machine"] * 5)
    group.accept("dry machine")
    run = None if deed == "plan_regrade" else group.plan()
    if run and deed == "undo_regrade":
        run = group.apply(run)
    newcomer = group.submitted("dry machine")

    deeds: dict[str, Callable[..., RegradeRun]] = {
        "plan_regrade": group.plan,
        "apply_regrade": group.apply,
        "undo_regrade": group.undo,
    }
    run = deeds[deed](*([run] if run else []))

    newcomer.refresh_from_db()
    assert newcomer.fraction == Decimal(1)
    assert run.total == 5 + (deed == "plan_regrade")
    assert Job.objects.get(subject=newcomer.uuid).state == "done"
    graded = GradingEvent.objects.get(response__attempt=newcomer)
    own = {"apply_regrade": run.uuid, "undo_regrade": undo_cause(run)}.get(deed)
    if own:
        numbers = sorted(GradingEvent.objects.filter(cause=own).values_list("pk", flat=True))
        assert len(numbers) == 5
        assert numbers[1] < graded.pk < numbers[2]
    assert everything_agrees()
