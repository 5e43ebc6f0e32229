"""What we sign the standard's own library verifies, and nothing that was changed on the way."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from hooks.sending import message, new_secret, signatures, signed_headers

NAME = UUID(int=7)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OTHER = "whsec_" + base64.b64encode(bytes(range(32, 64))).decode()
BODY = message("ping", {"course": "c"}, happened_at=datetime(2026, 3, 1, 12, tzinfo=UTC))


def headers(**fields: Any) -> dict[str, str]:
    """The headers of the body, signed now."""
    return signed_headers(BODY, **{"name": NAME, "keys": [SECRET], "at": datetime.now(UTC), **fields})


def test_the_signature_is_that_of_a_known_example() -> None:
    """Worked out by hand with `openssl dgst -sha256 -hmac` over "id.timestamp.body"."""
    signed = signatures(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], name="msg_p5jXN8AQM9LWM0D4loKWxJek",
                        seconds=1614265330, body=b'{"test": 2432232314}')  # fmt: skip
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abcdef", min_size=1), json_values, max_size=5))
def test_the_library_of_the_standard_verifies_every_message(data: dict[str, Any]) -> None:
    body = message("attempt.graded", data, happened_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    sent = signed_headers(body, name=NAME, keys=[SECRET], at=datetime.now(UTC))
    read = Webhook(SECRET).verify(body, sent)
    assert read == {"type": "attempt.graded", "timestamp": "2026-03-01T12:00:00.000Z", "data": data}


def later(sent: Mapping[str, str], seconds: int) -> dict[str, str]:
    return {**sent, "webhook-timestamp": str(int(sent["webhook-timestamp"]) + seconds)}


TAMPERED: Mapping[str, Callable[[bytes, dict[str, str]], tuple[bytes, dict[str, str]]]] = {
    "a byte of the body": lambda body, sent: (body.replace(b"ping", b"pong"), sent),
    "a blank at its end": lambda body, sent: (body + b" ", sent),
    "an empty body": lambda body, sent: (b"", sent),
    "the id": lambda body, sent: (body, {**sent, "webhook-id": str(UUID(int=8))}),
    "the timestamp, by a second": lambda body, sent: (body, later(sent, 1)),
    "the timestamp, by an hour": lambda body, sent: (body, later(sent, -3_600)),
    "the signature": lambda body, sent: (body, {**sent, "webhook-signature": "v1," + "A" * 43 + "="}),
    "the signature's version": lambda body, sent: (
        body,
        {**sent, "webhook-signature": sent["webhook-signature"].replace("v1,", "v2,")},
    ),
    "no signature at all": lambda body, sent: (body, {**sent, "webhook-signature": ""}),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_changed_on_the_way_is_refused(what: str) -> None:
    body, sent = TAMPERED[what](BODY, headers())
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, sent)


@pytest.mark.parametrize("off", [timedelta(minutes=-6), timedelta(minutes=6)], ids=["old", "too new"])
def test_a_message_of_another_time_is_refused(off: timedelta) -> None:
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY, headers(at=datetime.now(UTC) + off))


def test_either_of_two_secrets_verifies_and_a_third_does_not() -> None:
    sent = headers(keys=[SECRET, OTHER])
    assert Webhook(SECRET).verify(BODY, sent) == Webhook(OTHER).verify(BODY, sent) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(BODY, sent)


def test_a_secret_is_as_long_as_the_standard_asks_and_never_the_same() -> None:
    made = {new_secret() for _ in range(50)}
    assert {len(base64.b64decode(each.removeprefix("whsec_"))) for each in made} == {32}
    assert len(made) == 50


def test_a_message_is_the_same_bytes_whatever_the_order_of_its_data() -> None:
    at = datetime(2026, 3, 1, 13, 30, 0, 123_456, tzinfo=UTC)
    one = message("ping", {"a": 1, "b": {"d": "ü", "c": None}}, happened_at=at)
    assert one == message("ping", {"b": {"c": None, "d": "ü"}, "a": 1}, happened_at=at)
    data = '{"a":1,"b":{"c":null,"d":"ü"}}'
    assert one.decode() == f'{{"data":{data},"timestamp":"2026-03-01T13:30:00.123Z","type":"ping"}}'


def test_a_time_of_any_zone_is_told_in_utc() -> None:
    noon = datetime.fromisoformat("2026-03-01T12:00:00+05:30")
    assert json.loads(message("ping", {}, happened_at=noon))["timestamp"] == "2026-03-01T06:30:00.000Z"
