"""What one learner answered, over all quizzes of a course."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import Enrollment
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.learner_answers import attempts_behind, attempts_of, told_attempts
from quizzes.domain.overrides import override_grade
from quizzes.domain.verdicts import Verdict
from quizzes.models import Attempt, AttemptState
from tests.factories import NOW, make_enrollment, make_quiz
from tests.quizzes.domain.graded_answers import RIGHT, Asked
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MINUTE = timedelta(minutes=1)


def sat(group: Class, *answers: str, submits: bool = True) -> Enrollment:
    """Somebody new begins, saves each answer a minute after the one before, and hands in a minute later."""
    learner = make_enrollment(group.course)
    attempt = start_attempt(group.quiz, enrollment=learner, at=NOW)
    for minute, text in enumerate(answers, 1):
        save_answer(attempt, given=GivenAnswer(1, text, minute - 1), at=NOW + minute * MINUTE)
    if submits:
        submit_attempt(attempt, at=NOW + (len(answers) + 1) * MINUTE, hint=False)
        run_every_job("grade_attempt")
    return learner


def test_an_attempt_is_told_in_the_order_in_which_it_happened() -> None:
    learner = sat(Class(), "wet", "thirst machine")

    (told,) = told_attempts(attempts_of(learner))

    happened = [(moment.at - NOW, moment.position, moment.what) for moment in told.moments]
    assert happened[:4] == [
        (0 * MINUTE, None, "begun"), (1 * MINUTE, 1, "answered"), (2 * MINUTE, 1, "changed"),
        (3 * MINUTE, None, "submitted"),
    ]  # fmt: skip
    assert [(each.position, each.what, each.fraction, each.who) for each in told.moments[4:]] == [
        (1, "graded after submitting", Decimal(1), "")
    ]
    (answer,) = told.answers
    assert (answer.response.answer, answer.verdict) == ("thirst machine", Verdict.RIGHT)
    assert answer.title == "What does the lower town call the wall? (0)"


def test_a_person_who_changed_a_grade_is_named() -> None:
    group = Class()
    learner = sat(group, "wet")
    (told,) = told_attempts(attempts_of(learner))
    override_grade(told.answers[0].response, fraction=Decimal("0.5"), reason="Half of it.", actor=group.instructor)

    (told,) = told_attempts(attempts_of(learner))

    last = told.moments[-1]
    assert (last.what, last.fraction, last.who) == ("set by a person", Decimal("0.5"), "Iva")
    assert told.answers[0].verdict == Verdict.PARTLY


def test_what_goes_on_has_answers_and_no_verdict() -> None:
    (told,) = told_attempts(attempts_of(sat(Class(), "wet", submits=False)))
    assert [moment.what for moment in told.moments] == ["begun", "answered"]
    assert [(each.response.answer, each.verdict) for each in told.answers] == [("wet", None)]


def test_what_was_left_open_is_not_answered() -> None:
    (told,) = told_attempts(attempts_of(sat(Class())))
    assert [each.verdict for each in told.answers] == [Verdict.UNANSWERED]


def test_attempts_at_all_quizzes_come_newest_first_without_void_ones() -> None:
    asked = Asked()
    (learner,) = asked.learners(1)
    asked.attempted([learner], "a", number=1)
    asked.attempted([learner], "b", number=2, state=AttemptState.VOID)
    asked.attempted([learner], "c", number=3, quiz=make_quiz(asked.course))
    asked.answered("d", number=4)
    assert [attempt.number for attempt in attempts_of(learner)] == [3, 1]


@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_every_attempt_is_on_exactly_one_page(most: int) -> None:
    asked = Asked()
    (learner,) = asked.learners(1)
    for number in range(1, 6):
        asked.attempted([learner], "a", number=number)
    attempts = attempts_of(learner)
    cursor, seen = "", list[Attempt]()
    while page := attempts_behind(attempts, cursor, most=most):
        seen += page
        cursor = str(page[-1].uuid)
    assert seen == attempts


@pytest.mark.parametrize("cursor", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_cursor_leads_to_the_newest(cursor: str) -> None:
    attempts = [Attempt(number=2), Attempt(number=1)]
    assert attempts_behind(attempts, cursor, most=1) == attempts[:1]


def test_more_attempts_cost_no_query() -> None:
    asked = Asked()
    (learner,) = asked.learners(1)
    costs = []
    for number in range(1, 21):
        asked.attempted([learner], "a", number=number, fraction=RIGHT)
        with CaptureQueriesContext(connection) as queries:
            told = told_attempts(attempts_of(learner))
        assert len(told) == number
        costs.append(len(queries))
    assert set(costs) == {4}


def test_nobody_is_told_of_by_no_query(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        assert told_attempts([]) == []
