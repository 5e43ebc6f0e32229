"""Secrets and signatures as Standard Webhooks has them (https://www.standardwebhooks.com, version 1, symmetric)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32
"""The standard asks for 24 to 64."""


def new_secret() -> str:
    """A fresh secret in the standard's own form."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signatures(keys: Iterable[str], *, name: str, seconds: int, body: bytes) -> str:
    """The value of webhook-signature: one signature for each secret, apart by blanks, any of which suffices.

    `name` is the webhook-id and `seconds` the webhook-timestamp, in whole seconds since 1970.
    """
    content = f"{name}.{seconds}.".encode() + body
    return " ".join(f"v1,{_signature(key, content)}" for key in keys)


def _signature(key: str, content: bytes) -> str:
    raw = base64.b64decode(key.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(raw, content, hashlib.sha256)).decode()
