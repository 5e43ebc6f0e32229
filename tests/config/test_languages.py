"""A page is said as its reader chose, else as the device did, else as the browser asks."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import Settings

import language
from accounts.models import User
from config.languages import ReadersLanguage, speak


def said_in(request: HttpRequest) -> HttpResponse:
    """What a view answers that tells the active language, and says a sentence of a pure package."""
    return ReadersLanguage(lambda _: HttpResponse(str(translation.get_language())))(request)


def asked(*, person: User | None = None, device: str = "", browser: str = "") -> HttpRequest:
    request = RequestFactory(headers={"accept-language": browser} if browser else {}).get("/")
    request.user = person or AnonymousUser()
    if device:
        request.COOKIES["language"] = device
    return request


@pytest.mark.parametrize(
    ("person", "device", "browser", "told"),
    [
        ("", "", "", "en"),
        ("", "", "fr", "fr"),
        ("", "", "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("", "", "de,fr;q=0.5", "fr"),
        ("", "", "de", "en"),
        ("", "en", "fr", "en"),
        ("", "fr", "en", "fr"),
        ("en", "fr", "fr", "en"),
        ("fr", "en", "en", "fr"),
        ("", "xx", "fr", "fr"),
        ("", "../../etc", "fr", "fr"),
        ("", "", "fr" * 4_000, "en"),
        ("", "", "\x00;q=x", "en"),
    ],
)
def test_the_person_comes_before_the_device_and_that_before_the_browser(
    person: str, device: str, browser: str, told: str
) -> None:
    response = said_in(asked(person=User(language=person), device=device, browser=browser))

    assert response.content.decode() == told
    assert response["Content-Language"] == told


def test_the_language_is_left_again_after_the_page() -> None:
    with translation.override("en"):
        said_in(asked(browser="fr"))
        assert translation.get_language() == "en"


def test_caches_are_told_what_the_page_depends_on() -> None:
    assert said_in(asked())["Vary"] == "Accept-Language, Cookie"


def test_a_view_that_names_a_language_keeps_its_own() -> None:
    def in_german(_: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Language": "de"})

    assert ReadersLanguage(in_german)(asked())["Content-Language"] == "de"


def test_pure_packages_speak_the_language_that_is_active() -> None:
    speak()
    with translation.override("fr"):
        assert (language.speaker().code(), language.say("Yes")) == ("fr", "Oui")
    with translation.override("en"):
        assert (language.speaker().code(), language.say("Yes")) == ("en", "Yes")


def test_the_languages_of_the_settings_are_those_there_are_sentences_for(settings: Settings) -> None:
    assert tuple(settings.LANGUAGES) == language.LANGUAGES
    assert language.LANGUAGES[0][0] == settings.LANGUAGE_CODE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("browser", "start"), [("en", '<html lang="en" dir="ltr">'), ("fr", '<html lang="fr" dir="ltr">')]
)
def test_a_page_says_its_language(client: Client, browser: str, start: str) -> None:
    assert start in client.get("/accounts/login/", headers={"accept-language": browser}).content.decode()


@pytest.mark.django_db
def test_pages_can_be_mirrored_for_whoever_works_on_them(client: Client, settings: Settings) -> None:
    settings.MIRRORED = True
    assert '<html lang="en" dir="rtl">' in client.get("/accounts/login/").content.decode()
