"""Endpoints: made within bounds, changed, paused, their secrets rotated, and deleted with all that hangs on them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from accounts.models import AuditEntry, User
from course.models import Course
from hooks.domain.endpoints import (
    MOST_ENDPOINTS,
    add_endpoint,
    change_endpoint,
    delete_endpoint,
    endpoints_of,
    pause_endpoint,
    ping,
    resume_endpoint,
    rotate_secret,
    secrets_in_force,
)
from hooks.errors import AddressRefused, EndpointExists, EndpointNotActive, TooManyEndpoints
from hooks.models import Delivery, DeliveryTry, Endpoint, EndpointState, Subscription
from jobs.domain.clock import database_now
from jobs.models import Job
from tests.factories import NOW, make_course, make_person
from tests.hooks.hooked import EVERYTHING, make_endpoint, send_what_waits, sending_over
from tests.hooks.receiver import ADDRESS, Receiver
from tests.jobs.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def owner() -> User:
    return make_person("Olga")


@pytest.fixture
def course(owner: User) -> Course:
    return make_course(owner=owner)


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_an_endpoint_is_made_with_a_secret_and_what_it_hears(course: Course, owner: User) -> None:
    types = {"attempt.graded", "course.published"}
    endpoint = add_endpoint(course, address=" HTTPS://LMS.example.org/Hook ", types=types, actor=owner, at=NOW)

    kept = Endpoint.objects.get()
    assert (kept.course, kept.address, kept.state) == (course, "https://lms.example.org/Hook", EndpointState.ACTIVE)
    assert (kept.secret, kept.made_by, kept.created_at) == (endpoint.secret, owner, NOW)
    assert set(kept.subscriptions.values_list("type", flat=True)) == types
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.course) == ("made an endpoint", f"endpoint:{kept.uuid}", course.uuid)
    assert entry.detail == {}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lms.example.org",
        "ftp://lms.example.org/",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://10.0.0.8/hook",
        "https://[::1]/",
        "https://lms.example.org:8443/",
        "https://me:secret@lms.example.org/",
        "https://lms.example.org/\r\nHost: elsewhere",
        "https://lms.example.org/" + "a" * 1_000,
    ],
)
def test_an_address_that_is_not_public_makes_and_changes_nothing(course: Course, address: str) -> None:
    endpoint = make_endpoint(course=course)
    with pytest.raises(AddressRefused):
        add_endpoint(course, address=address, types=EVERYTHING, actor=None)
    with pytest.raises(AddressRefused):
        change_endpoint(endpoint, address=address, types=EVERYTHING, actor=None)
    assert list(Endpoint.objects.values_list("address", flat=True)) == [ADDRESS]


def test_a_course_tells_an_address_once(course: Course) -> None:
    first = make_endpoint(course=course)
    second = make_endpoint("http://other.example.org/", course=course)
    with pytest.raises(EndpointExists):
        add_endpoint(course, address="HTTP://lms.example.org/postil", types=EVERYTHING, actor=None)
    with pytest.raises(EndpointExists):
        change_endpoint(second, address=first.address, types=EVERYTHING, actor=None)
    assert make_endpoint(course=make_course()).address == first.address


def test_a_course_has_a_bounded_number_of_endpoints(course: Course) -> None:
    for number in range(MOST_ENDPOINTS):
        make_endpoint(f"https://lms.example.org/{number}", course=course)
    with pytest.raises(TooManyEndpoints):
        make_endpoint("https://lms.example.org/more", course=course)
    assert Endpoint.objects.count() == MOST_ENDPOINTS


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_last_endpoint_at_once_make_one() -> None:
    course = make_course()
    for number in range(MOST_ENDPOINTS - 1):
        make_endpoint(f"https://lms.example.org/{number}", course=course)
    addresses = iter(["https://one.example.org/", "https://two.example.org/"])

    def make() -> str:
        try:
            return make_endpoint(next(addresses), course=course).address
        except TooManyEndpoints as error:
            return error.code

    assert "too_many_endpoints" in at_once(make, times=2)
    assert Endpoint.objects.count() == MOST_ENDPOINTS


def test_a_change_says_anew_where_and_of_what_it_is_told(course: Course) -> None:
    endpoint = make_endpoint(course=course)
    secret = endpoint.secret
    change_endpoint(endpoint, address="https://lms.example.org/new", types={"result.changed"}, actor=None)

    kept = Endpoint.objects.get()
    assert (kept.address, kept.secret) == ("https://lms.example.org/new", secret)
    assert list(kept.subscriptions.values_list("type", flat=True)) == ["result.changed"]
    change_endpoint(endpoint, address=kept.address, types={"result.changed", "ping", "nonsense"}, actor=None)
    assert list(kept.subscriptions.values_list("type", flat=True)) == ["result.changed"]
    assert verbs() == ["made an endpoint", "changed an endpoint", "changed an endpoint"]


def test_pausing_and_resuming_happen_once_each(course: Course, owner: User) -> None:
    endpoint = make_endpoint(course=course, failing_since=NOW)
    assert [pause_endpoint(endpoint, actor=owner) for _ in range(2)] == [True, False]
    assert endpoint.state == EndpointState.PAUSED
    assert [resume_endpoint(endpoint, actor=owner) for _ in range(2)] == [True, False]
    assert (endpoint.state, endpoint.failing_since) == (EndpointState.ACTIVE, None)
    assert verbs() == ["made an endpoint", "paused an endpoint", "resumed an endpoint"]


def test_a_disabled_endpoint_is_resumed_and_not_paused(course: Course) -> None:
    endpoint = make_endpoint(course=course, state=EndpointState.DISABLED, failing_since=NOW)
    assert not pause_endpoint(endpoint, actor=None)
    assert resume_endpoint(endpoint, actor=None)


def test_a_rotated_secret_signs_beside_the_new_one_for_a_day(course: Course) -> None:
    endpoint = make_endpoint(course=course)
    old = endpoint.secret
    new = rotate_secret(endpoint, actor=None, at=NOW)

    kept = Endpoint.objects.get()
    assert new == kept.secret != old
    moments = [timedelta(0), timedelta(hours=23, minutes=59), timedelta(hours=24), timedelta(days=300)]
    assert [secrets_in_force(kept, at=NOW + after) for after in moments] == [[new, old], [new, old], [new], [new]]


def test_rotated_twice_the_newest_two_sign(course: Course) -> None:
    endpoint = make_endpoint(course=course)
    first = endpoint.secret
    second, third = rotate_secret(endpoint, actor=None, at=NOW), rotate_secret(endpoint, actor=None, at=NOW)
    assert len({first, second, third}) == 3
    assert secrets_in_force(Endpoint.objects.get(), at=NOW) == [third, second]


def test_a_receiver_with_either_secret_verifies_what_comes_within_the_day(course: Course) -> None:
    endpoint = make_endpoint(course=course)
    old = endpoint.secret
    new = rotate_secret(endpoint, actor=None)
    with Receiver() as receiver, sending_over(receiver.wire()):
        ping(endpoint)
        send_what_waits()
        Endpoint.objects.update(old_secret_until=database_now())
        ping(endpoint)
        send_what_waits()
    within, after = receiver.told
    for secret in (old, new):
        assert Webhook(secret).verify(within.body, dict(within.headers))["type"] == "ping"
    assert Webhook(new).verify(after.body, dict(after.headers))["type"] == "ping"
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(after.body, dict(after.headers))


def test_a_secret_stands_in_no_entry_of_the_log(course: Course) -> None:
    endpoint = make_endpoint(course=course)
    rotate_secret(endpoint, actor=None)
    said = [f"{entry.subject} {entry.detail}" for entry in AuditEntry.objects.all()]
    assert [line for line in said if "whsec" in line or "example" in line] == []


def test_deleting_takes_everything_along_and_sends_nothing_more(course: Course) -> None:
    endpoint = make_endpoint(course=course)
    ping(endpoint)
    with Receiver() as receiver, sending_over(receiver.wire()):
        delete_endpoint(endpoint, actor=None)
        send_what_waits()
    tables: list[Any] = [Endpoint, Subscription, Delivery, DeliveryTry]
    assert [table.objects.count() for table in tables] == [0, 0, 0, 0]
    assert receiver.told == []
    assert list(Job.objects.values_list("state", flat=True)) == ["done"]
    assert verbs()[-1] == "deleted an endpoint"


def test_a_ping_reaches_an_endpoint_that_hears_nothing_else(course: Course) -> None:
    endpoint = add_endpoint(course, address=ADDRESS, types=[], actor=None)
    delivery = ping(endpoint, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert (delivery.type, delivery.data["course"], delivery.learner) == ("ping", str(course.uuid), None)
    assert delivery.data["links"] == {"course": f"http://127.0.0.1:8000/api/v1/courses/{course.slug}/"}


@pytest.mark.parametrize("state", [EndpointState.PAUSED, EndpointState.DISABLED])
def test_who_is_not_active_is_not_pinged(course: Course, state: EndpointState) -> None:
    endpoint = make_endpoint(course=course, state=state, failing_since=NOW)
    with pytest.raises(EndpointNotActive):
        ping(endpoint)
    assert Delivery.objects.count() == 0


def test_a_course_lists_its_own_endpoints_in_order_with_two_queries(
    course: Course, django_assert_num_queries: Any
) -> None:
    own = [make_endpoint(f"https://lms.example.org/{number}", course=course) for number in range(3)]
    make_endpoint()
    with django_assert_num_queries(2):
        listed = list(endpoints_of(course))
        heard = [{each.type for each in endpoint.subscriptions.all()} for endpoint in listed]
    assert (listed, heard) == (own, [set(EVERYTHING)] * 3)
