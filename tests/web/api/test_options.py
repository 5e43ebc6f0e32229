"""Which methods an address knows is told by every one of them."""

from __future__ import annotations

import pytest

from tests.factories import make_person
from tests.web.api.callers import Caller, call
from tests.web.api.test_routes import CALLS


@pytest.mark.django_db
def test_every_address_says_which_methods_it_knows_and_nothing_more() -> None:
    caller = Caller(make_person())
    known: dict[str, set[str]] = {}
    for method, path in CALLS:
        known.setdefault(path, {"OPTIONS"}).update({"GET", "HEAD"} if method == "GET" else {method})
    answers = {path: caller.send("OPTIONS", path, "") for path in known}
    assert {path: (each.status_code, each.content) for path, each in answers.items()} == dict.fromkeys(
        known, (200, b"")
    )
    assert {path: set(each["Allow"].split(", ")) for path, each in answers.items()} == known


@pytest.mark.django_db
def test_who_does_not_say_who_they_are_is_told_nothing() -> None:
    assert call("OPTIONS", "courses/").status_code == 401
