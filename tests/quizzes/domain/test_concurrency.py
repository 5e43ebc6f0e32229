"""Many at once: each thread has a connection of its own, as each request has."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.db import connection

from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.manual_grading import GivenGrade, grade_variants
from quizzes.domain.manual_queue import groups_waiting
from quizzes.domain.rubrics import fill_rubric
from quizzes.errors import AttemptClosed, GradedMeanwhile, StaleAnswer
from quizzes.models import AnswerEvent, Attempt, GradingEvent, Response, RubricItem
from tests.factories import make_course, make_enrollment, make_quiz
from tests.quizzes.domain.waiting_answers import Desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
T = TypeVar("T")


def at_once(work: Callable[[int], T], *, threads: int) -> list[T]:
    """What each thread returned; all begin at the same instant."""
    barrier = Barrier(threads)

    def run(number: int) -> T:
        try:
            barrier.wait(timeout=30)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def running() -> Attempt:
    course = make_course()
    return start_attempt(make_quiz(course), enrollment=make_enrollment(course))


@pytest.mark.promise(20)
def test_twenty_submits_at_once_are_one_submission() -> None:
    attempt = running()

    def submit(_: int) -> UUID | None:
        return submit_attempt(Attempt.objects.get(pk=attempt.pk)).submit_cause

    assert len(set(at_once(submit, threads=20))) == 1
    assert Job.objects.count() == 1


@pytest.mark.promise(20)
def test_twenty_starts_at_once_are_one_attempt(reached: Callable[[str], None]) -> None:
    course = make_course()
    quiz, enrollment = make_quiz(course), make_enrollment(course)

    started = at_once(lambda _: start_attempt(quiz, enrollment=enrollment).pk, threads=20)

    reached(f"{len(started)} at once, {Attempt.objects.count()} row")
    assert set(started) == {Attempt.objects.get().pk}
    assert Response.objects.count() == 2


@pytest.mark.promise(21)
def test_two_tabs_that_save_twenty_times_overwrite_nothing_unseen(reached: Callable[[str], None]) -> None:
    attempt = running()

    def typing(tab: int) -> tuple[int, int]:
        sequence = accepted = refused = 0
        for number in range(20):
            try:
                given = GivenAnswer(1, f"tab {tab}, {number}", sequence)
                sequence = save_answer(attempt, given=given).sequence
                accepted += 1
            except StaleAnswer as stale:
                sequence = stale.response.sequence
                refused += 1
        return accepted, refused

    counts = at_once(typing, threads=2)

    accepted = sum(each for each, _ in counts)
    response, events = Response.objects.get(attempt=attempt, position=1), AnswerEvent.objects.order_by("sequence")
    reached(f"of 2 × 20 saves {accepted} kept, the number rose by {response.sequence}, {len(events)} in the history")
    assert accepted + sum(refused for _, refused in counts) == 40
    assert response.sequence == accepted
    assert [event.sequence for event in events] == list(range(1, accepted + 1))
    assert response.answer == events[accepted - 1].answer


@pytest.mark.promise(23)
def test_a_save_beside_a_submit_is_either_kept_or_refused_never_lost() -> None:
    attempt = running()

    def act(number: int) -> Any:
        if number == 0:
            return submit_attempt(Attempt.objects.get(pk=attempt.pk)).state
        try:
            return save_answer(attempt, given=GivenAnswer(1, f"answer {number}", None)).sequence
        except AttemptClosed:
            return None

    saved = [each for each in at_once(act, threads=10)[1:] if each is not None]

    response = Response.objects.get(attempt=attempt, position=1)
    assert sorted(saved) == list(range(1, response.sequence + 1))
    assert response.grading == "pending"
    assert AnswerEvent.objects.count() == response.sequence


def test_of_five_who_grade_the_same_answers_at_once_one_does_and_four_are_told() -> None:
    desk = Desk()
    desk.answered("the wall", "The wall.", "the wall")
    (group,) = groups_waiting(desk.question)
    people = [desk.staff(f"Grader {number}") for number in range(5)]

    def grade(number: int) -> str:
        given = GivenGrade(own_fraction=Decimal(number) / 10)
        try:
            variants = [variant.digest for variant in group.variants]
            return str(grade_variants(desk.question, variants=variants, given=given, by=people[number]))
        except GradedMeanwhile as told:
            return str(told)

    said = at_once(grade, threads=5)

    events = GradingEvent.objects.filter(number__gt=1)
    assert [(event.number, event.fraction) for event in events] == [(2, events[0].fraction)] * 3
    first = people[int(events[0].fraction * 10)]  # type: ignore[operator]  # -- a person gave one
    said.remove("3")
    assert len(said) == 4
    assert all(each.startswith(f"{first} was first and gave this answer") for each in said)


def test_a_rubric_first_used_by_many_at_once_is_filled_once() -> None:
    desk = Desk()
    filled = at_once(lambda _: [item.uuid for item in fill_rubric(desk.question)], threads=8)
    assert len({tuple(each) for each in filled}) == 1
    assert RubricItem.objects.count() == 3
