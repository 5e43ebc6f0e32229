from __future__ import annotations

import time
from uuid import RFC_4122

from jobs.identifiers import time_ordered_uuid


def test_it_is_a_uuid_of_version_7() -> None:
    made = time_ordered_uuid()
    assert (made.version, made.variant) == (7, RFC_4122)


def test_its_first_48_bits_are_the_time_in_milliseconds() -> None:
    before = time.time_ns() // 1_000_000
    milliseconds = time_ordered_uuid().int >> 80
    assert before <= milliseconds <= time.time_ns() // 1_000_000


def test_ten_thousand_made_at_once_differ() -> None:
    assert len({time_ordered_uuid() for _ in range(10_000)}) == 10_000
