"""Saves around the deadline by real clocks: the database's decides, whatever a transaction waited for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from jobs.domain.clock import database_now
from jobs.domain.schedule import schedule
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_overdue_attempts
from quizzes.domain.deadlines import TRANSPORT_GRACE
from quizzes.errors import AttemptClosed
from quizzes.models import AnswerEvent, Attempt, Response
from tests.factories import make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.slow]

SAVES, THREADS = 200, 8
AROUND = timedelta(seconds=1)
never = Event()


@dataclass(frozen=True)
class Sent:
    """One save: the database's clock just before and just after it, and when it was kept, or None."""

    before: datetime
    after: datetime
    kept_at: datetime | None


def ending_in(wait: timedelta, *, questions: int = THREADS) -> tuple[Attempt, datetime]:
    """An attempt in progress, and the moment from which its saves are refused: so much from now."""
    quiz = make_quiz(make_course(), questions=questions, time_limit_seconds=600)
    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course))
    line = database_now() + wait
    Attempt.objects.update(deadline_at=line - TRANSPORT_GRACE)
    return Attempt.objects.get(pk=attempt.pk), line


def sent(attempt: Attempt, position: int, number: int) -> Sent:
    before = database_now()
    try:
        kept = save_answer(attempt, given=GivenAnswer(position, f"answer {number}", None)).saved_at
    except AttemptClosed:
        kept = None
    return Sent(before, database_now(), kept)


def until(moment: datetime) -> None:
    """Returns once the database's clock has come to the moment."""
    while (left := (moment - database_now()).total_seconds()) > 0:
        never.wait(left)


def in_threads(work: Callable[[int], list[Sent]]) -> list[Sent]:
    barrier = Barrier(THREADS)

    def run(thread: int) -> list[Sent]:
        try:
            barrier.wait(timeout=30)
            return work(thread)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return [each for found in pool.map(run, range(THREADS)) for each in found]


def wrongly_kept(saves: list[Sent], line: datetime) -> list[Sent]:
    return [each for each in saves if each.kept_at is not None and (each.kept_at > line or each.before > line)]


def wrongly_refused(saves: list[Sent], line: datetime) -> list[Sent]:
    return [each for each in saves if each.kept_at is None and each.after <= line]


@pytest.mark.promise(23)
def test_of_two_hundred_saves_around_the_deadline_none_is_kept_after_it_and_none_refused_before(
    reached: Callable[[str], None],
) -> None:
    attempt, line = ending_in(2 * AROUND)
    step = 2 * AROUND / (SAVES // THREADS)

    def typing(thread: int) -> list[Sent]:
        found = []
        for number in range(SAVES // THREADS):
            until(line - AROUND + number * step + thread * step / THREADS)
            found.append(sent(attempt, thread + 1, number))
        return found

    saves = in_threads(typing)

    late, early = wrongly_kept(saves, line), wrongly_refused(saves, line)
    reached(f"{len(saves)} saves: {len(late)} kept after, {len(early)} refused before")
    assert len(saves) == SAVES
    assert late == []
    assert early == []
    kept = [each for each in saves if each.kept_at is not None]
    assert 0 < len(kept) < SAVES
    assert AnswerEvent.objects.count() == len(kept)
    assert not AnswerEvent.objects.filter(at__gt=line).exists()


@pytest.mark.promise(23)
def test_a_transaction_opened_before_the_deadline_keeps_nothing_after_it() -> None:
    """PostgreSQL's now() is when the transaction began, half a second too early here; the wall clock is asked."""
    attempt, line = ending_in(AROUND)

    with transaction.atomic():
        assert database_now() < line
        Response.objects.filter(attempt=attempt).first()
        until(line + timedelta(milliseconds=20))
        with pytest.raises(AttemptClosed):
            save_answer(attempt, given=GivenAnswer(1, "late", None))

    assert not AnswerEvent.objects.exists()


@pytest.mark.promise(23)
def test_a_slow_transaction_of_somebody_else_refuses_nothing_that_came_in_time() -> None:
    """A save that waits for a lock is judged by a moment between its coming and its being kept."""
    attempt, line = ending_in(3 * AROUND)

    def contending(thread: int) -> list[Sent]:
        if thread == 0:
            with transaction.atomic():
                list(Response.objects.filter(attempt=attempt, position=1).select_for_update())
                until(line - AROUND)
            return []
        until(line - 2 * AROUND)
        return [sent(attempt, 1, thread)]

    saves = in_threads(contending)

    assert wrongly_kept(saves, line) == []
    assert wrongly_refused(saves, line) == []
    assert all(each.kept_at is not None for each in saves)


@pytest.mark.promise(24)
def test_the_sweeper_leaves_alone_what_is_within_its_grace_and_ends_the_rest_at_the_deadline(
    reached: Callable[[str], None],
) -> None:
    attempt, line = ending_in(AROUND, questions=1)
    sent(attempt, 1, 0)

    assert submit_overdue_attempts() == 0
    until(line + timedelta(milliseconds=20))
    assert submit_overdue_attempts() == 1
    late = (database_now() - line).total_seconds() + schedule().sweep_period
    reached(f"at most {late:.1f} s after the grace, with a pass every {schedule().sweep_period:.0f} s")
    assert late <= 60

    ended = Attempt.objects.get(pk=attempt.pk)
    assert (ended.submitted_at, ended.state) == (line - TRANSPORT_GRACE, "submitted")
    assert Response.objects.get(attempt=attempt).answer == "answer 0"
