"""Erasing and copying a person from the command line."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.factories import make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(capsys: pytest.CaptureFixture[str], *words: Any) -> str:
    call_command(*map(str, words))
    return capsys.readouterr().out


def test_it_lists_first_and_erases_only_when_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    person = make_enrollment(make_course()).user

    listed = told(capsys, "erase_person", person.email)
    assert "1  account: stays without name, address and password" in listed
    assert "Nothing was changed." in listed
    assert User.objects.get(pk=person.pk).email == person.email

    assert told(capsys, "erase_person", person.uuid, "--apply").endswith("Erased.\n")
    assert User.objects.get(pk=person.pk).email is None
    assert "account" not in told(capsys, "erase_person", person.uuid)


def test_a_copy_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    person = make_person("Zoë")
    copy = json.loads(told(capsys, "copy_person", f" {person.email} ".upper()))
    assert copy["person"]["name"] == "Zoë"


@pytest.mark.parametrize("command", ["erase_person", "copy_person"])
@pytest.mark.parametrize("who", ["nobody@example.org", str(UUID(int=7)), "", "%"])
def test_nobody_is_said_to_be_nobody(command: str, who: str) -> None:
    with pytest.raises(CommandError, match="Nobody has") as refused:
        call_command(command, who)
    assert refused.value.returncode == 2


def test_an_unverified_address_of_several_is_not_guessed() -> None:
    for _ in range(2):
        User.objects.create_user("both@example.org")
    with pytest.raises(CommandError, match="Several people have"):
        call_command("erase_person", "both@example.org")


def test_the_last_owner_is_not_erased() -> None:
    owner = make_person()
    make_course(owner=owner)
    with pytest.raises(CommandError, match="Nobody else owns"):
        call_command("erase_person", str(owner.uuid), "--apply")
    assert User.objects.get(pk=owner.pk).is_active
