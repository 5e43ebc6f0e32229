"""A list of grades: what it would change, cell by cell, or why a cell changes nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from quizzes.domain.grade_imports import GradeFate, GradeImportPlan, ImportedGrade, Unreachable, moves_to, plan_grades
from quizzes.domain.gradebook import Filter, lines_of, quizzes_of
from quizzes.grade_list import read_grades
from quizzes.models import Attempt, GradingEvent, ResultRule
from tests.factories import NOW, make_course, make_enrollment
from tests.quizzes.domain.listed import answer, grades, learners, results
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]
RIGHT, WRONG = "thirst machine", "wet"
FULL, NOTHING = Decimal(1), Decimal(0)


def planned(group: Class, text: str) -> GradeImportPlan:
    quizzes = quizzes_of(group.course)
    return plan_grades(group.course, read_grades(text, titles={q.slug: q.title for q in quizzes}), quizzes=quizzes)


def only(plan: GradeImportPlan) -> ImportedGrade:
    [grade] = plan.grades
    return grade


def test_a_plan_says_old_and_new_for_each_and_changes_nothing() -> None:
    group = Class()
    group.answered(RIGHT, WRONG, WRONG)
    before = GradingEvent.objects.count()

    plan = planned(group, grades(group, 80, 50, 0))

    assert [(grade.line, grade.fate, grade.old, grade.new) for grade in plan.grades] == [
        (2, GradeFate.CHANGES, FULL, Decimal("0.8")),
        (3, GradeFate.CHANGES, NOTHING, Decimal("0.5")),
        (4, GradeFate.SAME, NOTHING, NOTHING),
    ]
    assert GradingEvent.objects.count() == before
    assert results(group) == [FULL, NOTHING, NOTHING]


def test_an_import_is_the_gradebooks_own_file_back_again() -> None:
    group = Class(questions=3)
    group.answered(RIGHT)
    answer(group, make_enrollment(group.course), RIGHT, RIGHT, WRONG)
    [line] = [line for line in lines_of(learners(group), quizzes=[group.quiz], wanted=Filter()) if line.overall != 1]
    exported = round(float(line.cells[0].fraction or 0) * 100, 2)
    text = f"Email,{group.quiz.title}\n{line.enrollment.user.email},{exported}".replace(
        "The wall, checked", '"The wall, checked"'
    )
    assert exported == 66.67
    assert only(planned(group, text)).fate == GradeFate.SAME


@pytest.mark.parametrize(
    ("address", "cell", "reason"),
    [
        ("nobody@example.org", "80", "No learner of this course has this address."),
        ("{own}", "A", "is no grade"),
        ("{own}", "101", "is more than everything"),
        ("{idle}", "80", "There is no graded attempt that this could be the grade of."),
        ("{elsewhere}", "80", "No learner of this course has this address."),
        ("{left}", "80", "No learner of this course has this address."),
    ],
)
def test_a_cell_at_fault_says_why_and_changes_nothing(address: str, cell: str, reason: str) -> None:
    group = Class()
    group.answered(RIGHT)
    people = {
        "own": learners(group)[0].user.email,
        "idle": make_enrollment(group.course).user.email,
        "elsewhere": make_enrollment(make_course()).user.email,
        "left": make_enrollment(group.course, left_at=NOW).user.email,
    }
    text = f"Email,{group.quiz.slug}\n{address.format(**people)},{cell}"

    grade = only(planned(group, text))

    assert (grade.fate, reason in grade.reason) == (GradeFate.FAULT, True)


def test_the_same_learner_twice_is_a_fault_of_the_second_line() -> None:
    group = Class()
    group.answered(RIGHT)
    text = grades(group, 80)
    plan = planned(group, f"{text}\n{text.splitlines()[1]}")
    assert [grade.fate for grade in plan.grades] == [GradeFate.CHANGES, GradeFate.FAULT]
    assert plan.grades[1].reason.startswith("Line 2 has this address already.")


def test_an_attempt_that_was_handed_in_late_earns_no_more_than_its_credit() -> None:
    group = Class(closes_at=NOW + timedelta(minutes=1), late_credit=[{"hours": 1, "credit": 0.5}])
    group.answered(RIGHT)
    assert results(group) == [Decimal("0.5")]
    assert only(planned(group, grades(group, 60))).reason == "It was handed in late: at most 50 % of it can be earned."
    assert only(planned(group, grades(group, 40))).fate == GradeFate.CHANGES


def test_a_plan_takes_three_queries_for_any_number(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    group = Class()
    group.answered(*[RIGHT] * 6)
    quizzes = quizzes_of(group.course)
    for size in (1, 6):
        text = grades(group, *[80] * size)
        read = read_grades(text, titles={quiz.slug: quiz.title for quiz in quizzes})
        with django_assert_num_queries(3):
            plan_grades(group.course, read, quizzes=quizzes)


def test_moves_name_only_attempts_that_change() -> None:
    def attempt(key: int, fraction: str, credit: str = "1") -> Any:
        return Attempt(pk=key, number=key, fraction=Decimal(fraction), credit=Decimal(credit))

    attempts = [attempt(1, "0.9"), attempt(2, "0.4"), attempt(3, "0.7")]

    def moved(new: str, rule: ResultRule, old: str) -> dict[int, Decimal]:
        moves = moves_to(Decimal(new), old=Decimal(old), attempts=attempts, rule=rule)
        return {move.attempt: move.new for move in moves}

    assert moved("1", ResultRule.BEST, "0.9") == {1: 1}
    assert moved("0.5", ResultRule.BEST, "0.9") == {1: Decimal("0.5"), 3: Decimal("0.5")}
    assert moved("0.5", ResultRule.FIRST, "0.9") == {1: Decimal("0.5")}
    assert moved("0.5", ResultRule.LAST, "0.7") == {3: Decimal("0.5")}
    assert moved("0.333333", ResultRule.MEAN, "0.666667").keys() == {1, 2, 3}
    with pytest.raises(Unreachable):
        moves_to(Decimal(1), old=Decimal(0), attempts=[attempt(1, "0", "0.5")], rule=ResultRule.BEST)
