"""How often each option was chosen is counted as answers are graded, and follows whatever becomes of the grades."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.models import Enrollment
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.bundles import first_attempts
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.rebuild import rebuild_statistics
from quizzes.models import Attempt, ItemStatistic, Quiz, Response
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.quizzes.domain.regraded import run_every_job
from tests.quizzes.domain.test_concurrency import at_once

KEY, OTHER, HALF = "k7", "m2", Decimal("0.5")

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def submitted(quiz: Quiz, *answers: str | None, by: Enrollment | None = None, later: int = 0) -> Attempt:
    """Somebody answered the quiz's questions, None for none, and waits for the grades."""
    at = NOW + timedelta(hours=later)
    attempt = start_attempt(quiz, enrollment=by or make_enrollment(quiz.course), at=at)
    for position, answer in enumerate(answers, 1):
        if answer is not None:
            save_answer(attempt, given=GivenAnswer(position, answer, 0), at=at)
    return submit_attempt(attempt, at=at + timedelta(minutes=5), hint=False)


def graded(quiz: Quiz, *answers: str | None, by: Enrollment | None = None, later: int = 0) -> Attempt:
    attempt = submitted(quiz, *answers, by=by, later=later)
    run_every_job("grade_attempt")
    return attempt


def counted(quiz: Quiz) -> list[dict[str, int]]:
    """For each question of the quiz, in its order, how often each choice was made."""
    found: dict[int, dict[str, int]] = {}
    for row in ItemStatistic.objects.filter(quiz=quiz, responses__gt=0).order_by("version", "choice"):
        found.setdefault(row.version_id, {})[row.choice] = row.responses
    return list(found.values())


def test_each_choice_has_its_own_count_and_what_it_earned() -> None:
    quiz = make_quiz(make_course(), questions=1)
    for answer in (KEY, OTHER, KEY, None):
        graded(quiz, answer)

    assert counted(quiz) == [{KEY: 2, OTHER: 1, "No answer": 1}]
    assert dict(ItemStatistic.objects.values_list("choice", "fraction_sum")) == {
        KEY: 2_000_000,
        OTHER: 0,
        "No answer": 0,
    }


def test_what_learners_write_is_one_count_of_no_words() -> None:
    content = {"stem": "What?", "accepted": ["thirst machine"]}
    quiz = make_quiz(make_course(), questions=[("short_text", content)])
    for words in ("thirst machine", "my neighbour Anna", "wet"):
        graded(quiz, words)

    assert counted(quiz) == [{"": 3}]


def test_a_second_attempt_moves_no_count() -> None:
    quiz = make_quiz(make_course(), questions=1)
    learner = make_enrollment(quiz.course)
    graded(quiz, OTHER, by=learner)

    graded(quiz, KEY, by=learner, later=1)

    assert counted(quiz) == [{OTHER: 1}]


def test_a_grading_that_is_repeated_counts_once() -> None:
    quiz = make_quiz(make_course(), questions=1)
    graded(quiz, KEY)

    run_job(Job.objects.get(kind="grade_attempt").uuid)

    assert counted(quiz) == [{KEY: 1}]


def test_an_override_moves_what_a_choice_earned_and_not_how_often_it_was_made() -> None:
    quiz = make_quiz(make_course(), questions=1)
    actor = make_person("Iva")
    response = graded(quiz, OTHER).responses.get()

    override_grade(response, fraction=HALF, reason="Half.", actor=actor)
    assert ItemStatistic.objects.filter(responses__gt=0).values_list("choice", "responses", "fraction_sum").get() == (
        OTHER,
        1,
        500_000,
    )
    take_back_override(response, actor=actor)

    assert counted(quiz) == [{OTHER: 1}]
    assert rebuild_statistics(check=True) == []


def test_a_count_that_went_wrong_is_named_and_mended() -> None:
    quiz = make_quiz(make_course(), questions=1)
    graded(quiz, KEY)
    ItemStatistic.objects.update(choice=OTHER)

    wrong = rebuild_statistics(check=True)
    assert [(each.cached == "none", each.rebuilt == "none") for each in wrong] == [(True, False), (False, True)]
    rebuild_statistics(check=False)

    assert counted(quiz) == [{KEY: 1}]


@pytest.mark.parametrize("questions", [1, 10])
def test_choices_are_counted_by_the_one_statement_that_keeps_the_sums(questions: int) -> None:
    quiz = make_quiz(make_course(), questions=questions)
    submitted(quiz, *([KEY, OTHER] * 5)[:questions])

    with CaptureQueriesContext(connection) as queries:
        run_every_job("grade_attempt")

    table = ItemStatistic._meta.db_table
    assert [query["sql"].split()[0] for query in queries if table in query["sql"]] == ["INSERT"]
    assert len(counted(quiz)) == questions


answers = st.lists(st.lists(st.sampled_from([KEY, OTHER, None]), min_size=2, max_size=2), min_size=1, max_size=4)
deeds = st.lists(st.tuples(st.booleans(), st.integers(0, 7), st.integers(0, 4)), max_size=4)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers, deeds)
def test_after_any_history_the_counts_are_those_from_scratch(
    given_: list[list[str | None]], done: list[tuple[bool, int, int]]
) -> None:
    quiz, actor = make_quiz(make_course(), questions=2), make_person("Iva")
    responses = [each for chosen in given_ for each in graded(quiz, *chosen).responses.order_by("position")]
    for is_override, number, quarters in done:
        response = responses[number % len(responses)]
        if is_override:
            override_grade(response, fraction=Decimal(quarters) / 4, reason="So.", actor=actor)
        else:
            take_back_override(response, actor=actor)

    mine = first_attempts(Response.objects.filter(attempt__quiz=quiz)).order_by("pk")
    scratch = Counter((each.version_id, each.answer or "No answer") for each in mine)
    kept = ItemStatistic.objects.filter(quiz=quiz, responses__gt=0)
    assert {(row.version_id, row.choice): row.responses for row in kept} == scratch
    assert rebuild_statistics(check=True) == []


@pytest.mark.django_db(transaction=True)
def test_graders_of_different_choices_in_different_orders_all_count_and_none_waits_for_ever() -> None:
    quiz = make_quiz(make_course(), questions=3)
    for turn in range(6):
        submitted(quiz, *[(KEY, OTHER, None)[(turn + place) % 3] for place in range(3)])
    jobs = list(Job.objects.filter(kind="grade_attempt").order_by("pk").values_list("uuid", flat=True))

    at_once(lambda number: run_job(jobs[number]), threads=6)

    assert counted(quiz) == [{KEY: 2, OTHER: 2, "No answer": 2}] * 3
    assert rebuild_statistics(check=True) == []
