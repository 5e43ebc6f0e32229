"""Fetching: the address of a published article in, its bytes out, and never a word to anything that is not public.

`fetch` is the only door to articles, and `connection_to` to whoever is posted to. `address` says what may be asked for
at all, `networks` who may be spoken to, `wire` speaks.
"""

from __future__ import annotations

from course.reading.fetching.address import Address, address_of
from course.reading.fetching.fetch import MOST_BYTES, Fetched, fetch
from course.reading.fetching.wire import INTERNET, Wire, connection_to

__all__ = ["INTERNET", "MOST_BYTES", "Address", "Fetched", "Wire", "address_of", "connection_to", "fetch"]
