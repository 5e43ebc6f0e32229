"""A regrade run as a person reads it: who gains, who loses, who passes only now."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.domain.regrade_report import MOST_SHOWN, Change, RunReport, report_of
from quizzes.models import (
    Attempt,
    AttemptState,
    Grading,
    LineState,
    QuestionVersion,
    Quiz,
    RegradeLine,
    RegradeRun,
    Response,
)
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Run:
    """A run over a quiz of as many questions as each attempt has, planned by hand."""

    def __init__(self, *, questions: int = 1, **fields: Any) -> None:
        self.quiz: Quiz = make_quiz(make_course(), questions=questions, **fields)
        self.versions = list(QuestionVersion.objects.filter(question__items__quiz=self.quiz).order_by("pk"))
        self.run = RegradeRun.objects.create(course=self.quiz.course, reason="The key was wrong.", created_at=NOW)

    def line(
        self,
        *changes: tuple[str | None, str | None],
        state: LineState = LineState.CHANGED,
        points: int = 1,
        anonymous: bool = False,
        **fields: Any,
    ) -> Attempt:
        """Somebody's attempt with an answer for each change, (before, after), and a line for each."""
        enrollment = None if anonymous else make_enrollment(self.quiz.course)
        attempt = Attempt.objects.create(
            quiz=self.quiz,
            enrollment=enrollment,
            anonymous_key=uuid4() if anonymous else None,
            number=1,
            seed=1,
            state=AttemptState.SUBMITTED,
            policy={},
            **{"started_at": NOW, "submitted_at": NOW, **fields},
        )
        for position, (version, (before, after)) in enumerate(zip(self.versions, changes, strict=True), 1):
            response = Response.objects.create(
                attempt=attempt,
                version=version,
                position=position,
                max_points=points,
                grading=Grading.PENDING_MANUAL if before is None else Grading.GRADED,
                fraction=number(before),
            )
            if before != after or state != LineState.CHANGED:
                RegradeLine.objects.create(
                    run=self.run,
                    response=response,
                    state=state,
                    before_grading=response.grading,
                    before_fraction=number(before),
                    after_fraction=number(after),
                )
        return attempt

    def report(self) -> RunReport:
        return report_of(self.run)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def tenths(**counts: int) -> tuple[int, ...]:
    """Counts by tenth, such as t0=2 for two attempts below 10 %."""
    return tuple(counts.get(f"t{place}", 0) for place in range(10))


def test_a_run_that_changes_nothing_says_so() -> None:
    run = Run()
    run.line(("0.5", "0.5"), state=LineState.UNCHANGED)

    assert run.report() == RunReport((), 0, tenths(), tenths(), 0, 0, 0, 0)


def test_an_attempt_stands_with_its_learner_before_and_after() -> None:
    run = Run()
    attempt = run.line(("0", "1"))

    [row] = run.report().attempts

    assert attempt.enrollment is not None
    assert (row.learner, row.attempt) == (str(attempt.enrollment.user), attempt)
    assert (row.before, row.after) == (Decimal(0), Decimal(1))
    assert row.changes == (Change(1, Decimal(0), Decimal(1)),)


def test_whoever_has_no_account_is_called_somebody() -> None:
    run = Run()
    run.line(("0", "1"), anonymous=True)

    assert [row.learner for row in run.report().attempts] == ["Somebody without an account"]


@pytest.mark.parametrize(
    ("changes", "credit", "before", "after"),
    [
        ([("0", "1"), ("0.5", "0.5")], "1", "0.25", "0.75"),
        ([("1", "0"), ("1", "1")], "1", "1", "0.5"),
        ([("0", "1"), ("1", "0")], "1", "0.5", "0.5"),
        ([("0", "1"), ("0", "0")], "0.8", "0", "0.4"),
        ([(None, "1"), ("1", "1")], "1", None, "1"),
        ([("1", None), ("1", "1")], "1", "1", None),
    ],
)
def test_unchanged_answers_and_the_credit_count_on_both_sides(
    changes: list[tuple[str | None, str | None]], credit: str, before: str | None, after: str | None
) -> None:
    run = Run(questions=2)
    run.line(*changes, credit=Decimal(credit))

    [row] = run.report().attempts

    assert (row.before, row.after) == (number(before), number(after))


