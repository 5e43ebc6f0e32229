"""Marks that follow from what a test asks for and from the marks it bears."""

from __future__ import annotations

from collections.abc import Collection, Iterator

OF_DATABASES = frozenset({"db", "transactional_db", "live_server"})
"""Fixtures that give a test its database."""
PLAYED = frozenset({"door", "promise"})
"""Of tests in browsers, `make test` plays those that bear one of these."""
AT_DOORS = "tests/web/"
"""Tests of pages and programs: what a door asks of the database, the domain asks for it, and is tested on both."""


def marks_that_follow(path: str, marks: Collection[str], fixtures: Collection[str]) -> Iterator[str]:
    """`database` where a test has one, and `once` where it has it for a door and does not say that it is run twice;
    `full` where it is in a browser and neither opens a door nor holds a promise.
    """
    if "django_db" in marks or not OF_DATABASES.isdisjoint(fixtures):
        yield "database"
        if path.startswith(AT_DOORS) and "twice" not in marks:
            yield "once"
    if "browser" in marks and PLAYED.isdisjoint(marks):
        yield "full"
