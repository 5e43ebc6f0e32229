"""Whoever grades beside somebody who changes rules or grades: one after the other, and nobody waits for one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from course.models import Enrollment
from jobs.domain import run_job
from jobs.domain.claim import ClaimedJob, claim
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.grading import Graded, grade_attempt, record_grades
from quizzes.domain.grading_locks import hold_rules, lock_learner, lock_learners
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.quiz_history import undo_last_change
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.rebuild import Difference, rebuild_progress, rebuild_results, rebuild_statistics
from quizzes.models import Attempt, GradingEvent, Quiz, Response, Result, ResultRule
from tests.beside import Beside, somebody_beside
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz
from tests.quizzes.domain.regraded import Class, run_every_job
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

RULES = list(ResultRule)
GIVEN = (("m2", "m2"), ("k7", "k7"), ("k7", "m2"))
"""What a learner answers at one attempt after the other: nothing right, all, half."""
MADE = {"best": "1.000000", "last": "0.500000", "first": "0.000000", "mean": "0.500000"}
HALF = Decimal("0.5")


@dataclass
class Waiting:
    """A learner with graded attempts, and one more that a worker has graded and not yet recorded."""

    quiz: Quiz
    enrollment: Enrollment
    claimed: ClaimedJob
    graded: list[Graded]

    def record(self) -> None:
        record_grades(self.claimed, self.graded)

    @property
    def fraction(self) -> str:
        return str(Result.objects.get(enrollment=self.enrollment).fraction)


def submitted(quiz: Quiz, enrollment: Enrollment, *answers: str, later: int = 0) -> Attempt:
    at = NOW + timedelta(hours=later)
    attempt = start_attempt(quiz, enrollment=enrollment, at=at)
    save_answers(attempt, given=[GivenAnswer(place, each, 0) for place, each in enumerate(answers, 1)], at=at)
    return submit_attempt(attempt, at=at, hint=False)


def waiting(rule: str, *, quiz: Quiz | None = None, earlier: int = 2) -> Waiting:
    quiz = quiz or make_quiz(make_course(), result_rule=rule)
    enrollment = make_enrollment(quiz.course)
    for later, answers in enumerate(GIVEN[:earlier]):
        submitted(quiz, enrollment, *answers, later=later)
        run_every_job("grade_attempt")
    last = submitted(quiz, enrollment, *GIVEN[-1], later=len(GIVEN))
    claimed = claim(Job.objects.get(kind="grade_attempt", subject=last.uuid).uuid)
    assert claimed is not None
    return Waiting(quiz, enrollment, claimed, grade_attempt(claimed))


def change_rule(quiz: Quiz, rule: str) -> None:
    change_settings(Quiz.objects.get(pk=quiz.pk), changes={"result_rule": rule}, actor=None)


@pytest.mark.parametrize(("before", "after"), list(permutations(RULES, 2)))
def test_a_grade_recorded_after_the_rule_changed_counts_by_the_new_rule(before: str, after: str) -> None:
    scene = waiting(before)
    change_rule(scene.quiz, after)

    with transaction.atomic():
        scene.record()

    assert scene.fraction == MADE[after]
    assert rebuild_results(check=True) == []


@pytest.mark.parametrize(("before", "after"), [("best", "last"), ("first", "best"), ("mean", "first")])
def test_a_rule_that_changes_while_a_grade_is_recorded_sees_that_grade(before: str, after: str) -> None:
    scene = waiting(before)

    with somebody_beside() as instructor:
        with transaction.atomic():
            scene.record()
            changing = instructor.begins(lambda: change_rule(scene.quiz, after))
        changing.result(timeout=30)

    assert scene.fraction == MADE[after]
    assert rebuild_results(check=True) == []


@pytest.mark.parametrize(("before", "after"), [("best", "last"), ("first", "best"), ("mean", "first")])
def test_a_grade_recorded_while_the_rule_changes_waits_for_the_new_one(before: str, after: str) -> None:
    scene = waiting(before)

    def record() -> None:
        with transaction.atomic():
            scene.record()

    with somebody_beside() as worker:
        with transaction.atomic():
            change_rule(scene.quiz, after)
            recording = worker.begins(record)
        recording.result(timeout=30)

    assert scene.fraction == MADE[after]
    assert rebuild_results(check=True) == []


def test_a_change_that_is_rolled_back_leaves_the_old_rule_to_who_waited_for_it() -> None:
    scene = waiting("best")

    def record() -> None:
        with transaction.atomic():
            scene.record()

    with somebody_beside() as worker:
        with transaction.atomic():
            change_rule(scene.quiz, "first")
            recording = worker.begins(record)
            transaction.set_rollback(True)
        recording.result(timeout=30)

    assert scene.fraction == MADE["best"]


def test_a_rule_taken_back_beside_a_grading_is_the_rule_of_its_result() -> None:
    scene = waiting("best")
    change_rule(scene.quiz, "last")

    with somebody_beside() as instructor:
        with transaction.atomic():
            scene.record()
            undoing = instructor.begins(lambda: undo_last_change(scene.quiz, actor=None))
        assert undoing.result(timeout=30) == "changed settings"

    assert scene.fraction == MADE["best"]
    assert rebuild_results(check=True) == []


def test_whatever_ends_first_every_result_of_a_class_is_by_the_rule_that_stands() -> None:
    first = waiting("best")
    scenes = [first, *(waiting("best", quiz=first.quiz) for _ in range(4))]

    def act(number: int) -> None:
        if number == 2:
            change_rule(first.quiz, "last")
            return
        with transaction.atomic():
            scenes[number - (number > 2)].record()

    at_once(act, threads=6)

    assert [scene.fraction for scene in scenes] == [MADE["last"]] * 5
    assert rebuild_results(check=True) == []


def recorded_midway(scene: Waiting, worker: Beside, *, table: str) -> Callable[..., Any]:
    """A wrapper of statements: as soon as the table is read for the first time, somebody records the grades."""
    begun: list[str] = []

    def record() -> None:
        with transaction.atomic():
            scene.record()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not begun and sql.startswith("SELECT") and f'FROM "{table}"' in sql:
            # Before it begins: looking at who waits reads no table of ours.
            begun.append(sql)
            worker.begins(record)
        return execute(sql, params, many, context)

    return note


@pytest.mark.parametrize("earlier", [0, 2])
@pytest.mark.parametrize(
    ("rebuild", "table"),
    [
        (rebuild_results, "quizzes_result"),
        (rebuild_results, "quizzes_attempt"),
        (rebuild_progress, "quizzes_conceptmastery"),
        (rebuild_statistics, "quizzes_itemstatistic"),
    ],
)
def test_a_grade_that_comes_while_caches_are_mended_is_not_lost(
    rebuild: Callable[..., list[Difference]], table: str, earlier: int
) -> None:
    course = make_course()
    quiz = make_quiz(course, concept=make_concept(course), result_rule="last")
    scene = waiting("last", quiz=quiz, earlier=earlier)

    with somebody_beside() as worker, connection.execute_wrapper(recorded_midway(scene, worker, table=table)):
        rebuild(check=False)

    assert scene.fraction == MADE["last"]
    assert [each(check=True) for each in (rebuild_results, rebuild_progress, rebuild_statistics)] == [[], [], []]


def graded_class(rule: str) -> tuple[Class, Response, User]:
    """A class whose first learner has two graded attempts: first wrong, then right."""
    scene = Class(result_rule=rule)
    [response] = scene.answered("a wall")
    learner = response.attempt.enrollment
    assert learner is not None
    submitted(scene.quiz, learner, "thirst machine", later=1)
    run_every_job("grade_attempt")
    return scene, response, scene.instructor


def by_hand(response: Response, actor: User) -> None:
    override_grade(response, fraction=HALF, reason="Half of it.", actor=actor)


def taken_back(response: Response, actor: User) -> None:
    take_back_override(response, actor=actor)


def test_a_grade_given_by_hand_while_the_rule_changes_counts_by_the_new_one() -> None:
    scene, response, actor = graded_class("best")

    with somebody_beside() as grader:
        with transaction.atomic():
            change_rule(scene.quiz, "first")
            grading = grader.begins(lambda: by_hand(response, actor))
        grading.result(timeout=30)

    assert Result.objects.get().fraction == HALF
    assert rebuild_results(check=True) == []


def test_a_regrade_beside_a_change_of_the_rule_counts_by_the_new_one() -> None:
    scene, _, _ = graded_class("best")
    scene.accept("thirst machine", "a wall")
    run = scene.plan()

    with somebody_beside() as worker:
        with transaction.atomic():
            change_rule(scene.quiz, "mean")
            applying = worker.begins(lambda: scene.apply(run))
        applying.result(timeout=60)

    assert (Result.objects.get().fraction, Result.objects.get().attempt) == (Decimal(1), None)
    assert rebuild_results(check=True) == []


@pytest.mark.parametrize("deed", [by_hand, taken_back])
def test_who_sets_a_grade_by_hand_waits_for_a_regrade_and_never_it_for_them(
    deed: Callable[[Response, User], None],
) -> None:
    """A regrade has its learners before it comes to their responses: so does everybody, or both wait for ever."""
    _, response, actor = graded_class("best")
    by_hand(response, actor)

    with somebody_beside() as grader:
        with transaction.atomic():
            lock_learners([response.attempt.enrollment_id])
            grading = grader.begins(lambda: deed(response, actor))
            list(Response.objects.select_for_update().filter(pk=response.pk))
        grading.result(timeout=30)

    assert GradingEvent.objects.filter(response=response).count() == 3


def test_whoever_stores_a_result_never_waits_for_who_grades_its_learner() -> None:
    """A result refers to its learner, whom the worker that waits for the rule has locked."""
    scene = waiting("best")
    Result.objects.all().delete()

    def record() -> None:
        with transaction.atomic():
            scene.record()

    with somebody_beside() as worker:
        with transaction.atomic():
            Quiz.objects.select_for_update().get(pk=scene.quiz.pk)
            recording = worker.begins(record)
            change_rule(scene.quiz, "last")
        recording.result(timeout=30)

    assert scene.fraction == MADE["last"]


def test_two_learners_of_one_quiz_are_graded_beside_each_other() -> None:
    """Both hold the rule: nobody waits, which SQLite, with its one writer, cannot show."""
    first = waiting("best")
    second = waiting("best", quiz=first.quiz)

    def hold() -> bool:
        with transaction.atomic():
            lock_learner(second.graded[0].response.attempt)
        return True

    with somebody_beside() as worker:
        with transaction.atomic():
            lock_learner(first.graded[0].response.attempt)
            holding = worker.begins(hold)
            assert connection.vendor == "sqlite" or holding.done()
        assert holding.result(timeout=30)


def statements(call: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        call()
    return len([each for each in asked if not each["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))])


@pytest.mark.parametrize("learners", [1, 5])
def test_locking_takes_a_statement_whatever_the_number_of_learners(learners: int) -> None:
    quiz = make_quiz(make_course(), questions=1)
    attempts = [submitted(quiz, make_enrollment(quiz.course), "k7") for _ in range(learners)]

    assert statements(lambda: lock_learner(attempts[0])) == 1
    assert statements(lambda: lock_learners([each.enrollment_id for each in attempts])) == 1
    assert statements(lambda: hold_rules(attempts)) == 1


def test_nobody_in_particular_has_nothing_to_lock() -> None:
    nobody = Attempt(quiz=Quiz(result_rule="best"))

    assert statements(lambda: lock_learner(nobody)) == 0
    assert statements(lambda: hold_rules([])) == 0
    assert nobody.quiz.result_rule == "best"


def test_every_copy_of_a_quiz_has_the_rule_in_force() -> None:
    course = make_course()
    quizzes = [make_quiz(course, questions=1, result_rule=rule) for rule in ("best", "first")]
    made = [submitted(quiz, make_enrollment(course), "k7") for quiz in quizzes for _ in range(2)]
    attempts = list(Attempt.objects.filter(pk__in=[each.pk for each in made]).order_by("pk").select_related("quiz"))
    Quiz.objects.filter(pk=quizzes[0].pk).update(result_rule="mean")

    with transaction.atomic():
        hold_rules(attempts)

    assert [each.quiz.result_rule for each in attempts] == ["mean", "mean", "first", "first"]


def test_a_worker_that_comes_after_all_of_this_finds_nothing_to_do() -> None:
    scene = waiting("best")
    with transaction.atomic():
        scene.record()

    assert run_job(scene.claimed.uuid) is False
    assert scene.fraction == MADE["best"]
