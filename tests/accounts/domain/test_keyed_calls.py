"""A call named by a key is new once in a day, for whoever named it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.keyed_calls import KEPT_FOR, GivenReply, NamedCall, forget_old_calls, keep_reply, reply_before
from accounts.errors import KeyReused
from accounts.models import KeyedCall, User
from jobs.domain import sweep
from jobs.domain.clock import database_now
from tests.factories import NOW, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

REPLY = GivenReply(201, '{"uuid":"x"}', "/api/v1/things/x/")
BEFORE_IT_IS_OLD = NOW + KEPT_FOR - timedelta(seconds=1)
OLD = NOW + KEPT_FOR


@pytest.fixture
def call(person: User) -> NamedCall:
    return NamedCall(person.pk, "monday", "a" * 64)


def test_a_new_call_has_no_reply_and_a_kept_one_its_own(call: NamedCall) -> None:
    assert reply_before(call) is None
    keep_reply(call, REPLY)
    assert reply_before(call) == REPLY


def test_the_same_key_with_another_digest_is_refused(call: NamedCall) -> None:
    keep_reply(call, REPLY)
    with pytest.raises(KeyReused):
        reply_before(replace(call, digest="b" * 64))


def test_a_key_is_one_persons(call: NamedCall) -> None:
    keep_reply(call, REPLY)
    assert reply_before(replace(call, person=make_person().pk)) is None


def test_a_reply_is_kept_for_a_day(call: NamedCall) -> None:
    keep_reply(call, REPLY, at=NOW)
    assert reply_before(call, at=BEFORE_IT_IS_OLD) == REPLY
    assert reply_before(call, at=OLD) is None
    assert not KeyedCall.objects.exists()


def test_an_old_key_may_come_with_anything(call: NamedCall) -> None:
    keep_reply(call, REPLY, at=NOW)
    other = replace(call, digest="b" * 64)
    assert reply_before(other, at=OLD) is None
    keep_reply(other, GivenReply(202, "{}"), at=OLD)
    assert reply_before(other, at=OLD) == GivenReply(202, "{}")


def test_two_replies_for_one_key_are_one_too_many(call: NamedCall) -> None:
    keep_reply(call, REPLY)
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_reply(call, REPLY)


@pytest.mark.parametrize("fields", [{"key": ""}, {"status": 199}, {"status": 300}, {"status": 500}], ids=str)
def test_what_has_no_key_or_did_not_go_well_is_not_kept(person: User, fields: dict[str, object]) -> None:
    sound: dict[str, object] = {"user": person, "key": "k", "digest": "a", "status": 200, "body": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyedCall.objects.create(**(sound | fields))
    assert KeyedCall.objects.create(**sound).pk


def test_old_replies_are_forgotten_and_young_ones_are_not(call: NamedCall) -> None:
    keep_reply(call, REPLY, at=NOW)
    keep_reply(replace(call, key="tuesday"), REPLY, at=NOW + timedelta(hours=1))
    assert forget_old_calls(BEFORE_IT_IS_OLD) == 0
    assert forget_old_calls(OLD) == 1
    assert list(KeyedCall.objects.values_list("key", flat=True)) == ["tuesday"]


def test_so_many_are_forgotten_at_once(call: NamedCall, person: User) -> None:
    KeyedCall.objects.bulk_create(
        KeyedCall(user=person, key=f"{n}", digest="a", status=200, body="", created_at=NOW) for n in range(503)
    )
    assert [forget_old_calls(OLD) for _ in range(3)] == [500, 3, 0]


def test_the_sweeper_forgets_them(call: NamedCall) -> None:
    keep_reply(call, REPLY, at=database_now() - KEPT_FOR - timedelta(minutes=1))
    assert sweep().errors == []
    assert not KeyedCall.objects.exists()


def test_a_kept_call_says_its_key_and_status(call: NamedCall) -> None:
    keep_reply(call, REPLY)
    assert str(KeyedCall.objects.get()) == "monday: 201"
