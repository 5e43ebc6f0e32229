"""The job that reckons a quiz, and when the sweeper asks for it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.buckets import UNANSWERED
from quizzes.domain.insight import fingerprint_of, question_rows, read_passages
from quizzes.domain.overrides import override_grade
from quizzes.domain.reckoning import OTHERS, PAUSE, RECKON, ask_to_reckon, reckon_stale
from quizzes.models import ItemStatistic, Quiz, QuizStatistic
from tests.factories import NOW
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "thirst machine", "wet"


def reckoned(quiz: Quiz) -> QuizStatistic:
    run_job(ask_to_reckon(quiz, hint=False).uuid)
    return QuizStatistic.objects.get(quiz=quiz)


def test_a_quiz_is_reckoned_from_first_attempts() -> None:
    group = Class(questions=2)
    group.answered(RIGHT, WRONG, RIGHT)

    kept = reckoned(group.quiz)

    assert (kept.attempts, kept.fingerprint) == (3, fingerprint_of(group.quiz))
    assert kept.figures["quiz"]["mean"] == pytest.approx(4 / 3)
    assert kept.figures["quiz"]["consistency"] == pytest.approx(100)
    assert kept.figures["attempts"]["first"] == {"count": 3, "mean": pytest.approx(2 / 3)}
    assert kept.figures["tenths"] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert kept.figures["durations"] == [[5.0, 1.0], [5.0, 0.0], [5.0, 1.0]]
    assert kept.figures["points"] == 2


def test_its_questions_have_the_facility_that_is_kept() -> None:
    group = Class(questions=2)
    group.answered(RIGHT, WRONG, WRONG)

    figures = reckoned(group.quiz).figures["questions"]

    rows = question_rows(group.quiz)
    assert [each["version"] for each in figures] == [str(row.version.uuid) for row in rows]
    assert [each["facility"] for each in figures] == pytest.approx([row.sums.facility for row in rows])
    assert [each["discrimination"] for each in figures] == pytest.approx([100, 100])
    assert [row.sums.discrimination for row in rows] == pytest.approx([100, 100])


def test_what_one_person_alone_wrote_is_not_told() -> None:
    group = Class()
    group.answered(RIGHT, "my very own words", "another thought", "", "water", "water")

    choices = reckoned(group.quiz).figures["questions"][0]["choices"]

    assert {each["label"]: each["count"] for each in choices} == {RIGHT: 1, "water": 2, OTHERS: 2, UNANSWERED: 1}


def test_a_quiz_without_attempts_has_empty_figures() -> None:
    kept = reckoned(Class().quiz)

    assert (kept.attempts, kept.fingerprint, kept.figures["questions"]) == (0, "", [])


def test_reckoning_again_replaces_the_figures() -> None:
    group = Class()
    group.answered(RIGHT)
    reckoned(group.quiz)
    group.answered(WRONG)

    assert reckoned(group.quiz).attempts == 2
    assert QuizStatistic.objects.count() == 1


def test_a_quiz_that_is_gone_is_no_failure() -> None:
    group = Class()
    job = ask_to_reckon(group.quiz, hint=False)
    group.quiz.delete()

    run_job(job.uuid)

    assert Job.objects.get(uuid=job.uuid).state == "done"


class TestStale:
    def test_what_was_never_reckoned_is_asked_for_once(self) -> None:
        Class().answered(RIGHT)

        assert (reckon_stale(), reckon_stale()) == (1, 1)

        assert Job.objects.filter(kind=RECKON).count() == 1

    def test_what_is_current_is_left_alone(self) -> None:
        group = Class()
        group.answered(RIGHT)
        kept = reckoned(group.quiz)

        assert reckon_stale(at=kept.reckoned_at + PAUSE) == 0

    @pytest.mark.parametrize(("later", "asked"), [(PAUSE - timedelta(seconds=1), 0), (PAUSE, 1)])
    def test_a_changed_grade_makes_it_stale_after_a_while(self, later: timedelta, asked: int) -> None:
        group = Class()
        response = group.answered(RIGHT)[0]
        kept = reckoned(group.quiz)
        override_grade(response, fraction=Decimal("0.5"), reason="Half.", actor=group.instructor)

        assert reckon_stale(at=kept.reckoned_at + later) == asked

    def test_looking_takes_two_queries_whatever_the_number(self) -> None:
        for _ in range(3):
            group = Class()
            group.answered(RIGHT)
            reckoned(group.quiz)

        with CaptureQueriesContext(connection) as queries:
            assert reckon_stale(at=NOW) == 0

        assert len([query for query in queries if "SELECT" in query["sql"]]) <= 3


def test_a_scan_takes_the_same_statements_for_few_and_many() -> None:
    counts = []
    for learners in (2, 30):
        group = Class(questions=2)
        group.answered(*[RIGHT] * learners)
        job = ask_to_reckon(group.quiz, hint=False)
        with CaptureQueriesContext(connection) as queries:
            run_job(job.uuid)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_passages_carry_what_was_lost_on_them() -> None:
    group = Class(questions=2)
    group.answered(RIGHT, WRONG, WRONG, WRONG)

    passages = read_passages(group.quiz.course, question_rows(group.quiz))

    assert [(each.start, each.questions, each.answers, each.lost) for each in passages] == [(24, 2, 8, 0.75)]
    assert passages[0].quote == "The upper town built a wall."


def test_rows_of_nothing_are_not_told() -> None:
    group = Class()
    group.answered(RIGHT)
    ItemStatistic.objects.update(responses=0)

    assert question_rows(group.quiz) == []


def test_the_sweeper_and_the_worker_know_the_kind() -> None:
    group = Class()
    group.answered(RIGHT)
    reckon_stale()
    run_every_job(RECKON)

    assert QuizStatistic.objects.get().attempts == 1