@pytest.mark.parametrize(
    ("before", "after", "higher", "lower"),
    [("0", "1", 1, 0), ("1", "0.5", 0, 1), (None, "0.5", 1, 0), ("0.5", None, 0, 1), (None, "0", 0, 0)],
)
def test_who_gains_and_who_loses_is_counted(before: str | None, after: str | None, higher: int, lower: int) -> None:
    run = Run()
    run.line((before, after))

    report = run.report()

    assert (report.affected, report.higher, report.lower) == (1, higher, lower)


@pytest.mark.parametrize(
    ("mark", "before", "after", "passes"),
    [
        ("0.5", "0.4", "0.5", True),
        ("0.5", "0.5", "0.499999", False),
        ("0.5", "0.4", "0.49", None),
        ("0.5", "0.5", "1", None),
        ("0.5", None, "0.5", True),
        ("0.5", "1", None, False),
        ("0", None, "1", None),
        (None, "0", "1", None),
    ],
)
def test_who_crosses_the_pass_mark_is_said(
    mark: str | None, before: str | None, after: str | None, passes: bool | None
) -> None:
    run = Run(pass_fraction=number(mark))
    run.line((before, after))

    report = run.report()

    assert [row.passes for row in report.attempts] == [passes]
    assert (report.pass_now, report.fail_now) == (int(passes is True), int(passes is False))


def test_attempts_are_counted_by_tenths_with_full_marks_in_the_last() -> None:
    run = Run()
    for before, after in (("0", "0.1"), ("0.099999", "0.999999"), ("0.95", "1"), (None, "0.3")):
        run.line((before, after))

    report = run.report()

    assert report.before == tenths(t0=2, t9=1)
    assert report.after == tenths(t1=1, t3=1, t9=2)


def test_the_newest_attempts_come_first_and_those_begun_at_once_in_a_fixed_order() -> None:
    run = Run()
    old = run.line(("0", "1"), started_at=NOW - timedelta(days=1))
    even = [run.line(("0", "1"), anonymous=True) for _ in range(5)]
    new = run.line(("0", "1"), started_at=NOW + timedelta(days=1), submitted_at=NOW + timedelta(days=2))

    assert [row.attempt for row in run.report().attempts] == [new, *even, old]


@pytest.mark.parametrize("state", [state for state in LineState if state != LineState.CHANGED])
def test_lines_that_change_nothing_are_left_out(state: LineState) -> None:
    run = Run()
    run.line(("0", "1"), state=state)

    assert run.report().affected == 0


def test_only_the_first_are_shown_and_all_are_counted() -> None:
    run = Run()
    for _ in range(MOST_SHOWN + 1):
        run.line(("0", "1"), anonymous=True)

    with CaptureQueriesContext(connection) as asked:
        report = run.report()

    assert (len(report.attempts), report.affected, report.higher) == (MOST_SHOWN, MOST_SHOWN + 1, MOST_SHOWN + 1)
    assert report.after == tenths(t9=MOST_SHOWN + 1)
    assert len(asked) == 2


def test_a_report_is_the_same_before_and_after_applying() -> None:
    taken = Class(pass_fraction=Decimal("0.5"))
    taken.answered("thirst machine", "dry machine", "dam")
    taken.accept("dry machine")
    run = taken.plan()
    before = report_of(run)

    after = report_of(taken.apply(run))

    assert after == before
    assert (before.affected, before.higher, before.lower, before.pass_now, before.fail_now) == (2, 1, 1, 1, 1)
