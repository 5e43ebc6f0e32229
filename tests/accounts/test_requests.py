from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest

from accounts.models import User
from accounts.requests import signed_in, uuid_in

ONE = UUID(int=1)


@pytest.mark.parametrize("text", [str(ONE), ONE.hex, str(ONE).upper()])
def test_a_uuid_is_read_however_it_is_written(text: str) -> None:
    assert uuid_in(text) == ONE


@pytest.mark.parametrize("text", [None, "", "1", "\x00", "é" * 32, "0" * 33, 1, [str(ONE)], {"uuid": str(ONE)}])
def test_anything_else_is_none(text: Any) -> None:
    assert uuid_in(text) is None


def test_who_asks_is_who_is_signed_in() -> None:
    request, person = HttpRequest(), User(name="Ana")
    request.user = person

    assert signed_in(request) is person
