"""Grading in its job: events, folds, broken questions, and what is left of a job that was given up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from config.benchmarks.statements import counted
from jobs.domain import claim, finish, run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.fold import fold_of, weighted_fraction
from quizzes.domain.grading import attempt_grading, give_up_grading, grade_attempt, record_grades, regrade_forgotten
from quizzes.models import (
    Attempt,
    ConceptMastery,
    Grading,
    GradingEvent,
    Issue,
    QuestionVersion,
    Response,
    Result,
    VersionState,
)
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def submitted(*answers: str, **fields: Any) -> Attempt:
    course = make_course()
    quiz = make_quiz(course, questions=len(answers), concept=make_concept(course), **fields)
    return again(start_attempt(quiz, enrollment=make_enrollment(course), at=NOW), *answers)


def again(attempt: Attempt, *answers: str) -> Attempt:
    given = [GivenAnswer(position, raw, 0) for position, raw in enumerate(answers, 1)]
    save_answers(attempt, given=given, at=NOW)
    return submit_attempt(attempt, at=NOW)


def job_of(attempt: Attempt) -> Job:
    return Job.objects.get(subject=attempt.uuid)


def test_every_response_gets_one_event_with_its_grader_and_inputs() -> None:
    attempt = submitted("k7", "m2")

    run_job(job_of(attempt).uuid)

    events = GradingEvent.objects.order_by("response__position")
    assert [(event.number, event.grader, event.fraction) for event in events] == [
        (1, "single_choice@1", Decimal(1)),
        (1, "single_choice@1", Decimal(0)),
    ]
    assert all(len(event.inputs_hash) == 64 for event in events)
    assert len({event.inputs_hash for event in events}) == 2


def test_grading_again_finds_nothing_to_do() -> None:
    attempt = submitted("k7")
    run_job(job_of(attempt).uuid)

    assert run_job(job_of(attempt).uuid) is False
    assert GradingEvent.objects.count() == 1


def test_recording_the_same_outcomes_twice_leaves_one_event() -> None:
    attempt = submitted("k7")
    claimed = claim(job_of(attempt).uuid)
    assert claimed is not None
    graded = grade_attempt(claimed)

    with transaction.atomic():
        record_grades(claimed, graded)
        record_grades(claimed, graded)

    assert GradingEvent.objects.count() == 1
    assert ConceptMastery.objects.count() == 1


def test_the_grading_task_stays_within_its_statements() -> None:
    attempt = submitted(*["k7"] * 10)
    job = job_of(attempt)

    with counted() as statements:
        claimed = claim(job.uuid)
        assert claimed is not None
        finish(claimed, grade_attempt(claimed))

    assert statements.count <= 14


def break_question(content: object) -> None:
    version = QuestionVersion.objects.order_by("pk").first()
    assert version is not None
    QuestionVersion.objects.filter(pk=version.pk).update(state=VersionState.DRAFT, published_at=None)
    QuestionVersion.objects.filter(pk=version.pk).update(content=content)


@pytest.mark.parametrize("content", [{}, {"stem": "?", "options": "none"}, [], "text", {"options": [{"id": 1}]}])
def test_a_broken_question_is_told_to_its_author_and_costs_nothing(content: object) -> None:
    attempt = submitted("k7", "k7")
    break_question(content)

    run_job(job_of(attempt).uuid)

    attempt.refresh_from_db()
    assert list(attempt.responses.values_list("grading", flat=True)) == ["failed", "graded"]
    assert (attempt.fraction, attempt.graded_at) == (None, None)
    assert attempt_grading(attempt) == Grading.FAILED
    assert Issue.objects.count() == 1
    assert not Result.objects.exists()
    assert job_of(attempt).state == "done"


def test_a_kind_that_is_gone_is_an_issue_not_a_crash() -> None:
    attempt = submitted("k7")
    QuestionVersion.objects.update(state=VersionState.DRAFT, published_at=None)
    QuestionVersion.objects.update(kind="gone")

    run_job(job_of(attempt).uuid)

    assert list(attempt.responses.values_list("grading", flat=True)) == ["failed"]
    assert Issue.objects.count() == 1


def test_an_answer_that_is_none_of_its_kind_counts_as_unanswered() -> None:
    attempt = submitted("no such option")

    run_job(job_of(attempt).uuid)

    attempt.refresh_from_db()
    assert attempt.fraction == 0


def test_giving_up_leaves_responses_visibly_failed() -> None:
    attempt = submitted("k7")

    give_up_grading(job_of(attempt), "tried four times")

    assert attempt_grading(attempt) == Grading.FAILED


def test_a_pending_response_without_a_job_gets_one() -> None:
    attempt = submitted("k7")
    Job.objects.all().delete()

    assert regrade_forgotten() == 1
    assert regrade_forgotten() == 0
    run_job(job_of(attempt).uuid)
    assert attempt_grading(Attempt.objects.get()) == Grading.GRADED


@pytest.mark.parametrize(
    ("rule", "expected"), [("best", "1.000000"), ("last", "0.000000"), ("first", "0.500000"), ("mean", "0.500000")]
)
def test_a_result_follows_its_rule(rule: str, expected: str) -> None:
    first = submitted("k7", "m2", result_rule=rule)
    run_job(job_of(first).uuid)
    assert first.enrollment is not None
    for answers in (("k7", "k7"), ("m2", "m2")):
        attempt = again(start_attempt(first.quiz, enrollment=first.enrollment, at=NOW), *answers)
        run_job(job_of(attempt).uuid)

    result = Result.objects.get()
    assert (str(result.fraction), result.attempts) == (expected, 3)


def test_answering_a_question_again_replaces_its_evidence() -> None:
    first = submitted("m2", "m2")
    run_job(job_of(first).uuid)
    assert first.enrollment is not None
    second = again(start_attempt(first.quiz, enrollment=first.enrollment, at=NOW), "k7", "k7")

    run_job(job_of(second).uuid)

    mastery = ConceptMastery.objects.get()
    assert (len(mastery.evidence), mastery.mastery) == (2, Decimal("0.75"))


def test_points_weigh_the_fraction() -> None:
    assert weighted_fraction([(Decimal(1), Decimal(3)), (Decimal(0), Decimal(1))]) == Decimal("0.75")


@pytest.mark.parametrize(
    ("gradings", "folded"),
    [
        (["graded", "failed", "pending"], Grading.FAILED),
        (["graded", "pending_manual", "pending"], Grading.PENDING_MANUAL),
        (["graded", "pending"], Grading.PENDING),
        (["not_ready"], Grading.NOT_READY),
        (["graded", "graded"], Grading.GRADED),
    ],
)
def test_an_attempts_grading_folds_its_responses(gradings: list[str], folded: Grading) -> None:
    assert fold_of(gradings) == folded


def test_a_graded_response_without_a_fraction_is_refused_by_the_database() -> None:
    submitted("k7")

    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.update(grading=Grading.GRADED)
