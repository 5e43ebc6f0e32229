"""More time for several learners in one go, taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.audit import history
from accounts.models import InboxMessage
from course.models import Course, Enrollment
from quizzes.domain.accommodations import accommodate, extend_forgotten
from quizzes.domain.attempts import start_attempt, submit_attempt, submit_overdue_attempts
from quizzes.domain.extensions import TakenBack, at_work_in, extend, extensions_of, said, take_back_extension
from quizzes.domain.time_left import time_left
from quizzes.errors import NobodyToExtend
from quizzes.models import Attempt, AttemptState, Extension, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MINUTE = timedelta(minutes=1)
LIMIT = 40
"""Minutes that the quiz of these tests allows."""


def class_at_work(size: int = 2, **fields: Any) -> tuple[Quiz, list[Attempt]]:
    course = make_course()
    quiz = make_quiz(course, **{"time_limit_seconds": LIMIT * 60, **fields})
    return quiz, [start_attempt(quiz, enrollment=make_enrollment(course), at=NOW) for _ in range(size)]


def give(quiz: Quiz, attempts: Sequence[Attempt], *, minutes: int = 10, days: int = 0, at: Any = NOW) -> Extension:
    learners = [attempt.enrollment.uuid for attempt in attempts if attempt.enrollment]
    return extend(quiz, learners=learners, minutes=minutes, days=days, actor=None, at=at)


def lasts(attempt: Attempt) -> float:
    """Minutes from the start to the end."""
    attempt.refresh_from_db()
    assert attempt.deadline_at is not None
    return (attempt.deadline_at - attempt.started_at) / MINUTE


def parts_of(attempt: Attempt) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(attempts=attempt)


def days_of(attempt: Attempt) -> int:
    return parts_of(attempt).get().extra_days


def test_those_who_are_chosen_have_so_many_minutes_more_and_others_none() -> None:
    quiz, attempts = class_at_work(3)
    given = give(quiz, attempts[:2])
    assert [lasts(attempt) for attempt in attempts] == [50, 50, 40]
    assert (given.seconds, given.days, given.quiz, given.given_at) == (600, 0, quiz, NOW)
    assert given.gained == {"days": {}, "attempts": {str(each.uuid): (600, 600) for each in attempts[:2]}}


def test_minutes_given_twice_add_up() -> None:
    quiz, [attempt] = class_at_work(1)
    give(quiz, [attempt], minutes=5)
    give(quiz, [attempt], minutes=7)
    assert (lasts(attempt), attempt.extra_seconds) == (52, 12 * 60)


@pytest.mark.parametrize("first", ["minutes", "factor"])
def test_minutes_and_an_accommodation_add_up_in_either_order(first: str) -> None:
    quiz, [attempt] = class_at_work(1)
    enrollment = attempt.enrollment
    assert enrollment is not None
    if first == "minutes":
        give(quiz, [attempt])
    accommodate(enrollment, time_factor=Decimal("1.5"), extra_days=0, actor=None)
    if first == "factor":
        give(quiz, [attempt])
    assert lasts(attempt) == 70


def test_minutes_go_past_the_closing_of_the_quiz() -> None:
    quiz, [attempt] = class_at_work(1, closes_at=NOW + 15 * MINUTE)
    assert lasts(attempt) == 15
    give(quiz, [attempt])
    assert lasts(attempt) == 25


def test_what_was_given_costs_no_credit_for_being_late() -> None:
    late = [{"hours": 1, "credit": 0.5}]
    quiz, attempts = class_at_work(2, closes_at=NOW + 15 * MINUTE, late_credit=late, time_limit_seconds=None)
    give(quiz, attempts[:1])
    ended = [submit_attempt(Attempt.objects.get(pk=each.pk), at=NOW + 20 * MINUTE) for each in attempts]
    assert [attempt.credit for attempt in ended] == [1, Decimal("0.5")]


def test_a_running_timer_is_told_at_once() -> None:
    quiz, _ = class_at_work(0)
    part = make_enrollment(quiz.course)
    attempt = start_attempt(quiz, enrollment=part)
    before = time_left(person=part.user_id, uuid=attempt.uuid).seconds or 0
    give(quiz, [attempt])
    after = time_left(person=part.user_id, uuid=attempt.uuid).seconds or 0
    assert after - before == pytest.approx(600, abs=5)


def test_days_move_closings_in_every_quiz_and_attempts_that_run_in_them() -> None:
    course = make_course()
    part = make_enrollment(course)
    quiz, other = (make_quiz(course, closes_at=NOW + timedelta(days=1)) for _ in range(2))
    attempts = [start_attempt(each, enrollment=part, at=NOW) for each in (quiz, other)]

    give(quiz, attempts[:1], minutes=0, days=2)

    assert days_of(attempts[0]) == 2
    assert [lasts(attempt) for attempt in attempts] == [3 * 24 * 60] * 2


def test_days_reach_learners_who_have_not_begun() -> None:
    quiz, _ = class_at_work(0)
    part = make_enrollment(quiz.course)
    given = extend(quiz, learners=[part.uuid], minutes=0, days=3, actor=None)
    assert (Enrollment.objects.get(pk=part.pk).extra_days, given.gained) == (
        3,
        {"days": {str(part.uuid): 3}, "attempts": {}},
    )


def test_days_stop_at_a_year() -> None:
    quiz, attempts = class_at_work(2)
    parts_of(attempts[0]).update(extra_days=360)
    parts_of(attempts[1]).update(extra_days=366)

    given = give(quiz, attempts, minutes=0, days=10)

    assert [days_of(attempt) for attempt in attempts] == [366, 366]
    assert list(given.gained["days"].values()) == [6]
    take_back_extension(given, actor=None)
    assert [days_of(attempt) for attempt in attempts] == [360, 366]


def submitted(quiz: Quiz, attempt: Attempt) -> None:
    submit_attempt(attempt, at=NOW)


def left(quiz: Quiz, attempt: Attempt) -> None:
    parts_of(attempt).update(left_at=NOW)


def without_a_clock(quiz: Quiz, attempt: Attempt) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=None)


@pytest.mark.parametrize("happens", [submitted, left, without_a_clock])
def test_minutes_that_help_nobody_are_not_given(happens: Any) -> None:
    quiz, [attempt] = class_at_work(1)
    happens(quiz, attempt)
    with pytest.raises(NobodyToExtend, match="minutes help nobody"):
        give(quiz, [attempt])
    assert not Extension.objects.exists()
    assert not history(f"quiz:{quiz.uuid}").exists()


def test_nobody_of_another_course_is_reached() -> None:
    quiz, _ = class_at_work()
    _, strangers = class_at_work()
    with pytest.raises(NobodyToExtend):
        give(quiz, strangers, days=3)
    with pytest.raises(NobodyToExtend):
        extend(quiz, learners=[uuid4()], minutes=10, days=1, actor=None)
    assert [lasts(attempt) for attempt in strangers] == [40, 40]


def test_it_is_recorded_once_without_names_and_those_at_work_are_told() -> None:
    quiz, attempts = class_at_work(2)
    actor = make_person()
    learners = [attempt.enrollment.uuid for attempt in attempts if attempt.enrollment]
    given = extend(quiz, learners=learners, minutes=10, days=1, actor=actor, at=NOW)

    [entry] = history(f"quiz:{quiz.uuid}")
    assert (entry.verb, entry.actor, entry.course) == ("extended", actor, quiz.course.uuid)
    assert entry.detail == {"extension": str(given.uuid), "minutes": 10, "days": 1, "learners": 2, "attempts": 2}
    told = InboxMessage.objects.order_by("user_id")
    assert [message.user_id for message in told] == [each.enrollment.user_id for each in attempts if each.enrollment]
    assert {message.text for message in told} == {
        "You have more time for “The wall, checked”: 10 minutes, and 1 day on every closing."
    }


def test_taken_back_everything_is_as_it_was() -> None:
    quiz, attempts = class_at_work(2, closes_at=NOW + timedelta(days=1))
    given = give(quiz, attempts, minutes=10, days=2)

    assert take_back_extension(given, actor=None, at=NOW + MINUTE) == TakenBack(shortened=2)

    assert [(lasts(each), each.extra_seconds, days_of(each)) for each in attempts] == [(40, 0, 0)] * 2
    assert Extension.objects.get().taken_back_at == NOW + MINUTE
    assert [entry.verb for entry in history(f"quiz:{quiz.uuid}")] == ["took an extension back", "extended"]
    extend_forgotten()
    assert [lasts(each) for each in attempts] == [40, 40]


def test_taking_back_again_changes_and_records_nothing() -> None:
    quiz, [attempt] = class_at_work(1)
    given = give(quiz, [attempt])
    give(quiz, [attempt])
    take_back_extension(given, actor=None, at=NOW)
    assert take_back_extension(given, actor=None, at=NOW) == TakenBack()
    assert (lasts(attempt), history(f"quiz:{quiz.uuid}").count()) == (50, 3)


def test_an_attempt_that_would_be_over_keeps_its_time() -> None:
    quiz, attempts = class_at_work(2)
    late = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW + 20 * MINUTE)
    given = give(quiz, [*attempts, late])
    submit_attempt(attempts[1], at=NOW + 41 * MINUTE)

    assert take_back_extension(given, actor=None, at=NOW + 45 * MINUTE) == TakenBack(shortened=1, spared=1)

    assert [lasts(each) for each in (attempts[0], late)] == [50, 40]
    assert submit_overdue_attempts(at=NOW + 49 * MINUTE) == 0


def test_what_was_given_after_stays_when_the_first_is_taken_back() -> None:
    quiz, [attempt] = class_at_work(1)
    first, second = give(quiz, [attempt], minutes=5, days=1), give(quiz, [attempt], minutes=7, days=2)
    take_back_extension(first, actor=None, at=NOW)
    assert (lasts(attempt), days_of(attempt)) == (47, 2)
    take_back_extension(second, actor=None, at=NOW)
    assert (lasts(attempt), days_of(attempt)) == (40, 0)


def test_somebody_whose_days_were_set_to_fewer_since_has_none_below_zero() -> None:
    quiz, [attempt] = class_at_work(1)
    given = give(quiz, [attempt], minutes=0, days=5)
    Enrollment.objects.update(extra_days=2)
    take_back_extension(given, actor=None)
    assert days_of(attempt) == 0


def test_it_takes_the_same_statements_for_two_and_for_forty() -> None:
    counts = []
    for size in (2, 40):
        quiz, attempts = class_at_work(size, closes_at=NOW + timedelta(days=1))
        with CaptureQueriesContext(connection) as giving:
            given = give(quiz, attempts, days=1)
        with CaptureQueriesContext(connection) as taking:
            take_back_extension(given, actor=None, at=NOW)
        counts.append((len(giving), len(taking)))
    assert counts[0] == counts[1]


def test_who_is_at_work_is_listed_by_name() -> None:
    quiz, attempts = class_at_work(3)
    submit_attempt(attempts[1], at=NOW)
    for attempt, name in zip(attempts, ("Zoe", "Max", "Ana"), strict=True):
        assert attempt.enrollment is not None
        type(attempt.enrollment.user).objects.filter(pk=attempt.enrollment.user_id).update(name=name)
    assert [str(each.enrollment.user) for each in at_work_in(quiz) if each.enrollment] == ["Ana", "Zoe"]


def test_the_newest_extensions_are_listed_first() -> None:
    quiz, attempts = class_at_work(1)
    made = [give(quiz, attempts, minutes=minutes) for minutes in range(1, 23)]
    assert list(extensions_of(quiz)) == made[:1:-1]


@pytest.mark.parametrize(
    ("minutes", "days", "words"),
    [
        (1, 0, "1 minute"),
        (10, 0, "10 minutes"),
        (0, 1, "1 day on every closing"),
        (5, 3, "5 minutes, and 3 days on every closing"),
    ],
)
def test_an_extension_is_said_in_words(minutes: int, days: int, words: str) -> None:
    assert said(Extension(seconds=minutes * 60, days=days)) == words


@pytest.mark.parametrize("fields", [{"seconds": 0, "days": 0}, {"seconds": 60, "days": 0, "gained": []}])
def test_the_database_keeps_no_extension_of_nothing(fields: dict[str, Any]) -> None:
    quiz, _ = class_at_work(0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(**{"quiz": quiz, "gained": {}, "given_at": NOW, **fields})


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), st.integers(0, 20), st.integers(0, 3)),
        st.tuples(st.just("take back"), st.integers(0, 5), st.just(0)),
    ),
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_given_and_taken_back_what_stands_is_what_was_not_taken_back(
    db: None, steps: list[tuple[str, int, int]]
) -> None:
    quiz, [attempt] = class_at_work(1, closes_at=NOW + timedelta(days=1), time_limit_seconds=None)
    given_so_far: list[Extension] = []
    for step, number, days in steps:
        if step == "give" and (number or days):
            given_so_far.append(give(quiz, [attempt], minutes=number, days=days))
        elif step == "take back" and number < len(given_so_far):
            take_back_extension(given_so_far[number], actor=None, at=NOW)
    standing = Extension.objects.filter(quiz=quiz, taken_back_at__isnull=True)
    minutes = sum(each.seconds for each in standing) / 60
    whole_days = sum(each.days for each in standing)
    assert (lasts(attempt), days_of(attempt)) == (24 * 60 * (1 + whole_days) + minutes, whole_days)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_given_by_two_and_taken_back_by_two_at_once_counts_each_once(_round: int) -> None:
    quiz, attempts = class_at_work(3)
    at_once(lambda number: give(quiz, attempts if number else attempts[::-1], days=1).pk, threads=2)
    assert [(lasts(each), days_of(each)) for each in attempts] == [(60, 2)] * 3

    given = Extension.objects.order_by("pk").first()
    assert given is not None
    at_once(lambda _: take_back_extension(given, actor=None, at=NOW), threads=2)
    assert [(lasts(each), days_of(each)) for each in attempts] == [(50, 1)] * 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_whoever_hands_in_at_the_same_moment_has_handed_in(_round: int) -> None:
    quiz, attempts = class_at_work(2)

    def act(number: int) -> object:
        return submit_attempt(Attempt.objects.get(pk=attempts[0].pk)).pk if number else give(quiz, attempts).pk

    at_once(act, threads=2)
    assert [Attempt.objects.get(pk=each.pk).state for each in attempts] == [
        AttemptState.SUBMITTED,
        AttemptState.IN_PROGRESS,
    ]
    assert lasts(attempts[1]) == 50


def test_a_course_that_is_deleted_takes_its_extensions_along() -> None:
    quiz, _ = class_at_work(0)
    part = make_enrollment(quiz.course)
    extend(quiz, learners=[part.uuid], minutes=0, days=1, actor=None)
    assert Course.objects.count() == 1
    quiz.delete()
    assert not Extension.objects.exists()
