"""Who wants to hear of new grades hears of each, inside the transaction that records it, and of none that was not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain import result_changed
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.models import Attempt, Result
from tests.factories import NOW
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Listener:
    """Somebody who subscribed, and what they heard: the attempt, and what its learner's result was then."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, Decimal | None]] = []
        self.fault: Exception | None = None

    def __call__(self, attempt: Attempt) -> None:
        assert connection.in_atomic_block
        if self.fault:
            raise self.fault
        kept = Result.objects.filter(enrollment=attempt.enrollment_id, quiz=attempt.quiz_id)
        self.heard.append((attempt.pk, kept.values_list("fraction", flat=True).first()))


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    monkeypatch.setattr(result_changed, "_subscribers", [])
    made = Listener()
    result_changed.subscribe(made)
    return made


def test_a_grading_is_heard_with_its_result_in_place(listener: Listener) -> None:
    attempt = Class().submitted("thirst machine")
    assert listener.heard == []

    run_every_job("grade_attempt")
    run_every_job("grade_attempt")

    assert listener.heard == [(attempt.pk, Decimal(1))]


def test_a_grade_set_by_hand_and_taken_back_is_heard_each_time(listener: Listener) -> None:
    scene = Class()
    [response] = scene.answered("a wall")

    override_grade(response, fraction=Decimal("0.5"), reason="Half.", actor=scene.instructor)
    take_back_override(response, actor=scene.instructor)

    assert [fraction for _, fraction in listener.heard] == [Decimal(0), Decimal("0.5"), Decimal(0)]


def test_a_regrade_and_its_undoing_are_heard_once_for_each_attempt(listener: Listener) -> None:
    scene = Class(questions=3)
    scene.answered("a wall", "thirst machine")
    scene.accept("a wall")
    listener.heard.clear()

    run = scene.apply(scene.plan())
    heard = sorted(listener.heard)
    listener.heard.clear()
    scene.undo(run)

    attempts = list(Attempt.objects.order_by("pk").values_list("pk", flat=True))
    assert [attempt for attempt, _ in heard] == attempts
    assert sorted(listener.heard) == [(attempts[0], Decimal(0)), (attempts[1], Decimal(1))]


def test_who_subscribes_twice_hears_once(listener: Listener) -> None:
    result_changed.subscribe(listener)

    Class().answered("a wall")

    assert len(listener.heard) == 1


def test_everybody_hears_in_the_order_in_which_they_came(listener: Listener) -> None:
    order: list[str] = []
    result_changed.subscribe(lambda _: order.append("second"))
    result_changed.subscribe(lambda _: order.append("third"))

    Class().answered("a wall")

    assert (len(listener.heard), order) == (1, ["second", "third"])


def test_what_a_listener_cannot_do_takes_the_grade_back_and_it_is_tried_again(listener: Listener) -> None:
    attempt = Class().submitted("thirst machine")
    job = Job.objects.get(kind="grade_attempt")
    listener.fault = ValueError("The queue is full.")

    run_job(job.uuid)
    job.refresh_from_db()
    waiting = (job.state, attempt.responses.get().grading, Result.objects.count())
    listener.fault = None
    Job.objects.filter(pk=job.pk).update(next_try_at=NOW - timedelta(days=1))
    run_job(job.uuid)

    assert waiting == ("queued", "pending", 0)
    assert listener.heard == [(attempt.pk, Decimal(1))]


def test_what_was_heard_of_a_grade_that_is_rolled_back_is_rolled_back_with_it(listener: Listener) -> None:
    scene = Class()
    [response] = scene.answered("a wall")
    listener.heard.clear()

    with transaction.atomic():
        override_grade(response, fraction=Decimal(1), reason="All.", actor=scene.instructor)
        transaction.set_rollback(True)

    assert Result.objects.get().fraction == 0
    assert listener.heard == [(response.attempt_id, Decimal(1))]
