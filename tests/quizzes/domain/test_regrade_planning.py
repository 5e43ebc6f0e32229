"""The dry run says what grading again would do, line by line, and why a line stays as it is."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.domain import enqueue, run_job
from jobs.models import Job
from quizzes.domain.people_grades import record_person_grades
from quizzes.domain.regrade_planning import give_up_plan
from quizzes.domain.regrades import covered_by, plan_regrade
from quizzes.models import (
    Attempt,
    CauseKind,
    GradingEvent,
    LineState,
    QuestionVersion,
    RegradeLine,
    RegradeRun,
    Response,
    RunState,
)
from tests.factories import NOW
from tests.quizzes.domain.regraded import REASON, Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def states() -> list[str]:
    return list(RegradeLine.objects.order_by("response_id").values_list("state", flat=True))


def decide(response: Response, fraction: str, group: Class, **detail: bool) -> None:
    record_person_grades(
        [Response.objects.select_related("attempt__quiz", "version__question").get(pk=response.pk)],
        fraction_by_response={response.pk: Decimal(fraction)},
        feedback="Read by me.",
        detail={"by": "hand", **detail},
        actor=group.instructor,
        cause_kind=CauseKind.OVERRIDE,
        at=NOW,
    )


def test_each_line_carries_the_grade_before_and_the_one_it_would_be() -> None:
    group = Class()
    group.answered("thirst machine", "dry machine", "wet")
    newest = group.accept("dry machine")
    group.plan()

    lines = RegradeLine.objects.order_by("response_id")
    assert [(line.before_fraction, line.after_fraction, line.state) for line in lines] == [
        (Decimal(1), Decimal(0), LineState.CHANGED),
        (Decimal(0), Decimal(1), LineState.CHANGED),
        (Decimal(0), Decimal(0), LineState.UNCHANGED),
    ]
    assert {line.version for line in lines} == {newest}
    assert {line.before_event for line in lines} == {1}
    assert {line.outcome["grader"].partition("@")[0] for line in lines} == {"short_text"}


def test_only_higher_grades_are_wanted_where_asked_so() -> None:
    group = Class()
    group.answered("thirst machine", "dry machine")
    group.accept("dry machine")
    run = group.plan(only_if_higher=True)
    assert states() == [LineState.KEPT_LOWER, LineState.CHANGED]
    assert (run.changed, run.kept) == (1, 1)


def test_what_a_person_decided_is_kept() -> None:
    group = Class()
    first, _ = group.answered("dry machine", "dry machine")
    decide(first, "0.5", group)
    group.accept("dry machine")
    run = group.plan()
    assert states() == [LineState.KEPT_BY_PERSON, LineState.CHANGED]
    assert (run.changed, run.kept) == (1, 1)


def test_what_a_person_took_back_is_graded_again() -> None:
    group = Class()
    (only,) = group.answered("dry machine")
    decide(only, "0.5", group)
    decide(only, "0", group, taken_back=True)
    group.accept("dry machine")
    group.plan()
    assert states() == [LineState.CHANGED]


def test_an_answer_that_means_nothing_in_the_new_wording_keeps_its_grade() -> None:
    group = Class()
    group.answered("thirst machine")
    kind = {"stem": "Who?", "options": [{"id": "b2", "text": "A", "correct": True}, {"id": "c3", "text": "B"}]}
    question = group.version.question
    QuestionVersion.objects.filter(question=question).update(state="retired")
    QuestionVersion.objects.create(
        question=question, number=2, kind="single_choice", content=kind, state="published",
        created_at=NOW, reviewed_at=NOW, published_at=NOW,
    )  # fmt: skip
    run = group.plan()
    line = RegradeLine.objects.get()
    assert (line.state, line.after_fraction, run.kept) == (LineState.FAILED, Decimal(1), 1)
    assert line.outcome["problem"].startswith("The answer was given to another wording")


def test_a_question_withdrawn_since_is_graded_by_the_wording_it_was_asked_in() -> None:
    group = Class()
    (only,) = group.answered("thirst machine")
    QuestionVersion.objects.update(state="retired")
    group.plan()
    line = RegradeLine.objects.get()
    assert (line.version_id, line.state) == (only.version_id, LineState.UNCHANGED)


def test_a_broken_question_is_said_on_the_line_and_costs_nothing() -> None:
    group = Class()
    group.answered("thirst machine")
    question = group.version.question
    QuestionVersion.objects.update(state="retired")
    QuestionVersion.objects.create(
        question=question, number=2, kind="short_text", content={"stem": "?"},
        state="published", created_at=NOW, reviewed_at=NOW, published_at=NOW,
    )  # fmt: skip
    group.plan()
    line = RegradeLine.objects.get()
    assert (line.state, bool(line.outcome["problem"])) == (LineState.FAILED, True)


def test_planning_again_after_a_death_goes_on_and_repeats_nothing() -> None:
    group = Class()
    group.answered("a", "b", "c")
    run = plan_regrade(group.course, quiz=group.quiz, reason=REASON, actor=None, hint=False)
    first, *_ = Response.objects.order_by("pk")
    RegradeLine.objects.create(run=run, response=first, before_grading="graded", before_fraction=0)
    run_job(Job.objects.get(kind="plan_regrade").uuid)
    assert (RegradeLine.objects.count(), set(states())) == (3, {LineState.UNCHANGED})


def test_an_attempt_in_progress_is_not_covered() -> None:
    group = Class()
    group.answered("a")
    Response.objects.update(grading="not_ready", fraction=None)
    Attempt.objects.update(state="in_progress", submitted_at=None, fraction=None)
    assert list(covered_by(RegradeRun(course=group.course, quiz=group.quiz))) == []


def test_a_plan_that_is_given_up_is_discarded() -> None:
    group = Class()
    group.answered("a")
    run = plan_regrade(group.course, quiz=group.quiz, reason=REASON, actor=None, hint=False)
    give_up_plan(Job.objects.get(kind="plan_regrade"), "killed four times")
    assert RegradeRun.objects.get(pk=run.pk).state == RunState.DISCARDED


def test_a_job_of_a_run_that_is_gone_does_nothing() -> None:
    job = enqueue("plan_regrade", subject=uuid4(), hint=False)
    run_job(job.uuid)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {})


@pytest.mark.parametrize("count", [2, 9])
def test_planning_costs_as_many_statements_for_many_as_for_few(count: int) -> None:
    group = Class()
    group.answered(*["dry machine"] * count)
    group.accept("dry machine")
    plan_regrade(group.course, quiz=group.quiz, reason=REASON, actor=None, hint=False)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        run_job(Job.objects.get(kind="plan_regrade").uuid)
    assert len(seen) <= 30
    assert GradingEvent.objects.count() == count
