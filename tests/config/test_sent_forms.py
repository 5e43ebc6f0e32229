"""Whoever was signed out while writing comes back to their page, and no address answers with an empty one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import translation

from tests.factories import make_course, make_person

pytestmark = pytest.mark.django_db

ATTEMPT = "/attempts/6a4a1a43-2d73-4d55-a0d1-7c5a0d4f4c11/"
PAGE = "http://testserver/attempts/6a4a1a43-2d73-4d55-a0d1-7c5a0d4f4c11/?question=2"
UNSENT = "what you just sent was not saved"


def next_after(response: object) -> dict[str, list[str]]:
    return parse_qs(urlsplit(response["Location"]).query)  # type: ignore[index]  # -- any response has headers


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        (PAGE, "/attempts/6a4a1a43-2d73-4d55-a0d1-7c5a0d4f4c11/?question=2"),
        ("", f"{ATTEMPT}submit/"),
        ("https://elsewhere.example/attempts/", f"{ATTEMPT}submit/"),
        ("//elsewhere.example/", f"{ATTEMPT}submit/"),
        ("http://testserver//elsewhere.example/", f"{ATTEMPT}submit/"),
        ("http://[", f"{ATTEMPT}submit/"),
    ],
)
def test_a_form_sent_signed_out_leads_back_to_its_page(client: Client, referer: str, page: str) -> None:
    response = client.post(f"{ATTEMPT}submit/", headers={"Referer": referer})
    assert (response.status_code, urlsplit(response["Location"]).path) == (302, "/accounts/login/")
    assert next_after(response) == {"next": [page], "unsent": ["1"]}


def test_the_sign_in_says_that_what_was_sent_is_not_saved(client: Client) -> None:
    sent = client.post(ATTEMPT, {"answer-1": "x"}, headers={"Referer": PAGE}, follow=True)
    assert UNSENT in sent.content.decode()
    assert UNSENT not in client.get(ATTEMPT, follow=True).content.decode()
    assert next_after(client.get(ATTEMPT)) == {"next": [ATTEMPT]}


def test_an_address_for_forms_says_so_to_whoever_opens_it(client: Client) -> None:
    client.force_login(make_person())
    answer = client.get(f"{ATTEMPT}submit/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address only takes what a form sends." in answer.content.decode()
    with translation.override("fr"):
        french = client.get(f"{ATTEMPT}submit/", headers={"Accept-Language": "fr"}).content.decode()
    assert "Cette adresse ne reçoit que ce qu’envoie un formulaire." in french


def test_a_program_and_a_form_are_answered_as_before(client: Client) -> None:
    course = make_course()
    assert client.get("/api/v1/join/")["Content-Type"] == "application/problem+json"
    assert client.post(f"/courses/{course.slug}/").content == b""
