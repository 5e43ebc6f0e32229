"""Endpoints that fail are borne for days, then disabled; owners are told once, in words, and nobody else is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import InboxMessage
from accounts.notices import notice_kinds
from course.domain.enrolment import enrol
from course.models import Role
from hooks.domain.deliveries import replay
from hooks.domain.endpoints import pause_endpoint, ping
from hooks.domain.failing import BORNE_FOR, UNDELIVERED, failing_endpoints, note_failure
from hooks.models import Delivery, DeliveryState, Endpoint, EndpointState
from hooks.sending import MOST_TRIES
from jobs.domain import sweep
from jobs.domain.clock import database_now
from jobs.models import Job
from tests.factories import NOW, make_person
from tests.hooks.hooked import job_of, make_endpoint, send_what_waits, sending_over, try_now
from tests.hooks.receiver import Receiver, Said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def fail_for_good(delivery: Delivery, status: int = 500) -> None:
    """The delivery's endpoint answers with this status until it is given up."""
    with Receiver([Said(status)]) as receiver, sending_over(receiver.wire()):
        for _ in range(MOST_TRIES):
            try_now(job_of(delivery))


def told() -> list[tuple[str, str]]:
    return list(InboxMessage.objects.order_by("pk").values_list("user__name", "text"))


def test_since_when_it_fails_is_kept_from_the_first_failure() -> None:
    endpoint = make_endpoint()
    note_failure(endpoint, at=NOW)
    note_failure(endpoint, at=NOW + timedelta(hours=1))
    assert Endpoint.objects.get().failing_since == NOW


def test_an_endpoint_that_failed_for_three_days_is_disabled_and_its_owner_told() -> None:
    endpoint = make_endpoint()
    note_failure(endpoint, at=database_now() - BORNE_FOR)
    delivery = ping(endpoint)

    fail_for_good(delivery)

    assert Endpoint.objects.get().state == EndpointState.DISABLED
    title = endpoint.course.title
    words = f"A webhook of “{title}” has failed for days and is disabled: The server answered with status 500."
    assert told() == [("Olga", words)]
    [message] = InboxMessage.objects.all()
    assert (message.kind, message.url) == (
        UNDELIVERED,
        f"/studio/courses/{endpoint.course.slug}/webhooks/{endpoint.uuid}/",
    )


def test_one_that_failed_for_less_goes_on_and_its_owner_is_told_of_what_was_given_up() -> None:
    endpoint = make_endpoint()
    note_failure(endpoint, at=database_now() - BORNE_FOR + timedelta(minutes=10))

    fail_for_good(ping(endpoint))

    assert Endpoint.objects.get().state == EndpointState.ACTIVE
    title = endpoint.course.title
    assert told() == [("Olga", f"A webhook of “{title}” could not be delivered: The server answered with status 500.")]


def test_one_that_is_gone_is_disabled_at_once() -> None:
    endpoint = make_endpoint()
    fail_for_good(ping(endpoint), status=410)
    kept = Endpoint.objects.get()
    assert (kept.state, kept.failing_since is not None) == (EndpointState.DISABLED, True)
    assert len(told()) == 1


def test_of_an_endpoint_that_is_disabled_nobody_is_told_again() -> None:
    endpoint = make_endpoint()
    note_failure(endpoint, at=database_now() - BORNE_FOR)
    first, *others = [ping(endpoint) for _ in range(4)]
    fail_for_good(first)
    with Receiver([Said(500)]) as receiver, sending_over(receiver.wire()):
        send_what_waits()
    assert receiver.told == []
    assert {Delivery.objects.get(pk=each.pk).state for each in others} == {DeliveryState.FAILED}
    assert len(told()) == 1


def test_nobody_is_told_of_what_a_person_paused() -> None:
    endpoint = make_endpoint()
    ping(endpoint)
    pause_endpoint(endpoint, actor=None)
    with Receiver() as receiver, sending_over(receiver.wire()):
        send_what_waits()
    assert (told(), Endpoint.objects.get().state) == ([], EndpointState.PAUSED)


def test_every_owner_is_told_and_nobody_else() -> None:
    endpoint = make_endpoint()
    course = endpoint.course
    enrol(course, person=make_person("Otto"), role=Role.OWNER)
    for role in (Role.EDITOR, Role.GRADER, Role.LEARNER):
        enrol(course, person=make_person(f"No {role}"), role=role)
    left = enrol(course, person=make_person("Left"), role=Role.OWNER)
    left.left_at = NOW
    left.save()

    fail_for_good(ping(endpoint))

    assert sorted(name for name, _ in told()) == ["Olga", "Otto"]


def test_each_time_that_one_is_given_up_is_told() -> None:
    delivery = ping(make_endpoint())
    fail_for_good(delivery)
    replay(delivery)
    fail_for_good(delivery)
    assert len(told()) == 2


def test_it_is_told_to_teachers_in_words_without_a_course() -> None:
    kind = notice_kinds[UNDELIVERED]
    assert kind.to_teachers
    assert [kind.counted(amount) for amount in (1, 4)] == [
        "a webhook of a course does not arrive",
        "webhooks of a course do not arrive, 4 times",
    ]


@pytest.mark.parametrize(
    ("fields", "is_named"),
    [
        ({}, False),
        ({"failing_since": NOW}, False),
        ({"failing_since": NOW - timedelta(minutes=59)}, False),
        ({"failing_since": NOW - timedelta(hours=1)}, True),
        ({"failing_since": NOW - timedelta(days=9), "state": EndpointState.PAUSED}, False),
        ({"failing_since": NOW, "state": EndpointState.DISABLED}, True),
    ],
)
def test_those_that_fail_for_an_hour_or_are_disabled_are_named(fields: dict[str, Any], is_named: bool) -> None:
    endpoint = make_endpoint(**fields)
    assert list(failing_endpoints(at=NOW)) == ([endpoint] if is_named else [])


def test_the_one_that_fails_longest_is_named_first(django_assert_num_queries: Any) -> None:
    ages = [2, 9, 5]
    made = [make_endpoint(failing_since=NOW - timedelta(days=age)) for age in ages]
    with django_assert_num_queries(1):
        found = [(each.pk, each.course.title) for each in failing_endpoints(at=NOW)]
    assert [pk for pk, _ in found] == [made[1].pk, made[2].pk, made[0].pk]


def test_work_that_was_never_finished_is_given_up_too() -> None:
    """A worker that dies at each try: the sweeper quarantines its job, and the delivery has failed."""
    delivery = ping(make_endpoint())
    job = job_of(delivery)
    Job.objects.filter(pk=job.pk).update(tries=MOST_TRIES, next_try_at=NOW - timedelta(days=30))
    sweep()
    delivery.refresh_from_db()
    assert (delivery.state, job_of(delivery).state) == (DeliveryState.FAILED, "quarantined")
    assert len(told()) == 1
