"""What is told of the builds of a text."""

from __future__ import annotations

import pytest

from config.benchmarks.building import Build, built, told
from course.models import Course
from course.reading.formats import read_text

TEXT = "A reef is a bar of rock. It keeps the waves from the shore, and boats from the harbour.\n\n" * 3


def test_the_cheapest_build_is_told_and_the_middle_one_beside_it() -> None:
    builds = [Build(seconds, questions=7) for seconds in (0.3, 0.1, 0.5)]
    assert told("a reef", read_text("one two three"), builds) == {
        "text": "a reef",
        "words": 3,
        "questions": 7,
        "ms": 100.0,
        "median_ms": 300.0,
    }


@pytest.mark.django_db
def test_a_build_costs_something_and_leaves_nothing() -> None:
    assert built("a reef", read_text(TEXT)).seconds > 0
    assert not Course.objects.exists()
