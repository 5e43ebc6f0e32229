"""Looking names up: within the time that fetching has, whatever the system's resolver does."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable

import pytest

from course.reading.errors import UnreadableSource
from course.reading.fetching import Wire, fetch
from tests.course.reading.fetching.server import PUBLIC, Server, answer, onward

PAGE = b"<p>For thirty years the council has kept a silver leash on its harbour.</p>"


def names_that_wait(over: threading.Event, *, from_lookup: int) -> Callable[[str, int], list[str]]:
    """A resolver that says nothing until it is over, from this lookup on, counted from one."""
    lookups = itertools.count(1)

    def look_up(_host: str, _port: int) -> list[str]:
        if next(lookups) >= from_lookup:
            over.wait(30)
        return [PUBLIC]

    return look_up


@pytest.mark.parametrize("from_lookup", [pytest.param(1, id="at once"), pytest.param(2, id="after a redirect")])
def test_names_that_are_looked_up_for_ever_are_left_when_the_time_is_over(from_lookup: int) -> None:
    began, over = time.monotonic(), threading.Event()
    with Server({"/a": onward("/b"), "/b": answer(PAGE)}) as server:
        waiting = Wire(lookup=names_that_wait(over, from_lookup=from_lookup), call=server.wire().call)
        with pytest.raises(UnreadableSource) as refused:
            fetch("http://example.org/a", wire=waiting, seconds=0.3)
    over.set()
    assert refused.value.code == "slow"
    assert len(server.called) == from_lookup - 1
    assert time.monotonic() - began < 10


def test_a_lookup_that_is_late_keeps_no_process_from_ending() -> None:
    over = threading.Event()
    with pytest.raises(UnreadableSource):
        fetch("http://example.org/a", wire=Wire(lookup=names_that_wait(over, from_lookup=1)), seconds=0.05)
    (left_behind,) = [each for each in threading.enumerate() if each.name == "lookup of example.org"]
    assert left_behind.daemon
    over.set()
    left_behind.join(10)
    assert not left_behind.is_alive()


def test_a_lookup_that_fails_beyond_the_network_says_what_it_was() -> None:
    """A fault of ours is no server's: it passes on as it is, to be recorded."""

    def broken(_host: str, _port: int) -> list[str]:
        raise LookupError("the resolver is gone")

    with pytest.raises(LookupError, match="the resolver is gone"):
        fetch("http://example.org/a", wire=Wire(lookup=broken))
