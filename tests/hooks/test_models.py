"""The database itself keeps the rules of endpoints and deliveries, whoever writes to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model

from hooks.models import (
    TOLD,
    Delivery,
    DeliveryState,
    DeliveryTry,
    Endpoint,
    EndpointState,
    EventType,
    Subscription,
)
from tests.factories import NOW, make_course, make_person
from tests.rules_of_tables import Other, Rule, kept_badly, known, rules_of, said_badly

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SECRET = "whsec_c2VjcmV0"
NEW = {"address": "https://example.org/new"}


@pytest.fixture
def scene() -> dict[str, Model]:
    course, other = make_course(), make_course()
    endpoint = Endpoint.objects.create(course=course, address="https://example.org/", secret=SECRET, created_at=NOW)
    second = Endpoint.objects.create(course=other, address="https://example.org/", secret=SECRET, created_at=NOW)
    delivery = Delivery.objects.create(endpoint=endpoint, type="ping", data={}, happened_at=NOW)
    return {
        "course": course,
        "other course": other,
        "endpoint": endpoint,
        "other endpoint": second,
        "subscription": Subscription.objects.create(endpoint=endpoint, type="attempt.graded"),
        "delivery": delivery,
        "try": DeliveryTry.objects.create(
            delivery=delivery, claim=UUID(int=1), at=NOW, milliseconds=12, status=500, error="No."
        ),
    }


RULES = [
    Rule(
        "one_endpoint_for_an_address",
        "endpoint",
        refused=[{}, {"state": "paused"}],
        taken=[NEW, {"address": "https://example.org/?b"}],
    ),
    known("endpoint_state_known", "endpoint", "state", ["active", "paused"], NEW),
    Rule(
        "endpoint_has_an_address",
        "endpoint",
        refused=[{"address": each} for each in ("", "ftp://example.org/", "example.org")],
        taken=[{"address": each} for each in ("http://example.org/", "https://example.org/a")],
    ),
    Rule(
        "endpoint_has_a_secret",
        "endpoint",
        refused=[NEW | {"secret": each} for each in ("", "secret", "whsec-c2VjcmV0")],
        taken=[NEW | {"secret": SECRET}],
    ),
    Rule(
        "old_secret_has_an_end",
        "endpoint",
        refused=[
            NEW | {"old_secret": SECRET},
            NEW | {"old_secret_until": NOW},
            NEW | {"old_secret": "old", "old_secret_until": NOW},
        ],
        taken=[NEW | {"old_secret": SECRET, "old_secret_until": NOW}, NEW],
    ),
    Rule(
        "disabled_endpoint_has_failed",
        "endpoint",
        refused=[NEW | {"state": "disabled"}],
        taken=[NEW | {"state": "disabled", "failing_since": NOW}, NEW | {"failing_since": NOW}],
    ),
    Rule(
        "one_subscription_for_a_type",
        "subscription",
        refused=[{}],
        taken=[{"type": "result.changed"}, {"endpoint": Other("other endpoint")}],
    ),
    Rule(
        "subscribed_type_can_be_told",
        "subscription",
        refused=[{"type": each} for each in ("ping", "", "attempt", "ATTEMPT.GRADED")],
        taken=[{"type": each.value} for each in TOLD if each != EventType.ATTEMPT_GRADED],
    ),
    known("delivered_type_known", "delivery", "type", EventType.values, {}),
    known("delivery_state_known", "delivery", "state", ["waiting", "failed"], {}),
    Rule(
        "what_is_delivered_has_a_date",
        "delivery",
        refused=[
            {"state": "delivered"},
            {"state": "waiting", "delivered_at": NOW},
            {"state": "failed", "delivered_at": NOW},
        ],
        taken=[{"state": "delivered", "delivered_at": NOW}, {"state": "failed"}],
    ),
    Rule(
        "try_has_a_status_of_http",
        "try",
        refused=[{"claim": UUID(int=2), "status": each} for each in (0, 99, 1_000)],
        taken=[{"claim": UUID(int=2), "status": each} for each in (100, 204, 999)],
    ),
    Rule(
        "a_try_without_a_status_says_why",
        "try",
        refused=[{"claim": UUID(int=2), "status": None, "error": ""}],
        taken=[
            {"claim": UUID(int=2), "status": None, "error": "Slow."},
            {"claim": UUID(int=2), "status": 204, "error": ""},
        ],
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_database_keeps_each_rule(rule: Rule, scene: dict[str, Model]) -> None:
    assert kept_badly(rule, scene) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_form_would_say_the_same(rule: Rule, scene: dict[str, Model]) -> None:
    assert said_badly(rule, scene) == []


def test_every_rule_is_shown() -> None:
    assert {rule.name for rule in RULES} == rules_of("hooks")


def test_a_claim_makes_one_try(scene: dict[str, Any]) -> None:
    again = DeliveryTry(delivery=scene["delivery"], claim=UUID(int=1), at=NOW, milliseconds=1, status=200)
    DeliveryTry.objects.bulk_create([again], ignore_conflicts=True)
    assert DeliveryTry.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("endpoint", "https://example.org/"),
        ("subscription", "attempt.graded"),
        ("delivery", "ping (waiting)"),
        ("try", "No."),
    ],
)
def test_a_row_says_what_it_is_and_never_its_secret(scene: dict[str, Any], name: str, words: str) -> None:
    assert str(scene[name]) == words


def test_what_hangs_on_a_course_goes_with_it(scene: dict[str, Any]) -> None:
    Subscription.objects.create(endpoint=scene["other endpoint"], type="attempt.graded")
    scene["endpoint"].delete()
    left = [model.objects.count() for model in (Endpoint, Subscription, Delivery, DeliveryTry)]
    assert left == [1, 1, 0, 0]


def test_who_made_an_endpoint_may_leave(scene: dict[str, Any]) -> None:
    person = make_person()
    Endpoint.objects.filter(pk=scene["endpoint"].pk).update(made_by=person)
    person.delete()
    assert Endpoint.objects.get(pk=scene["endpoint"].pk).made_by is None


def test_a_delivery_ends_and_comes_back_only_to_wait() -> None:
    moves: Any = Delivery.TRANSITIONS
    assert set(moves) == set(DeliveryState)
    assert moves[DeliveryState.WAITING] == {DeliveryState.DELIVERED, DeliveryState.FAILED}
    assert moves[DeliveryState.DELIVERED] == moves[DeliveryState.FAILED] == {DeliveryState.WAITING}


def test_a_ping_is_all_that_nobody_subscribes_to() -> None:
    assert set(EventType) - set(TOLD) == {EventType.PING}
    assert EndpointState.values == ["active", "paused", "disabled"]
