from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def invited(email: str) -> str:
    out = StringIO()
    call_command("invite", email, stdout=out)
    return out.getvalue().strip()


def test_an_invited_person_signs_up_although_sign_up_is_by_invitation(client: Client, settings: Settings) -> None:
    settings.SIGNUP = "invite"
    client.get(invited("ana@example.org"))
    answer = client.post(
        "/accounts/signup/", {"name": "Ana", "email": "other@example.org", "password1": "three quiet words"}
    )
    person = User.objects.get()
    assert (person.email, person.name, person.email_verified_at is not None) == ("ana@example.org", "Ana", True)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_nobody_is_invited_twice(person: User) -> None:
    with pytest.raises(CommandError, match=r"ana@example\.org has an account already"):
        invited("ana@example.org")


def test_what_is_not_an_address_ends_with_2() -> None:
    with pytest.raises(CommandError) as refusal:
        invited("ana")
    assert refusal.value.returncode == 2
