"""One question to a service and its answer, over HTTP: bounded in time and size, errors told apart by what helps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any

import httpx

from quizzes.drafting.proposals import ProviderBusy, ProviderRefused

LONGEST_REPLY = 2_000_000
"""Bytes. A lesson's questions have a hundredth."""
CONNECT_SECONDS = 10
LONGEST_WAIT = 3_600
"""Seconds. Who asks us to wait longer is asked again after an hour."""
WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})
"""And every status from 500 on."""
QUOTED = 200
"""Characters of a service's own words that are passed on."""


def asked(address: str, *, headers: Mapping[str, str], body: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    """The JSON object that the service answers, within `seconds` in all. Redirects are not followed.

    Raises ProviderBusy where asking again may help and ProviderRefused where it cannot.
    """
    status, sent, text = _exchanged(address, headers=headers, body=body, seconds=seconds)
    if status != httpx.codes.OK:
        raise _error_of(status, sent, text)
    if not sent.get("content-type", "").lower().startswith("application/json"):
        raise ProviderRefused("What answers at the model’s address is no such service: it sent no JSON.")
    reply = _object(text)
    if reply is None:
        raise ProviderBusy("The model’s service sent broken JSON.")
    return reply


def _exchanged(
    address: str, *, headers: Mapping[str, str], body: Mapping[str, Any], seconds: float
) -> tuple[int, httpx.Headers, bytes]:
    limits = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
    until = monotonic() + seconds
    # Unpacked, a small reply could be of any size.
    plain = {**headers, "Accept": "application/json", "Accept-Encoding": "identity"}
    with (
        _told(seconds),
        httpx.Client(timeout=limits, follow_redirects=False) as client,
        client.stream("POST", address, headers=plain, json=body) as response,
    ):
        return response.status_code, response.headers, _received(response, until=until)


def _received(response: httpx.Response, *, until: float) -> bytes:
    whole = bytearray()
    for part in response.iter_raw():
        whole += part
        if len(whole) > LONGEST_REPLY:
            raise ProviderRefused(f"The model’s service sent more than {LONGEST_REPLY:,} bytes.")
        # A read's own timeout begins anew with each byte.
        if monotonic() > until:
            raise httpx.ReadTimeout("It sent too slowly.")
    return bytes(whole)


@contextmanager
def _told(seconds: float) -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise ProviderBusy(f"The model’s service did not answer within {seconds:g} seconds.") from error
    except httpx.InvalidURL as error:
        raise ProviderRefused("The model’s address is none that can be asked.") from error
    except httpx.RequestError as error:
        raise ProviderBusy(f"The model’s service cannot be reached: {type(error).__name__}.") from error


def _error_of(status: int, sent: httpx.Headers, text: bytes) -> ProviderBusy | ProviderRefused:
    said = f"The model’s service answered with status {status}{_own_words(text)}."
    if status in WORTH_ANOTHER_TRY or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return ProviderBusy(said, retry_after=_wait(sent.get("retry-after", "")))
    return ProviderRefused(said)


def _own_words(text: bytes) -> str:
    """What both services put under error.message."""
    error = (_object(text) or {}).get("error")
    message = error.get("message") if isinstance(error, dict) else None
    return f": {' '.join(message.split())[:QUOTED].rstrip('.')}" if isinstance(message, str) else ""


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _wait(header: str) -> float:
    """Seconds from a Retry-After (RFC 9110, section 10.2.3): a number or a date; 0 for what is neither."""
    if re.fullmatch(r"[0-9]{1,9}", header.strip()):
        return float(min(int(header), LONGEST_WAIT))
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return 0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((aware - datetime.now(UTC)).total_seconds(), 0), LONGEST_WAIT)
