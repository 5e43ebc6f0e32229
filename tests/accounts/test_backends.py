from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, authenticate
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.backends import PeopleBackend
from accounts.models import User
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PATH = "accounts.backends.PeopleBackend"


def test_the_person_of_a_key_is_found_as_they_are_now(person: User) -> None:
    backend = PeopleBackend()
    assert backend.get_user(person.pk) == person
    User.objects.filter(pk=person.pk).update(name="Ana Novak")
    found = backend.get_user(person.pk)
    assert found is not None
    assert found.name == "Ana Novak"


def test_nobody_and_who_is_not_active_are_not_found(person: User) -> None:
    backend = PeopleBackend()
    assert backend.get_user(person.pk + 1) is None
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert backend.get_user(person.pk) is None


def test_coming_in_by_password_names_this_backend(client: Client, person: User) -> None:
    client.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert client.session[BACKEND_SESSION_KEY] == PATH
    assert PATH in settings.AUTHENTICATION_BACKENDS


@pytest.mark.parametrize(("password", "comes_in"), [(PASSWORD, True), ("two loud words", False), ("", False)])
def test_only_the_right_password_opens(password: str, comes_in: bool, person: User) -> None:
    found = authenticate(None, email="ana@example.org", password=password)
    assert (found == person) is comes_in


def test_permissions_are_those_that_were_given(person: User) -> None:
    assert not person.has_perm("accounts.view_auditentry")
    person.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    found = PeopleBackend().get_user(person.pk)
    assert found is not None
    assert found.has_perm("accounts.view_auditentry")
