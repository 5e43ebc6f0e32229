"""An awaited account is taken up by whoever holds its address, by any way there is, and by nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.domain.awaited import people_or_awaited
from accounts.domain.people import create_person, find_person, invitation_link
from accounts.models import User
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADDRESS = "ana@example.org"


@pytest.fixture
def awaited() -> User:
    return people_or_awaited({ADDRESS: "Ana Moravec"})[ADDRESS]


def follow(client: Client, address: str = ADDRESS) -> Any:
    return client.get(invitation_link(address), follow=True)


def sign_up(client: Client, name: str = "") -> Any:
    sent = {"name": name, "email": ADDRESS, "password1": PASSWORD}
    return client.post("/accounts/signup/", sent, follow=True)


def is_signed_in(client: Client, person: User) -> bool:
    return client.session.get("_auth_user_id") == str(person.pk)


@pytest.mark.parametrize("signup", ["open", "invite", "closed"])
def test_an_invitation_leads_into_the_account_that_was_made(
    client: Client, awaited: User, settings: Settings, signup: str
) -> None:
    settings.SIGNUP = signup
    page = follow(client).content.decode()
    assert "You were invited with this address." in page
    assert 'value="Ana Moravec"' in page

    sign_up(client, name="Ana M.")

    person = find_person(ADDRESS)
    assert person == awaited
    assert (person.name, person.awaited_since, person.check_password(PASSWORD)) == ("Ana M.", None, True)
    assert is_signed_in(client, awaited)
    assert User.objects.count() == 1


def test_who_gives_no_name_keeps_the_one_they_were_awaited_by(client: Client, awaited: User) -> None:
    follow(client)
    sign_up(client)
    awaited.refresh_from_db()
    assert awaited.name == "Ana Moravec"


def test_an_invitation_goes_past_an_account_that_only_claims_the_address(client: Client, awaited: User) -> None:
    claimer = create_person(ADDRESS, password="the claimer's own words", verified=False)

    follow(client)
    sign_up(client)

    assert find_person(ADDRESS) == awaited
    claimer.refresh_from_db()
    assert claimer.email_verified_at is None
    assert not client.login(username=claimer.email, password="the claimer's own words") or is_signed_in(client, awaited)


def test_a_stranger_who_signs_up_with_the_address_gets_nothing(client: Client, awaited: User) -> None:
    answer = sign_up(client, name="Stranger")

    awaited.refresh_from_db()
    assert (awaited.name, awaited.has_usable_password(), awaited.email_verified_at) == ("Ana Moravec", False, None)
    assert "_auth_user_id" not in client.session
    # The same is said of an address that nobody knows.
    unknown = Client().post(
        "/accounts/signup/", {"name": "", "email": "new@example.org", "password1": PASSWORD}, follow=True
    )
    assert [step for step, _ in answer.redirect_chain] == [step for step, _ in unknown.redirect_chain]


@pytest.mark.parametrize("address", [ADDRESS, "nobody@example.org"])
def test_signing_in_and_a_new_password_say_the_same_of_an_awaited_and_an_unknown_address(
    client: Client, awaited: User, address: str
) -> None:
    refused = client.post("/accounts/login/", {"login": address, "password": PASSWORD})
    asked = client.post("/accounts/password/reset/", {"email": address})
    assert refused.context["form"].errors["__all__"] == [
        "This email address and password do not belong together. Look at both again, or choose a new password."
    ]
    assert (asked.status_code, asked["Location"]) == (302, "/accounts/password/reset/done/")
    assert [message.to for message in mail.outbox] == [[address]]


def test_a_new_password_by_mail_takes_the_account_up_too(client: Client, awaited: User) -> None:
    client.post("/accounts/password/reset/", {"email": ADDRESS})
    [link] = re.findall(r"https?://\S*set-password\S+", str(mail.outbox[0].body))
    form = client.get(link, follow=True).request["PATH_INFO"]

    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})

    assert find_person(ADDRESS) == awaited
    assert is_signed_in(client, awaited)


def test_an_invitation_that_was_used_leads_to_the_sign_in(client: Client, awaited: User) -> None:
    follow(client)
    sign_up(client)
    other = Client()

    page = follow(other)

    assert page.redirect_chain == [("/accounts/login/", 302)]
    assert "You have an account with this address already." in page.content.decode()
    assert "invited_email" not in other.session


def test_an_invitation_opened_twice_changes_no_password_once_it_was_used(client: Client, awaited: User) -> None:
    early, late = Client(), Client()
    follow(early)
    follow(late)
    sign_up(early)

    late.post("/accounts/signup/", {"name": "Late", "email": ADDRESS, "password1": "other quiet words"})

    awaited.refresh_from_db()
    assert awaited.check_password(PASSWORD)
    assert "_auth_user_id" not in late.session
    assert EmailAddress.objects.filter(verified=True).count() == 1
