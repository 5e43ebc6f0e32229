"""A session is as good as its row and its person are at this very request, however both are looked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.sessions import SessionStore
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def page(client: Client) -> str:
    """Home, which says who is signed in."""
    return client.get("/").content.decode()


def is_in(client: Client) -> bool:
    return "Ana Moravec" in page(client)


def other_browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def stored(**values: Any) -> SessionStore:
    store = SessionStore()
    store.update(values)
    store.create()
    return store


ENDS: dict[str, Callable[[Client, User], Any]] = {
    "its row is deleted": lambda client, _: Session.objects.all().delete(),
    "it expires": lambda client, _: Session.objects.update(expire_date=timezone.now()),
    "it is changed by hand": lambda client, _: Session.objects.update(session_data="x" + "y" * 40),
    "the account is closed": lambda client, person: User.objects.filter(pk=person.pk).update(is_active=False),
    "the person is gone": lambda client, person: person.delete(),
    "the password is another": lambda client, person: User.objects.filter(pk=person.pk).update(password="!other"),
    "they sign out": lambda client, _: client.post("/accounts/logout/"),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_session_ends_at_once_when(end: str, signed_in: Client, person: User) -> None:
    assert is_in(signed_in)
    ENDS[end](signed_in, person)
    assert not is_in(signed_in)
    assert "Sign in" in page(signed_in)


def test_signing_out_leaves_the_other_browser_in(signed_in: Client, person: User) -> None:
    other = other_browser(person)
    signed_in.post("/accounts/logout/")
    assert (is_in(signed_in), is_in(other)) == (False, True)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(signed_in: Client) -> None:
    key = signed_in.cookies["sessionid"].value
    signed_in.post("/accounts/logout/")
    copied = Client()
    copied.cookies["sessionid"] = key
    assert not is_in(copied)


def test_changing_the_password_ends_all_other_sessions(signed_in: Client, person: User) -> None:
    person.set_password(PASSWORD)
    person.save()
    here, other = other_browser(person), other_browser(person)
    form = {"oldpassword": PASSWORD, "password1": "four quiet words", "password2": "four quiet words"}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert (is_in(here), is_in(other)) == (True, False)


def test_what_changes_of_a_person_shows_at_the_next_request(signed_in: Client, person: User) -> None:
    assert "Studio" not in page(signed_in)
    User.objects.filter(pk=person.pk).update(may_author=True, name="Ana Novak")
    assert "Studio" in page(signed_in)
    assert "Ana Novak" in page(signed_in)


def test_two_people_in_turn_are_never_taken_for_each_other(signed_in: Client) -> None:
    other = other_browser(User.objects.create_user("ben@example.org", name="Ben Okafor"))
    for _ in range(3):
        assert ("Ana Moravec" in page(signed_in), "Ben Okafor" in page(signed_in)) == (True, False)
        assert ("Ana Moravec" in page(other), "Ben Okafor" in page(other)) == (False, True)


@pytest.mark.parametrize("values", [{}, {"one": 1}, {"text": "ž" * 5_000, "list": [1, {"two": None}]}])
def test_sessions_are_read_as_django_reads_them(values: dict[str, Any]) -> None:
    key = stored(**values).session_key
    assert dict(SessionStore(key).items()) == dict(db.SessionStore(key).items()) == values


@pytest.mark.parametrize("key", [None, "", "short", "a" * 32, "'; --", "a" * 32 + "\ue000", "\N{SNOWMAN}" * 32])
def test_a_key_that_nobody_was_given_opens_nothing(key: str | None) -> None:
    stored(secret="mine")
    found = SessionStore(key)
    assert dict(found.items()) == {}
    assert found.session_key is None


def test_a_session_holds_until_the_moment_it_expires() -> None:
    key = stored(one=1).session_key
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=60))
    assert SessionStore(key).get("one") == 1
    Session.objects.update(expire_date=F("expire_date") - timedelta(seconds=60))
    assert SessionStore(key).get("one") is None


def test_knowing_who_asks_costs_two_statements(signed_in: Client) -> None:
    page(signed_in)
    with CaptureQueriesContext(connection) as sent:
        assert is_in(signed_in)
    asked = [query["sql"] for query in sent]
    assert ['FROM "django_session"' in asked[0], 'FROM "accounts_user"' in asked[1]] == [True, True]
    assert not any('FROM "django_session"' in each for each in asked[2:])
