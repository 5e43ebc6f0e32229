"""What is sent: the body, the same at every try, and the headers, signed anew each time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hooks.sending.signing import signatures


def message(kind: str, data: Mapping[str, Any], *, happened_at: datetime) -> bytes:
    """The body in UTF-8; equal arguments give equal bytes. Its timestamp is when it happened, in UTC."""
    said = happened_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    whole = {"type": kind, "timestamp": said, "data": data}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signed_headers(body: bytes, *, name: UUID, keys: Iterable[str], at: datetime) -> dict[str, str]:
    """The headers of a try at `at`: the webhook-id is the same at every try, timestamp and signatures are its own."""
    seconds = int(at.timestamp())
    return {
        "Content-Type": "application/json",
        "webhook-id": str(name),
        "webhook-timestamp": str(seconds),
        "webhook-signature": signatures(keys, name=str(name), seconds=seconds, body=body),
    }
