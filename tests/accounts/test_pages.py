"""What holds for every page about oneself, and for the frame and the style sheet that every page stands in."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from accounts.domain.people import set_password_link
from accounts.domain.tokens import issue_token
from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.accounts.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OPEN = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/false/",
    "/accounts/set-password/false/false/",
    "/accounts/reading/",
    "/accounts/inactive/",
]
OWN = [
    "/accounts/",
    "/accounts/inbox/",
    "/accounts/mail/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reading/",
]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "429.html", "500.html"]


def check(html: str) -> Page:
    """The page is well made: one heading and one main part, every field labelled, nothing inline, nothing foreign."""
    page = Page(html)
    assert [page.tags[tag] for tag in ("h1", "main", "footer", "title")] == [1, 1, 1, 1]
    assert page.roles["status"] == 1
    assert page.fields <= page.labelled
    assert len(page.ids) == len(set(page.ids))
    assert page.inline == []
    assert page.foreign == []
    return page


@pytest.mark.parametrize("path", OPEN)
def test_open_pages_are_well_made(client: Client, path: str) -> None:
    check(client.get(path).content.decode())


@pytest.mark.parametrize("path", OWN)
def test_own_pages_are_well_made(signed_in: Client, path: str) -> None:
    page = check(signed_in.get(path).content.decode())
    assert "Signed in as ana@example.org" in page.text


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/password/change/"])
def test_own_pages_ask_strangers_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_say_what_was_kept_and_offer_one_way_on(name: str) -> None:
    page = check(render_to_string(name))
    assert re.search(r"kept|[Nn]othing was|Everything you saved", page.text)
    assert page.text.count("Go to the home page") == 1


def test_a_page_that_does_not_exist_says_so(client: Client) -> None:
    answer = client.get("/accounts/no-such-page/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_pages_carry_the_headers_that_close_the_usual_doors(client: Client) -> None:
    headers = client.get("/accounts/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def test_the_session_cookie_is_not_for_scripts(client: Client, person: User) -> None:
    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_authors_find_the_studio_and_nobody_else_does(signed_in: Client, person: User) -> None:
    assert 'href="/studio/"' not in signed_in.get("/accounts/reading/").content.decode()
    User.objects.filter(pk=person.pk).update(may_author=True)
    assert 'href="/studio/"' in signed_in.get("/accounts/reading/").content.decode()


def test_theme_and_size_stand_in_the_page_before_any_script(client: Client) -> None:
    client.cookies.load({"theme": "dark", "size": "larger"})
    assert (
        '<html lang="en" dir="ltr" data-theme="dark" data-size="larger">'
        in client.get("/accounts/login/").content.decode()
    )


def test_a_false_theme_stays_inside_its_attribute() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = '"><script>'
    assert "<script>" not in render_to_string("404.html", request=request)


def test_the_account_page_costs_the_same_for_one_token_and_fifty(
    signed_in: Client, person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    issue_token(person, name="Notebook")
    with django_assert_num_queries(3):
        signed_in.get("/accounts/")
    for _ in range(49):
        issue_token(person, name="Notebook")
    with django_assert_num_queries(3):
        assert signed_in.get("/accounts/").content.decode().count("Revoke Notebook") == 50


def test_a_link_to_set_a_password_keeps_its_token_out_of_the_page(client: Client, person: User) -> None:
    link = set_password_link(person)
    token = link.rstrip("/").rsplit("/", 1)[1]
    page = client.get(link, follow=True)
    check(page.content.decode())
    assert token not in page.content.decode()
    assert token not in page.request["PATH_INFO"]


def test_the_style_sheet_keeps_its_budget() -> None:
    sheet = (Path(settings.BASE_DIR) / "static" / "postil.css").read_bytes()
    assert len(gzip.compress(sheet, 9)) <= 10_000
    assert b"http" not in sheet


@pytest.mark.parametrize("name", ["done", "half", "open", "miss", "wait", "flag", "mark"])
def test_every_icon_that_is_used_is_drawn(name: str) -> None:
    icons = (Path(settings.BASE_DIR) / "static" / "icons.svg").read_text()
    assert f'id="i-{name}"' in icons
    assert f"icons.svg#i-{name}" in render_to_string("components/icon.html", {"name": name})
