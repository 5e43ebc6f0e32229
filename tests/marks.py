"""Marks that follow from what a test asks for and from the marks it bears."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import pytest

OF_DATABASES = frozenset({"db", "transactional_db", "live_server"})
"""Fixtures that give a test its database."""
OF_SEVERAL = frozenset({"transaction", "transactional_db", "twice"})
"""Where several connections meet, each database goes its own way."""
PLAYED = frozenset({"door", "promise"})
"""Of tests in browsers, `make test` plays those that bear one of these."""
AT_DOORS = "tests/web/"
"""Tests of pages and programs: what a door asks of the database, the domain asks for it, and is tested there."""
IN_THE_DOMAIN = re.compile(r"tests/(authoring|course|quizzes)/domain/")
"""Tests of what Django asks either database for in the same way: one of the two is enough while a change is made."""


def marks_of(item: pytest.Item) -> set[str]:
    """The names of the marks that a test bears, and by name what it asks of its database, as `transaction`."""
    asked = {name for mark in item.iter_markers("django_db") for name, value in mark.kwargs.items() if value}
    return {mark.name for mark in item.iter_markers()} | asked


def marks_that_follow(path: str, marks: Collection[str], fixtures: Collection[str]) -> Iterator[str]:
    """`database` where a test has one; with it `once` at a door and `domain` in the domain, but where it says that it
    is run twice or, in the domain, commits; `full` where it is in a browser and neither opens a door nor holds a
    promise. Of `marks`, `transaction` says that the test commits.
    """
    if "django_db" in marks or not OF_DATABASES.isdisjoint(fixtures):
        yield "database"
        if path.startswith(AT_DOORS) and "twice" not in marks:
            yield "once"
        if IN_THE_DOMAIN.match(path) and OF_SEVERAL.isdisjoint((*marks, *fixtures)):
            yield "domain"
    if "browser" in marks and PLAYED.isdisjoint(marks):
        yield "full"
