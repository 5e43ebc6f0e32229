"""Each delivery arrives at least once under one id, whatever fails in between; and what does not is told in words."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from standardwebhooks import Webhook

from hooks.domain.deliveries import (
    FORGOTTEN_AT_ONCE,
    KEPT_FOR,
    deliveries_of,
    forget_old_deliveries,
    replay,
)
from hooks.domain.endpoints import change_endpoint, pause_endpoint, ping, resume_endpoint
from hooks.errors import EndpointNotActive
from hooks.models import Delivery, DeliveryState, DeliveryTry, Endpoint, EndpointState
from hooks.sending import MOST_TRIES
from hooks.sending.posting import PRIVATE
from hooks.sending.waiting import STEPS
from jobs.domain import sweep
from jobs.domain.clock import database_now
from jobs.models import Job
from tests.factories import NOW
from tests.hooks.hooked import EVERYTHING, job_of, make_endpoint, send_what_waits, sending_over, try_now
from tests.hooks.receiver import Receiver, Said, Told

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ROOT = Path(__file__).parents[3]
DOWN, UP = Said(500, b"Out of order."), Said(200, b"Thanks.")


def state_of(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def tries_of(delivery: Delivery) -> list[tuple[int | None, str, str]]:
    return list(delivery.tries.order_by("pk").values_list("status", "error", "excerpt"))


def test_what_is_taken_is_delivered_once_and_verified() -> None:
    endpoint = make_endpoint()
    delivery = ping(endpoint)
    with Receiver([UP]) as receiver, sending_over(receiver.wire()):
        job = try_now(job_of(delivery))
        again = try_now(job)
    [told] = receiver.told
    assert Webhook(endpoint.secret).verify(told.body, dict(told.headers)) == {
        "type": "ping",
        "timestamp": delivery.happened_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "data": delivery.data,
    }
    assert told.headers["webhook-id"] == str(delivery.uuid)
    assert (job.state, again.state, job.error) == ("done", "done", "")
    delivery.refresh_from_db()
    [kept] = delivery.tries.all()
    assert (delivery.state, delivery.delivered_at) == (DeliveryState.DELIVERED, kept.at)
    assert (kept.status, kept.error, kept.excerpt) == (200, "", "Thanks.")


def test_a_receiver_that_fails_three_times_gets_it_the_fourth_time_under_one_id() -> None:
    endpoint = make_endpoint()
    delivery = ping(endpoint)
    with Receiver([DOWN, DOWN, DOWN, UP]) as receiver, sending_over(receiver.wire()):
        states = []
        for _ in range(4):
            send_what_waits()
            states.append((state_of(delivery), Endpoint.objects.get().failing_since is not None))
    assert states == [*[("waiting", True)] * 3, ("delivered", False)]
    assert {told.headers["webhook-id"] for told in receiver.told} == {str(delivery.uuid)}
    assert len({told.body for told in receiver.told}) == 1
    for told in receiver.told:
        Webhook(endpoint.secret).verify(told.body, dict(told.headers))
    failed = (500, "The server answered with status 500.", "Out of order.")
    assert tries_of(delivery) == [failed, failed, failed, (200, "", "Thanks.")]
    assert DeliveryTry.objects.values("claim").distinct().count() == 4


def test_each_wait_is_that_of_its_step() -> None:
    delivery = ping(make_endpoint())
    waits = []
    with Receiver([DOWN]) as receiver, sending_over(receiver.wire()):
        for _ in range(MOST_TRIES - 1):
            before = database_now()
            job = try_now(job_of(delivery))
            assert job.next_try_at is not None
            waits.append((job.next_try_at - before).total_seconds())
    # The first is as long as any job waits at least.
    least = [10.0, *STEPS[1:]]
    for waited, step in zip(waits, least, strict=True):
        assert step <= waited <= step * 1.1 + 5


def test_who_asks_for_patience_gets_it() -> None:
    delivery = ping(make_endpoint())
    with Receiver([Said(503, b"", {"Retry-After": "3600"})]) as receiver, sending_over(receiver.wire()):
        before = database_now()
        job = try_now(job_of(delivery))
    assert job.next_try_at is not None
    assert 3_600 <= (job.next_try_at - before).total_seconds() < 3_700


def test_after_the_last_try_it_has_failed_and_says_why() -> None:
    delivery = ping(make_endpoint())
    with Receiver([DOWN]) as receiver, sending_over(receiver.wire()):
        for _ in range(MOST_TRIES + 2):
            try_now(job_of(delivery))
    job = job_of(delivery)
    assert len(receiver.told) == MOST_TRIES == len(tries_of(delivery))
    assert (state_of(delivery), job.state, job.error) == ("failed", "done", "")


def test_one_that_is_gone_is_tried_once_and_disables_its_endpoint() -> None:
    delivery = ping(make_endpoint())
    with Receiver([Said(410)]) as receiver, sending_over(receiver.wire()):
        send_what_waits()
    assert len(receiver.told) == 1
    assert (state_of(delivery), Endpoint.objects.get().state) == ("failed", EndpointState.DISABLED)


@pytest.mark.parametrize("names", [["127.0.0.1"], ["10.0.0.1"], ["93.184.215.14", "::1"]], ids=str)
def test_an_address_that_leads_inside_by_now_is_not_called(names: Sequence[str]) -> None:
    """It was public when it was saved: DNS was changed since."""
    delivery = ping(make_endpoint())
    with Receiver(names={"lms.example.org": names}) as receiver, sending_over(receiver.wire()):
        send_what_waits()
    assert (receiver.told, receiver.called) == ([], [])
    assert tries_of(delivery) == [(None, PRIVATE, "")]
    assert state_of(delivery) == "waiting"


def test_a_redirect_is_not_followed() -> None:
    delivery = ping(make_endpoint())
    onward = Said(307, b"", {"Location": "http://127.0.0.1/"})
    with Receiver([onward]) as receiver, sending_over(receiver.wire()):
        send_what_waits()
    assert (len(receiver.told), len(receiver.called)) == (1, 1)
    assert tries_of(delivery) == [(307, "The server answered with a redirect (307), which is not followed.", "")]


def test_what_waits_for_a_paused_endpoint_ends_and_can_be_sent_again() -> None:
    endpoint = make_endpoint()
    delivery = ping(endpoint)
    with Receiver() as receiver, sending_over(receiver.wire()):
        pause_endpoint(endpoint, actor=None)
        send_what_waits()
        ended = (state_of(delivery), job_of(delivery).state, len(receiver.told), tries_of(delivery))
        with pytest.raises(EndpointNotActive):
            replay(delivery)
        resume_endpoint(endpoint, actor=None)
        replay(delivery)
        send_what_waits()
    assert ended == ("failed", "done", 0, [])
    assert (state_of(delivery), len(receiver.told)) == ("delivered", 1)


def test_what_waits_goes_to_the_address_that_stands_by_then() -> None:
    endpoint = make_endpoint()
    ping(endpoint)
    change_endpoint(endpoint, address="http://new.example.org/there", types=EVERYTHING, actor=None)
    with Receiver() as receiver, sending_over(receiver.wire()):
        send_what_waits()
    assert [(told.headers["host"], told.target) for told in receiver.told] == [("new.example.org", "/there")]


@pytest.mark.parametrize("answers", [[UP], [Said(410), UP]], ids=["delivered", "failed"])
def test_sent_again_it_has_the_same_id_and_body_and_all_its_tries(answers: Sequence[Said]) -> None:
    endpoint = make_endpoint()
    delivery = ping(endpoint)
    with Receiver(answers) as receiver, sending_over(receiver.wire()):
        send_what_waits()
        resume_endpoint(endpoint, actor=None)
        replay(delivery)
        waiting = (state_of(delivery), job_of(delivery).tries)
        replay(delivery)
        send_what_waits()
    first, second = receiver.told
    assert waiting == ("waiting", 0)
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == str(delivery.uuid)
    assert first.body == second.body
    assert (state_of(delivery), len(tries_of(delivery))) == ("delivered", 2)
    assert Job.objects.filter(subject=delivery.uuid).count() == 2


def test_one_that_waits_is_left_to_its_own_next_try() -> None:
    delivery = ping(make_endpoint())
    with Receiver([DOWN]) as receiver, sending_over(receiver.wire()):
        before = try_now(job_of(delivery))
    replay(delivery)
    after = job_of(delivery)
    assert (after.pk, after.next_try_at, after.tries) == (before.pk, before.next_try_at, 1)


def test_what_was_erased_before_its_turn_is_not_sent() -> None:
    delivery = ping(make_endpoint())
    job = job_of(delivery)
    Delivery.objects.all().delete()
    with Receiver([UP]) as receiver, sending_over(receiver.wire()):
        assert try_now(job).state == "done"
    assert receiver.told == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", [UP, DOWN], ids=["taken", "not taken"])
def test_what_is_erased_while_it_is_sent_leaves_no_try_behind(answer: Said) -> None:
    ping(make_endpoint())

    def erase(_: Told) -> None:
        try:
            Delivery.objects.all().delete()
        finally:
            connection.close()

    with Receiver([answer], before_answering=erase) as receiver, sending_over(receiver.wire()):
        send_what_waits()
    assert (len(receiver.told), Delivery.objects.count(), DeliveryTry.objects.count()) == (1, 0, 0)


def database_url() -> str:
    """That of the database of this test, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_it_sends_is_followed_by_another_that_sends_the_same() -> None:
    endpoint = make_endpoint()
    delivery = ping(endpoint)
    arrived, go_on = Event(), Event()

    def hold(_: Told) -> None:
        arrived.set()
        go_on.wait(30)

    with Receiver([UP], before_answering=hold) as receiver:
        command = [sys.executable, "-m", "tests.hooks.worker", str(receiver.port), str(job_of(delivery).uuid)]
        environment = {**os.environ, "DATABASE_URL": database_url()}
        worker = subprocess.Popen(command, cwd=ROOT, env=environment)
        assert arrived.wait(60)
        worker.kill()
        worker.wait(10)
        go_on.set()
        left = job_of(delivery)
        Job.objects.filter(pk=left.pk).update(lease_until=NOW - timedelta(days=1))
        sweep()
        with sending_over(receiver.wire()):
            send_what_waits()
    assert (left.state, left.tries) == ("running", 1)
    assert [told.headers["webhook-id"] for told in receiver.told] == [str(delivery.uuid)] * 2
    assert len({told.body for told in receiver.told}) == 1
    assert (state_of(delivery), len(tries_of(delivery))) == ("delivered", 1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lost_its_lease_meanwhile_leaves_the_end_to_the_other() -> None:
    delivery = ping(make_endpoint())

    def take_over(_: Told) -> None:
        try:
            Job.objects.update(token=uuid4())
        finally:
            connection.close()

    with Receiver([UP], before_answering=take_over) as receiver, sending_over(receiver.wire()):
        send_what_waits()
    assert (len(receiver.told), state_of(delivery), tries_of(delivery)) == (1, "waiting", [])


def test_no_log_names_an_address_or_what_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    delivery = ping(make_endpoint("http://lms.example.org/postil?token=hush"))
    with caplog.at_level(logging.DEBUG), Receiver([DOWN]) as receiver, sending_over(receiver.wire()):
        send_what_waits()
    said = caplog.text + json.dumps(list(Job.objects.values("error", "result", "payload")))
    assert "deliver_event" in said
    secret = delivery.endpoint.secret.removeprefix("whsec_")
    words = ("hush", "lms.example", "Out of order", delivery.data["course"], secret)
    assert [word for word in words if word in said] == []


def test_what_an_endpoint_was_told_comes_newest_first_with_its_next_try(django_assert_num_queries: Any) -> None:
    endpoint = make_endpoint()
    first, second = ping(endpoint), ping(endpoint)
    ping(make_endpoint())
    with Receiver([UP]) as receiver, sending_over(receiver.wire()):
        try_now(job_of(first))
    with django_assert_num_queries(2):
        listed = list(deliveries_of(endpoint))
        tries = [len(each.tries.all()) for each in listed]
    assert (listed, tries) == ([second, first], [0, 1])
    assert [each.next_try_at is not None for each in listed] == [True, False]


def test_old_deliveries_are_forgotten_and_those_that_wait_are_not() -> None:
    endpoint = make_endpoint()
    old, kept, waiting = ping(endpoint), ping(endpoint), ping(endpoint)
    with Receiver([UP]) as receiver, sending_over(receiver.wire()):
        try_now(job_of(old))
        try_now(job_of(kept))
    Delivery.objects.filter(pk__in=[old.pk, waiting.pk]).update(happened_at=NOW - KEPT_FOR - timedelta(seconds=1))
    Delivery.objects.filter(pk=kept.pk).update(happened_at=NOW - KEPT_FOR)

    assert forget_old_deliveries(at=NOW) == 1
    assert forget_old_deliveries(at=NOW) == 0
    assert set(Delivery.objects.all()) == {kept, waiting}
    assert list(DeliveryTry.objects.values_list("delivery", flat=True)) == [kept.pk]


def test_the_sweeper_forgets_so_many_at_once_the_oldest_first() -> None:
    endpoint = make_endpoint()
    long_ago = database_now() - timedelta(days=100)
    Delivery.objects.bulk_create(
        Delivery(
            endpoint=endpoint,
            type="ping",
            data={},
            state=DeliveryState.FAILED,
            happened_at=long_ago + timedelta(minutes=number),
        )
        for number in range(FORGOTTEN_AT_ONCE + 3)
    )
    report = sweep()
    left = Delivery.objects.order_by("happened_at").values_list("happened_at", flat=True)
    assert (report.errors, len(left), left[0]) == ([], 3, long_ago + timedelta(minutes=FORGOTTEN_AT_ONCE))
