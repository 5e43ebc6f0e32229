from __future__ import annotations

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from django.urls import reverse
from pytest_django import Settings

from accounts.adapter import Adapter


def test_the_installation_signs_people_in_our_way() -> None:
    assert isinstance(get_adapter(), Adapter)
    assert (app_settings.EMAIL_VERIFICATION, app_settings.PREVENT_ENUMERATION) == ("mandatory", True)


def test_no_link_is_made_from_the_number_of_a_row(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://learn.example.org/"
    link = Adapter().get_reset_password_from_key_url("1z-token")
    assert link == "https://learn.example.org" + reverse("account_reset_password")
