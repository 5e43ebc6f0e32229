"""One message to one address: what it says, how it is signed, how it is posted, how long to wait. Pure."""

from __future__ import annotations

from hooks.sending.message import message, signed_headers
from hooks.sending.posting import Posted, check_address, post
from hooks.sending.signing import new_secret, signatures
from hooks.sending.waiting import MOST_TRIES, wait_after

__all__ = [
    "MOST_TRIES",
    "Posted",
    "check_address",
    "message",
    "new_secret",
    "post",
    "signatures",
    "signed_headers",
    "wait_after",
]
