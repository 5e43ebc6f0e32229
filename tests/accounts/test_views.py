"""Coming in, going out, and the account, each as a browser without scripts does it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from accounts.domain.people import create_person, invitation_link, set_password_link
from accounts.domain.tokens import issue_token, verify_token
from accounts.models import Spacing, TextSize, Theme, User
from language import LANGUAGES
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def sign_in(client: Client, email: str = "ana@example.org", password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password})


def sign_up(client: Client, email: str = "new@example.org") -> Any:
    return client.post("/accounts/signup/", {"name": "Ana Moravec", "email": email, "password1": PASSWORD})


def link_in(message: mail.EmailMessage, part: str) -> str:
    [link] = re.findall(rf"https?://\S*{part}\S+", str(message.body))
    return str(link)


@pytest.mark.promise(34)
def test_signing_in_begins_a_new_session(client: Client, person: User) -> None:
    client.get("/accounts/reading/")
    session = client.session
    session["kept"] = "yes"
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    assert sign_in(client).status_code == 302
    assert client.session.session_key != str(session.session_key)
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.promise(34)
def test_the_cookie_that_signs_in_is_not_shown_to_scripts_nor_sent_from_elsewhere(client: Client, person: User) -> None:
    cookie = sign_in(client).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client: Client, person: User) -> None:
    answer = client.post("/accounts/login/?next=/accounts/", {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/"


def test_signing_in_never_leads_elsewhere(client: Client, person: User) -> None:
    answer = client.post("/accounts/login/?next=//evil.example/", {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == "/"


@pytest.mark.promise(40)
def test_a_wrong_password_and_an_unknown_address_are_told_alike(client: Client, person: User) -> None:
    wrong, unknown = sign_in(client, password="wrong"), sign_in(client, email="nobody@example.org")
    said = "This email address and password do not belong together. Look at both again, or choose a new password."
    assert [answer.context["form"].errors["__all__"] for answer in (wrong, unknown)] == [[said], [said]]


@pytest.mark.promise(40)
def test_the_sixth_wrong_password_waits_even_when_it_is_right(client: Client, person: User) -> None:
    for _ in range(5):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert "There were too many attempts for this address." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_come_in(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    assert sign_in(client)["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_signing_out_is_asked_and_then_done(signed_in: Client) -> None:
    assert signed_in.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in signed_in.session
    assert signed_in.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in signed_in.session


def test_signing_up_ends_in_the_mail_and_the_link_opens_the_account(client: Client) -> None:
    assert sign_up(client)["Location"] == "/accounts/confirm-email/"
    person = User.objects.get()
    assert (person.name, person.email, person.email_verified_at) == ("Ana Moravec", "new@example.org", None)
    path = urlsplit(link_in(mail.outbox[0], "confirm-email")).path
    assert client.get(path).status_code == 200
    client.post(path)
    person.refresh_from_db()
    assert person.email_verified_at is not None
    assert sign_in(client, email="new@example.org")["Location"] == "/"


def test_signing_up_with_a_taken_address_looks_the_same_and_tells_only_its_owner(client: Client, person: User) -> None:
    taken = sign_up(client, email="ana@example.org")
    fresh = sign_up(Client(), email="new@example.org")
    assert (taken.status_code, taken["Location"]) == (fresh.status_code, fresh["Location"])
    assert User.objects.filter(email="ana@example.org").count() == 1
    assert mail.outbox[0].subject == "You have an account at Postil already"


def test_an_unconfirmed_address_is_asked_to_confirm_before_it_comes_in(client: Client) -> None:
    create_person("late@example.org", password=PASSWORD, verified=False)
    assert sign_in(client, email="late@example.org")["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("signup", "heading"), [("closed", "Sign-up is closed"), ("invite", "Sign-up is by invitation")]
)
def test_closed_sign_up_says_whom_to_ask_and_makes_nobody(
    client: Client, settings: Settings, signup: str, heading: str
) -> None:
    settings.SIGNUP = signup
    assert heading in client.get("/accounts/signup/").content.decode()
    assert sign_up(client).status_code == 403
    assert User.objects.count() == 0
    assert "No account yet?" not in client.get("/accounts/login/").content.decode()


def test_a_false_invitation_opens_nothing(client: Client, settings: Settings) -> None:
    settings.SIGNUP = "invite"
    answer = client.get("/accounts/invitation/false/")
    assert answer.status_code == 410
    assert "This invitation is no longer good" in answer.content.decode()
    assert sign_up(client).status_code == 403


def test_an_invitation_does_not_open_what_is_closed(client: Client, settings: Settings) -> None:
    settings.SIGNUP = "closed"
    client.get(invitation_link("new@example.org"))
    assert sign_up(client).status_code == 403


def test_a_password_is_asked_for_and_set_by_mail_once(client: Client, person: User, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://learn.example.org/"
    answer = client.post("/accounts/password/reset/", {"email": "ANA@example.org"})
    assert answer["Location"] == "/accounts/password/reset/done/"
    link = link_in(mail.outbox[0], "set-password")
    assert link.startswith(f"https://learn.example.org/accounts/set-password/{person.uuid.hex}/")
    form = client.get(urlsplit(link).path, follow=True)
    chosen = {"new_password1": "four rather quiet words", "new_password2": "four rather quiet words"}
    before = client.session.session_key
    assert client.post(form.request["PATH_INFO"], chosen)["Location"] == "/accounts/"
    assert client.session.session_key != before
    again = Client().get(urlsplit(link).path, follow=True)
    assert "This link does not work any more" in again.content.decode()
    assert sign_in(Client(), password="four rather quiet words").status_code == 302


def test_asking_for_a_password_does_not_tell_who_is_here(client: Client, person: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": "ana@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.subject for message in mail.outbox] == [
        "Choose a new password for Postil",
        "There is no account with this address",
    ]


def test_who_chooses_a_password_from_their_mail_has_confirmed_the_address(client: Client) -> None:
    person = create_person("late@example.org", verified=False)
    form = client.get(set_password_link(person), follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    person.refresh_from_db()
    assert person.email_verified_at is not None


def test_a_weak_password_is_refused_with_a_reason(client: Client, person: User) -> None:
    form = client.get(set_password_link(person), follow=True)
    answer = client.post(form.request["PATH_INFO"], {"new_password1": "1234", "new_password2": "1234"})
    assert answer.status_code == 200
    assert len(answer.context["form"].errors["new_password2"]) >= 1


def test_mail_links_do_not_follow_a_forged_host(client: Client, person: User, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/password/reset/", {"email": "ana@example.org"}, HTTP_HOST="evil.example")
    assert "evil.example" not in str(mail.outbox[0].body)


def test_changing_the_password_keeps_me_in_and_others_out(signed_in: Client, person: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(person)
    answer = signed_in.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "four rather quiet words", "password2": "four rather quiet words"},
    )
    assert answer["Location"] == "/accounts/"
    assert signed_in.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302


def test_a_name_can_be_changed(signed_in: Client, person: User) -> None:
    answer = signed_in.post("/accounts/", {"name": "Ana M."}, follow=True)
    person.refresh_from_db()
    assert person.name == "Ana M."
    assert "Your name is saved." in answer.content.decode()


def test_a_name_is_text_and_nothing_else(signed_in: Client) -> None:
    answer = signed_in.post("/accounts/", {"name": "<script>alert(1)</script>"}, follow=True)
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.promise(32)
def test_no_one_makes_themselves_an_author(signed_in: Client, person: User) -> None:
    signed_in.post("/accounts/", {"name": "Ana", "may_author": "on", "is_staff": "on", "email": "boss@example.org"})
    person.refresh_from_db()
    assert (person.may_author, person.is_staff, person.email) == (False, False, "ana@example.org")


def test_a_new_token_is_shown_once_and_opens(signed_in: Client, person: User) -> None:
    answer = signed_in.post("/accounts/tokens/", {"name": "Notebook", "scope": "write", "days": "30"})
    assert (answer.status_code, answer["Cache-Control"].split(", ")[-1]) == (201, "private")
    secret = answer.context["issued"].secret
    assert secret in answer.content.decode()
    assert secret not in signed_in.get("/accounts/").content.decode()
    token = verify_token(secret)
    assert token is not None
    assert (token.user, token.scope, token.expires_at is not None) == (person, "write", True)


def test_a_token_may_be_good_until_it_is_revoked(signed_in: Client) -> None:
    answer = signed_in.post("/accounts/tokens/", {"name": "Notebook", "scope": "read", "days": ""})
    assert answer.context["issued"].token.expires_at is None


def test_a_token_says_on_the_page_what_it_is_limited_to(signed_in: Client, person: User) -> None:
    sent = {"name": "Grades to the LMS", "scope": "read", "days": "30", "areas": ["grades", "people"]}
    page = signed_in.post("/accounts/tokens/", sent).content.decode()
    assert person.personal_tokens.get().areas == "people grades"
    assert "Read only: who takes part in a course, and when; grades, grading, and figures ·" in page


def test_a_token_without_a_purpose_is_asked_for_it(signed_in: Client) -> None:
    answer = signed_in.post("/accounts/tokens/", {"name": "", "scope": "read", "days": "30"})
    assert answer.status_code == 422
    assert '<details class="more" open>' in answer.content.decode()


def test_a_token_is_revoked_by_its_owner(signed_in: Client, person: User) -> None:
    issued = issue_token(person, name="Notebook")
    assert signed_in.post(f"/accounts/tokens/{issued.token.uuid}/revoke/")["Location"] == "/accounts/"
    assert verify_token(issued.secret) is None


def test_the_token_of_someone_else_is_not_there(signed_in: Client) -> None:
    issued = issue_token(create_person("boss@example.org"), name="Notebook")
    assert signed_in.post(f"/accounts/tokens/{issued.token.uuid}/revoke/").status_code == 404
    assert verify_token(issued.secret) is not None


@pytest.mark.parametrize("path", ["/accounts/tokens/", "/accounts/tokens/0190a000-0000-7000-8000-000000000000/revoke/"])
def test_reading_an_address_changes_nothing(signed_in: Client, path: str) -> None:
    assert signed_in.get(path).status_code == 405


LOOK = {"theme": "dark", "size": "larger", "spacing": "widest", "language": "fr"}


def test_how_pages_look_is_kept_on_the_device(client: Client) -> None:
    answer = client.post("/accounts/reading/", {**LOOK, "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    assert {name: cookie.value for name, cookie in answer.cookies.items() if name in LOOK} == LOOK


def test_a_persons_look_goes_with_them_to_every_device(signed_in: Client, person: User) -> None:
    signed_in.post("/accounts/reading/", LOOK)
    elsewhere = Client()
    elsewhere.cookies["theme"] = "light"
    elsewhere.force_login(person)
    html = elsewhere.get("/accounts/").content.decode()
    assert '<html lang="fr" dir="ltr" data-theme="dark" data-size="larger" data-spacing="widest">' in html
    form = elsewhere.get("/accounts/reading/").content.decode()
    assert [f'value="{each}" id="id_{name}_' in form for name, each in LOOK.items()] == [True] * 4
    assert len(re.findall(r"<input[^>]* checked", form)) == 4


def test_what_a_person_leaves_open_is_the_devices(signed_in: Client, person: User) -> None:
    signed_in.post("/accounts/reading/", LOOK)
    signed_in.post("/accounts/reading/", {"size": "largest"})
    person.refresh_from_db()
    assert (person.theme, person.size, person.spacing, person.language) == ("", "largest", "", "")
    signed_in.cookies["theme"] = "light"
    assert 'data-theme="light" data-size="largest">' in signed_in.get("/accounts/").content.decode()


def test_one_persons_look_is_not_anothers(signed_in: Client) -> None:
    other = create_person("other@example.org")
    signed_in.post("/accounts/reading/", LOOK)
    other.refresh_from_db()
    assert (other.theme, other.size, other.spacing, other.language) == ("", "", "", "")


@pytest.mark.parametrize("field", sorted(LOOK))
def test_a_look_that_does_not_exist_is_not_kept(signed_in: Client, person: User, field: str) -> None:
    answer = signed_in.post("/accounts/reading/", {**LOOK, field: "pink"})
    person.refresh_from_db()
    assert (answer.status_code, field in answer.cookies, getattr(person, field)) == (200, False, "")


@pytest.mark.parametrize(
    ("field", "known"),
    [("theme", Theme.values), ("size", TextSize.values), ("spacing", Spacing.values), ("language", [*dict(LANGUAGES)])],
)
def test_the_database_knows_every_look_and_no_other(person: User, field: str, known: list[str]) -> None:
    people = User.objects.filter(pk=person.pk)
    for value in ("", *known):
        people.update(**{field: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        people.update(**{field: "pink"})


@pytest.mark.parametrize("next_page", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "evil", ""])
def test_the_way_back_is_a_page_of_ours(client: Client, next_page: str) -> None:
    assert client.post("/accounts/reading/", {"theme": "", "next": next_page})["Location"] == "/"
