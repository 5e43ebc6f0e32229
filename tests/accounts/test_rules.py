from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.rules import is_author


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (User(), False),
        (User(may_author=True), True),
        (User(is_superuser=True), True),
        (User(may_author=True, is_active=False), False),
        (AnonymousUser(), False),
    ],
)
def test_who_may_author(person: User | AnonymousUser, may: bool) -> None:
    assert is_author(person) is may


@pytest.mark.django_db
@pytest.mark.database
def test_the_permission_asks_the_predicate() -> None:
    assert User.objects.create(may_author=True).has_perm("accounts.author")
    assert not User.objects.create().has_perm("accounts.author")
