"""What people are asked about themselves, field by field, without a page around it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django import forms

from accounts.forms import (
    HINT,
    ChangePasswordForm,
    ChoosePasswordForm,
    LoginForm,
    ProfileForm,
    ReadingForm,
    ResetPasswordForm,
    SignupForm,
    TokenForm,
)
from accounts.models import User

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FORMS: dict[str, forms.BaseForm] = {
    "login": LoginForm(),
    "signup": SignupForm(),
    "reset": ResetPasswordForm(),
    "change": ChangePasswordForm(user=User()),
    "choose": ChoosePasswordForm(User()),
    "profile": ProfileForm(),
    "token": TokenForm(),
    "reading": ReadingForm(),
}
EVERY_FIELD = [(form, name) for form, made in FORMS.items() for name in made.fields]


@pytest.mark.parametrize(("form", "name"), EVERY_FIELD)
def test_every_field_has_a_label_and_no_grey_text_that_passes_for_one(form: str, name: str) -> None:
    field = FORMS[form].fields[name]
    assert field.label
    assert "placeholder" not in field.widget.attrs


@pytest.mark.parametrize(
    ("form", "name", "label"),
    [
        ("login", "login", "Email address"),
        ("login", "password", "Password"),
        ("login", "remember", "Keep me signed in on this device"),
        ("signup", "name", "Your name"),
        ("signup", "email", "Email address"),
        ("signup", "password1", "Password"),
        ("reset", "email", "Email address"),
        ("change", "oldpassword", "Password until now"),
        ("change", "password1", "New password"),
        ("change", "password2", "New password again"),
        ("choose", "new_password1", "New password"),
        ("choose", "new_password2", "New password again"),
        ("profile", "name", "Your name"),
        ("token", "name", "What is it for?"),
        ("token", "scope", "What may it do?"),
        ("token", "days", "How long is it good?"),
    ],
)
def test_each_field_is_asked_in_these_words(form: str, name: str, label: str) -> None:
    assert FORMS[form].fields[name].label == label


@pytest.mark.parametrize(
    ("form", "name"), [("signup", "password1"), ("change", "password1"), ("choose", "new_password1")]
)
def test_whoever_chooses_a_password_reads_what_a_good_one_is(form: str, name: str) -> None:
    assert FORMS[form].fields[name].help_text == HINT


@pytest.mark.parametrize(
    ("form", "name"), [("login", "password"), ("change", "oldpassword"), ("choose", "new_password2")]
)
def test_whoever_types_a_password_they_have_reads_no_rules(form: str, name: str) -> None:
    assert FORMS[form].fields[name].help_text == ""


@pytest.mark.parametrize(
    ("form", "name", "complete"),
    [
        ("login", "password", "current-password"),
        ("signup", "name", "name"),
        ("signup", "email", "email"),
        ("signup", "password1", "new-password"),
        ("change", "oldpassword", "current-password"),
        ("change", "password1", "new-password"),
        ("choose", "new_password1", "new-password"),
        ("profile", "name", "name"),
        ("token", "name", "off"),
    ],
)
def test_a_browser_is_told_what_it_may_fill_in(form: str, name: str, complete: str) -> None:
    assert FORMS[form].fields[name].widget.attrs["autocomplete"] == complete


def test_nobody_is_asked_more_than_needed_to_sign_up() -> None:
    assert list(FORMS["signup"].fields) == ["name", "email", "password1"]
    assert [name for name, field in FORMS["signup"].fields.items() if field.required] == ["email", "password1"]


def test_an_invited_address_stands_in_the_form_and_cannot_be_changed() -> None:
    field = SignupForm(invited="ana@example.org").fields["email"]
    assert (field.initial, field.disabled) == ("ana@example.org", True)
    assert not FORMS["signup"].fields["email"].disabled


@pytest.mark.parametrize(
    ("days", "expires_at"),
    [
        ("30", NOW + timedelta(days=30)),
        ("90", NOW + timedelta(days=90)),
        ("365", NOW + timedelta(days=365)),
        ("", None),
    ],
)
@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_token_is_issued_as_the_form_says(days: str, expires_at: datetime | None, scope: str) -> None:
    form = TokenForm({"name": " Notebook ", "scope": scope, "days": days})
    assert form.is_valid()
    with time_machine.travel(NOW, tick=False):
        assert form.issue_with() == {"name": "Notebook", "scope": scope, "areas": [], "expires_at": expires_at}


def test_a_token_is_limited_to_what_is_ticked() -> None:
    form = TokenForm({"name": "Notebook", "scope": "read", "days": "30", "areas": ["grades", "people"]})
    assert form.is_valid()
    assert form.issue_with()["areas"] == ["grades", "people"]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"scope": ""}, "scope"),
        ({"scope": "admin"}, "scope"),
        ({"scope": "READ"}, "scope"),
        ({"areas": ["grades", "everything"]}, "areas"),
        ({"days": "0"}, "days"),
        ({"days": "-1"}, "days"),
        ({"days": "36500"}, "days"),
        ({"days": "soon"}, "days"),
    ],
)
def test_a_token_form_refuses_what_it_does_not_offer(change: dict[str, Any], wrong: str) -> None:
    form = TokenForm({"name": "Notebook", "scope": "read", "days": "30", **change})
    assert not form.is_valid()
    assert list(form.errors) == [wrong]


@pytest.mark.parametrize("name", ["x", "x" * 80, "<b>", "Ключ", "' OR 1=1"])
def test_a_token_may_be_called_anything_short(name: str) -> None:
    assert TokenForm({"name": name, "scope": "read", "days": "30"}).is_valid()


@pytest.mark.parametrize("theme", ["", "light", "dark", "contrast"])
@pytest.mark.parametrize("size", ["", "larger", "largest"])
@pytest.mark.parametrize("spacing", ["", "wider", "widest"])
def test_every_theme_goes_with_every_size_and_spacing(theme: str, size: str, spacing: str) -> None:
    form = ReadingForm({"theme": theme, "size": size, "spacing": spacing})
    assert form.is_valid()
    assert form.cleaned_data == {"theme": theme, "size": size, "spacing": spacing, "language": ""}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"theme": "pink"}, ["theme"]),
        ({"size": "huge"}, ["size"]),
        ({"theme": "Dark"}, ["theme"]),
        ({"theme": "dark; Path=/", "size": "<"}, ["theme", "size"]),
    ],
)
def test_what_a_page_cannot_look_like_is_refused(sent: dict[str, str], wrong: list[str]) -> None:
    assert list(ReadingForm(sent).errors) == wrong


@pytest.mark.parametrize(
    ("name", "is_valid"), [("", True), ("Ana", True), ("x" * 150, True), ("x" * 151, False), ("a\x00b", False)]
)
def test_a_name_is_any_text_of_a_line(name: str, is_valid: bool) -> None:
    assert ProfileForm({"name": name}).is_valid() is is_valid


@pytest.mark.parametrize("sent", [{"may_author": "on"}, {"is_staff": "on"}, {"email": "boss@example.org"}])
def test_nothing_but_a_name_is_taken_from_the_profile(sent: dict[str, Any]) -> None:
    form = ProfileForm({"name": "Ana", **sent})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Ana"}


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "nine char",
        "1234567890",
        "0987654321987",
        "password123",
        "qwertyuiop",
    ],
)
def test_a_password_that_is_short_or_common_or_digits_is_refused(password: str) -> None:
    assert not ChoosePasswordForm(User(), {"new_password1": password, "new_password2": password}).is_valid()


def test_a_password_like_the_address_is_refused() -> None:
    person = User(email="anamoravec@example.org")
    password = "anamoravec@example.org"
    assert not ChoosePasswordForm(person, {"new_password1": password, "new_password2": password}).is_valid()


@pytest.mark.parametrize("password", ["three quiet words", "ein sehr langes Passwort", "пять тихих слов", "x!" * 40])
def test_a_password_of_a_few_words_is_taken(password: str) -> None:
    assert ChoosePasswordForm(User(), {"new_password1": password, "new_password2": password}).is_valid()


def test_two_passwords_that_differ_are_refused() -> None:
    form = ChoosePasswordForm(User(), {"new_password1": "three quiet words", "new_password2": "three quiet word"})
    assert list(form.errors) == ["new_password2"]
