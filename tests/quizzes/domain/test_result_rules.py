"""What counts of several attempts: each rule, and that another rule holds at once for what was graded before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import Enrollment
from quizzes.domain.gradebook import Filter, lines_of
from quizzes.domain.quiz_history import undo_last_change
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.rebuild import rebuild_results
from quizzes.domain.results import refresh_result, refresh_results, refresh_results_on
from quizzes.models import Attempt, AttemptState, Quiz, Result, ResultRule
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RULES = list(ResultRule)
TAKEN = ["0.4", "0.9", "0.5"]
MADE = {"best": ("0.9", 2), "last": ("0.5", 3), "first": ("0.4", 1), "mean": ("0.6", None)}
"""What each rule makes of these attempts: the fraction, and the number of the attempt it is from."""


def attempt(quiz: Quiz, enrollment: Enrollment | None, number: int, fraction: str | None, **fields: Any) -> Attempt:
    known = {"state": AttemptState.SUBMITTED, "submitted_at": NOW, "seed": 1, "policy": {}, "started_at": NOW, **fields}
    graded = None if fraction is None else Decimal(fraction)
    stands = {"fraction": graded, "graded_at": None if graded is None else NOW}
    return Attempt.objects.create(quiz=quiz, enrollment=enrollment, number=number, **stands, **known)


def taken(quiz: Quiz, *fractions: str | None, **fields: Any) -> list[Attempt]:
    """Somebody new, with attempts that were graded like this."""
    enrollment = make_enrollment(quiz.course)
    return [attempt(quiz, enrollment, number, each, **fields) for number, each in enumerate(fractions, 1)]


def quiz_by(rule: str) -> Quiz:
    return make_quiz(make_course(), questions=1, result_rule=rule)


def stands(enrollment: Enrollment | None) -> tuple[str, int | None, int]:
    """The learner's fraction, the number of the attempt that it comes from, and of how many attempts it is."""
    result = Result.objects.select_related("attempt").get(enrollment=enrollment)
    return str(result.fraction.normalize()), result.attempt.number if result.attempt else None, result.attempts


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_makes_the_result_of_all_attempts_one_by_one_or_together(rule: ResultRule) -> None:
    quiz = quiz_by(rule)
    one, many = taken(quiz, *TAKEN), taken(quiz, *TAKEN)

    refresh_result(one[0], at=NOW)
    refresh_results(many, at=NOW)

    assert stands(one[0].enrollment) == stands(many[0].enrollment) == (*MADE[rule], 3)
    assert rebuild_results(check=True) == []


@pytest.mark.parametrize("rule", RULES)
def test_of_equal_attempts_the_best_is_the_earliest(rule: ResultRule) -> None:
    attempts = taken(quiz_by(rule), "0.5", "0.5")

    refresh_results(attempts, at=NOW)

    wanted = {"best": 1, "last": 2, "first": 1, "mean": None}
    assert stands(attempts[0].enrollment) == ("0.5", wanted[rule], 2)


@pytest.mark.parametrize("rule", RULES)
def test_what_does_not_count_changes_no_result(rule: ResultRule) -> None:
    quiz = quiz_by(rule)
    [counting] = taken(quiz, "0.5")
    practice = attempt(quiz, counting.enrollment, 2, "1", counts=False)
    ungraded = attempt(quiz, counting.enrollment, 3, None)
    void = attempt(quiz, counting.enrollment, 4, "0", state=AttemptState.VOID)
    nobody = attempt(quiz, None, 1, "1", anonymous_key=quiz.uuid)

    refresh_results([counting, practice, ungraded, void, nobody], at=NOW)

    assert stands(counting.enrollment) == ("0.5", None if rule == "mean" else 1, 1)
    assert Result.objects.count() == 1


def test_who_has_no_graded_attempt_left_has_no_result() -> None:
    quiz = quiz_by("best")
    [gone], [stays] = taken(quiz, "0.5"), taken(quiz, "0.7")
    refresh_results([gone, stays], at=NOW)
    Attempt.objects.filter(pk=gone.pk).update(fraction=None, graded_at=None)

    refresh_results([gone, stays], at=NOW)

    assert [result.enrollment for result in Result.objects.all()] == [stays.enrollment]


@pytest.mark.parametrize("before", RULES)
@pytest.mark.parametrize("after", RULES)
def test_another_rule_holds_for_every_learner_at_once_and_is_taken_back_with_all_results(
    before: ResultRule, after: ResultRule
) -> None:
    quiz = quiz_by(before)
    attempts = taken(quiz, *TAKEN)
    refresh_results(attempts, at=NOW)

    change_settings(quiz, changes={"result_rule": after}, actor=None)

    assert stands(attempts[0].enrollment) == (*MADE[after], 3)
    assert rebuild_results(check=True) == []
    if before != after:
        undo_last_change(quiz, actor=None)
    assert stands(attempts[0].enrollment) == (*MADE[before], 3)
    assert rebuild_results(check=True) == []


def test_the_gradebook_shows_what_counts_now() -> None:
    quiz = quiz_by("best")
    attempts = taken(quiz, *TAKEN)
    refresh_results(attempts, at=NOW)

    change_settings(quiz, changes={"result_rule": "first"}, actor=None)

    [line] = lines_of([attempts[0].enrollment], quizzes=[quiz], wanted=Filter())  # type: ignore[list-item]  # -- it has one
    assert (line.cells[0].fraction, line.overall) == (Decimal("0.4"), Decimal("0.4"))


def test_another_rule_touches_no_other_quiz() -> None:
    course = make_course()
    changed, other = (make_quiz(course, questions=1, result_rule="best") for _ in range(2))
    attempts = [*taken(changed, *TAKEN), *taken(other, *TAKEN)]
    refresh_results(attempts, at=NOW)
    before = Result.objects.values().get(quiz=other)

    change_settings(changed, changes={"result_rule": "last"}, actor=None)

    assert Result.objects.values().get(quiz=other) == before


def test_settings_beside_the_rule_leave_results_as_they_are() -> None:
    quiz = quiz_by("best")
    attempts = taken(quiz, *TAKEN)
    refresh_results(attempts, at=NOW)
    before = list(Result.objects.values())

    change_settings(quiz, changes={"title": "Another", "pass_fraction": Decimal("0.5")}, actor=None)
    undo_last_change(quiz, actor=None)

    assert list(Result.objects.values()) == before


@pytest.mark.parametrize("learners", [1, 30])
def test_another_rule_takes_the_same_statements_whatever_the_number_of_learners(learners: int) -> None:
    quiz = quiz_by("best")
    for _ in range(learners):
        refresh_results(taken(quiz, *TAKEN), at=NOW)

    with CaptureQueriesContext(connection) as asked:
        refresh_results_on(quiz, at=NOW)

    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) == 2
    assert Result.objects.count() == learners


def test_a_quiz_that_nobody_took_has_no_results_by_any_rule() -> None:
    quiz = quiz_by("best")

    for rule in RULES:
        change_settings(quiz, changes={"result_rule": rule}, actor=None)
        quiz.refresh_from_db()

    assert not Result.objects.exists()
