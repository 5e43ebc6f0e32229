"""Identifiers that sort by the time they were made (RFC 9562, version 7), so that indexes on them grow at one end."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def time_ordered_uuid() -> UUID:
    """A UUID of version 7: 48 bits of Unix milliseconds, then 74 random bits. Says when, tells nothing else."""
    milliseconds = time.time_ns() // 1_000_000
    version_and_random = 0x7000 | secrets.randbits(12)
    variant_and_random = (0b10 << 62) | secrets.randbits(62)
    return UUID(int=(milliseconds & (2**48 - 1)) << 80 | version_and_random << 64 | variant_and_random)
