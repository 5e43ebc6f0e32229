from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.domain.audit import history
from accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("create_instructor", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_person_of_an_installation_chooses_a_password_by_the_printed_link(client: Client) -> None:
    link = run("Boss@Example.org", "--name", "Dr Hollar").splitlines()[1].rsplit(" ", 1)[1]
    form = client.get(link, follow=True)
    answer = client.post(
        form.request["PATH_INFO"],
        {"new_password1": "three quiet words", "new_password2": "three quiet words"},
        follow=True,
    )
    assert answer.context["user"].email == "boss@example.org"
    assert answer.context["user"].may_author


def test_it_says_who_may_author_and_whether_they_were_here() -> None:
    assert run("boss@example.org").startswith("boss@example.org may author.\n")
    assert run("boss@example.org").startswith("boss@example.org may author; they were here already.\n")
    assert User.objects.count() == 1


def test_it_is_written_into_the_log() -> None:
    run("boss@example.org")
    person = User.objects.get()
    assert [entry.verb for entry in history(f"person:{person.uuid}")] == ["may author"]


def test_what_is_not_an_address_ends_with_2_and_one_line() -> None:
    with pytest.raises(CommandError) as refusal:
        run("boss")
    assert refusal.value.returncode == 2
    assert str(refusal.value) == "“boss” is not an email address. Write it like name@example.org."
    assert User.objects.count() == 0
