"""A crowd in a few statements is what the domain would have made of as many learners, one by one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.benchmarks.course import bench_course
from config.benchmarks.crowding import RUNS_AGAIN, Crowd, first_learner, grow, tell_planner
from course.models import Enrollment
from quizzes.domain.rebuild import rebuild_results
from quizzes.models import Attempt, AttemptState, ConceptMastery, Grading, GradingEvent, Response, Result

pytestmark = [pytest.mark.django_db, pytest.mark.database]
QUESTIONS = 4


@pytest.fixture
def crowd() -> Crowd:
    return first_learner(bench_course(questions=QUESTIONS))


def test_the_first_learner_was_graded_on_everything(crowd: Crowd) -> None:
    assert crowd.model.fraction == 0
    assert crowd.model.responses.filter(grading=Grading.GRADED).count() == QUESTIONS
    assert crowd.learners == 1


def test_everybody_is_enrolled_and_answered_everything_once(crowd: Crowd) -> None:
    grow(crowd, learners=25)

    submitted = Attempt.objects.filter(state=AttemptState.SUBMITTED)
    assert (crowd.learners, submitted.count(), Result.objects.count()) == (25, 25, 25)
    assert Response.objects.filter(attempt__in=submitted).count() == 25 * QUESTIONS
    assert GradingEvent.objects.count() == 25 * QUESTIONS


def test_what_was_filled_in_is_what_gradings_make_of_it(crowd: Crowd) -> None:
    grow(crowd, learners=40)

    assert rebuild_results(check=True) == []


def test_learners_differ_in_what_they_know_and_questions_in_how_hard_they_are(crowd: Crowd) -> None:
    grow(crowd, learners=60)

    fractions = set(Attempt.objects.filter(state=AttemptState.SUBMITTED).values_list("fraction", flat=True))
    right = [Response.objects.filter(position=at + 1, fraction=1).count() for at in range(QUESTIONS)]
    assert len(fractions) > 2
    assert len(set(right)) > 1


def test_an_answer_is_right_where_it_is_the_right_option(crowd: Crowd) -> None:
    grow(crowd, learners=12)

    for response in Response.objects.filter(answer__isnull=False).select_related("version"):
        chosen = next(each for each in response.version.content["options"] if each["id"] == response.answer)
        assert response.fraction == int(chosen["correct"])


def test_one_in_twenty_takes_it_again_now(crowd: Crowd) -> None:
    grow(crowd, learners=1 + 2 * RUNS_AGAIN)

    running = Attempt.objects.filter(state=AttemptState.IN_PROGRESS)
    assert running.count() == 2
    assert {attempt.number for attempt in running} == {2}
    assert {attempt.responses.filter(grading=Grading.NOT_READY).count() for attempt in running} == {QUESTIONS}


def test_growing_again_adds_only_who_is_missing(crowd: Crowd) -> None:
    grow(crowd, learners=10)
    before = set(Attempt.objects.values_list("uuid", "fraction"))
    grow(crowd, learners=10)
    assert set(Attempt.objects.values_list("uuid", "fraction")) == before

    grow(crowd, learners=15)

    assert before < set(Attempt.objects.values_list("uuid", "fraction"))
    assert Enrollment.objects.count() == 15
    assert rebuild_results(check=True) == []


def test_everybody_has_a_mastery_of_what_the_first_learner_was_asked_about(crowd: Crowd) -> None:
    of_one = ConceptMastery.objects.count()
    grow(crowd, learners=7)

    assert ConceptMastery.objects.count() == 7 * of_one


@pytest.mark.parametrize("learners", [5, 50])
def test_it_takes_the_same_statements_whatever_the_number(crowd: Crowd, learners: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        grow(crowd, learners=learners)

    assert len([query for query in queries if query["sql"].lstrip().startswith("INSERT")]) == 9


def test_growing_to_fewer_takes_nobody_away(crowd: Crowd) -> None:
    grow(crowd, learners=8)
    grow(crowd, learners=3)

    assert crowd.learners == 8


@pytest.mark.django_db(transaction=True)
def test_the_planner_can_be_told_between_transactions() -> None:
    tell_planner()
