"""Statistics follow every grade: whatever people and regrades do, they are what rebuilding makes of all answers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.models import Enrollment, Role
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.item_statistics import Part, count_in, recounting, sums_kept, sums_of
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.rebuild import rebuild_statistics
from quizzes.models import Attempt, ItemStatistic, Response
from quizzes.statistics.sums import Sums
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.quizzes.domain.regraded import Class, run_every_job
from tests.quizzes.domain.test_concurrency import at_once

HALF, ONE, NONE = Decimal("0.5"), Decimal(1), Decimal(0)
RIGHT, WRONG = "thirst machine", "wet"


def kept() -> list[tuple[int, int, int]]:
    rows = ItemStatistic.objects.filter(responses__gt=0).order_by("version")
    return list(rows.values_list("responses", "fraction_sum", "rest_products"))


def test_one_attempt_adds_what_it_earned_and_what_it_earned_on_the_rest() -> None:
    parts = [Part(1, 7, ONE, Decimal(1)), Part(1, 8, HALF, Decimal(2)), Part(1, 9, NONE, Decimal(1))]

    assert sums_of(parts) == {
        (1, 7, ""): Sums.of_one(1_000_000, 333_333),
        (1, 8, ""): Sums.of_one(500_000, 500_000),
        (1, 9, ""): Sums.of_one(0, 666_667),
    }


def test_a_single_question_has_no_rest() -> None:
    assert sums_of([Part(1, 7, HALF, ONE)]) == {(1, 7, ""): Sums.of_one(500_000, 0)}


def test_a_question_asked_twice_counts_twice() -> None:
    assert sums_of([Part(1, 7, ONE, ONE), Part(1, 7, NONE, ONE)]) == {
        (1, 7, ""): Sums.of_one(1_000_000, 0) + Sums.of_one(0, 1_000_000)
    }


@pytest.mark.django_db
@pytest.mark.database
class TestFollowing:
    def test_grading_counts_each_learner(self) -> None:
        Class().answered(RIGHT, WRONG, RIGHT)

        assert kept() == [(3, 2_000_000, 0)]

    def test_a_second_attempt_does_not_count(self) -> None:
        group = Class()
        group.answered(WRONG)
        again = start_attempt(
            group.quiz, enrollment=Enrollment.objects.get(role=Role.LEARNER), at=NOW + timedelta(hours=1)
        )
        save_answer(again, given=GivenAnswer(1, RIGHT, 0), at=NOW + timedelta(hours=1))
        submit_attempt(again, at=NOW + timedelta(hours=2), hint=False)
        run_every_job("grade_attempt")

        assert Attempt.objects.get(pk=again.pk).fraction == 1
        assert kept() == [(1, 0, 0)]

    def test_practice_does_not_count(self) -> None:
        attempt = Class().answered(RIGHT)[0].attempt
        ItemStatistic.objects.all().delete()
        attempt.counts = False

        count_in(attempt, [Part(attempt.quiz_id, 1, ONE, ONE)])

        assert kept() == []

    def test_an_override_changes_the_sums_and_taking_it_back_gives_them_back(self) -> None:
        group = Class(questions=2)
        response = group.answered(RIGHT)[0]
        before = kept()

        override_grade(response, fraction=HALF, reason="Half of it.", actor=group.instructor)
        assert kept() == [(1, 500_000, 500_000_000_000), (1, 1_000_000, 500_000_000_000)]
        take_back_override(response, actor=group.instructor)

        assert kept() == before == [(1, 1_000_000, 10**12), (1, 1_000_000, 10**12)]

    def test_a_regrade_changes_the_sums_and_undoing_it_gives_them_back(self) -> None:
        group = Class(questions=2)
        group.answered(RIGHT, "dry machine", WRONG)
        before = kept()
        group.accept("dry machine")

        run = group.apply(group.plan())
        assert [row[:2] for row in kept()] == [(3, 1_000_000), (3, 1_000_000)]
        assert rebuild_statistics(check=True) == []
        group.undo(run)

        assert kept() == before

    def test_an_answer_that_waits_for_a_person_counts_once_it_is_graded(self) -> None:
        course = make_course()
        quiz = make_quiz(
            course,
            questions=[("open_response", {"stem": "Why?"}), ("short_text", {"stem": "What?", "accepted": [RIGHT]})],
        )
        attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)
        for position in (1, 2):
            save_answer(attempt, given=GivenAnswer(position, RIGHT, 0), at=NOW)
        submit_attempt(attempt, at=NOW, hint=False)
        run_every_job("grade_attempt")
        assert kept() == []

        override_grade(attempt.responses.get(position=1), fraction=HALF, reason="Half.", actor=Class().instructor)

        assert kept() == [(1, 500_000, 500_000_000_000), (1, 1_000_000, 500_000_000_000)]
        assert rebuild_statistics(check=True) == []

    def test_nothing_that_changes_no_grade_writes(self) -> None:
        attempt = Class().answered(RIGHT)[0].attempt

        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            recounting([attempt]),
        ):
            pass

        assert [query["sql"].split()[0] for query in queries] == ["SELECT", "SELECT", "SELECT", "SELECT"]

    def test_a_cache_that_went_wrong_keeps_nobody_from_grading(self) -> None:
        group = Class()
        response = group.answered(RIGHT)[0]
        ItemStatistic.objects.all().delete()

        override_grade(response, fraction=HALF, reason="Half.", actor=group.instructor)
        assert ItemStatistic.objects.get().fraction_sum == 0
        rebuild_statistics(check=False)

        assert kept() == [(1, 500_000, 0)]

    @pytest.mark.parametrize("learners", [2, 20])
    def test_recounting_takes_six_statements_whatever_the_number(self, learners: int) -> None:
        responses = Class(questions=3).answered(*[RIGHT] * learners)
        attempts = {response.attempt_id: response.attempt for response in responses}.values()

        with CaptureQueriesContext(connection) as queries, recounting(attempts):
            Response.objects.filter(position=1).update(fraction=HALF)

        verbs = [query["sql"].split()[0] for query in queries]
        assert verbs == ["SELECT", "SELECT", "UPDATE", "SELECT", "SELECT", "INSERT", "UPDATE"]
        assert rebuild_statistics(check=True) == []


deeds = st.lists(
    st.tuples(st.sampled_from(["answer", "override", "take back", "regrade", "undo"]), st.integers(0, 5)), max_size=8
)


@pytest.mark.django_db
@pytest.mark.database
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_whatever_was_done_the_sums_are_those_of_all_answers(done: list[tuple[str, int]]) -> None:
    group = Class(questions=2)
    responses, runs = group.answered(RIGHT, WRONG), []
    for deed, number in done:
        response = responses[number % len(responses)]
        if deed == "answer":
            responses = group.answered(RIGHT if number % 2 else "dry machine")
        elif deed == "override":
            override_grade(response, fraction=Decimal(number) / 5, reason="So.", actor=group.instructor)
        elif deed == "take back":
            take_back_override(response, actor=group.instructor)
        elif deed == "regrade":
            group.accept(RIGHT if number % 2 else "dry machine")
            runs.append(group.apply(group.plan()))
        elif runs:
            group.undo(runs.pop())

    assert rebuild_statistics(check=True) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_learners_graded_at_once_all_count() -> None:
    group = Class(questions=3)
    for _ in range(6):
        attempt = start_attempt(group.quiz, enrollment=make_enrollment(group.course), at=NOW)
        save_answer(attempt, given=GivenAnswer(1, RIGHT, 0), at=NOW)
        submit_attempt(attempt, at=NOW, hint=False)
    waiting = list(Response.objects.filter(position=1).order_by("pk"))
    run_every_job("grade_attempt")

    def override(number: int) -> None:
        override_grade(waiting[number], fraction=HALF, reason="So.", actor=group.instructor)

    at_once(override, threads=6)

    assert kept()[0][:2] == (6, 3_000_000)
    assert rebuild_statistics(check=True) == []


@pytest.mark.django_db
@pytest.mark.database
def test_a_row_says_its_sums() -> None:
    Class().answered(RIGHT)

    assert sums_kept(ItemStatistic.objects.get()) == Sums.of_one(1_000_000, 0)
