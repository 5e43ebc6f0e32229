"""The one id that goes from a request through its job to the grade, in the log lines of every process on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("postil_request_id", default="")
LONGEST = 64
"""Characters that a job keeps."""


def current_request_id() -> str:
    """The id of the request that this is done for, here or in another process; "" where nobody asked for it."""
    return _current.get()


@contextmanager
def done_for(request_id: str) -> Iterator[None]:
    """What happens inside, in this thread, is done for that request."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)
