"""What is kept about oneself, over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from jobs.domain import run_job
from jobs.models import Job
from tests.factories import make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_copy_comes_as_a_file_that_the_account_page_leads_to(client: Client) -> None:
    person = make_person("Ana")
    client.force_login(person)

    answer = client.get("/own/copy/")

    assert 'href="/own/copy/"' in client.get("/accounts/").content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="postil-personal-copy.json"'
    assert answer.json()["person"]["name"] == "Ana"


def test_erasing_is_explained_asked_for_in_a_word_and_done_by_a_job(client: Client) -> None:
    person = make_enrollment(make_course()).user
    client.force_login(person)

    page = client.get("/own/erase/").content.decode()
    hasty = client.post("/own/erase/", {"sure": "yes"})
    assert "Stays without name, address and password" in page
    assert (hasty.status_code, "Type the word erase" in hasty.content.decode()) == (422, True)
    assert not Job.objects.exists()

    done = client.post("/own/erase/", {"sure": " Erase "})
    assert "Your account is being erased" in done.content.decode()
    assert client.get("/accounts/").status_code == 302
    run_job(Job.objects.get().uuid)
    assert User.objects.get(pk=person.pk).email is None


def test_an_owner_is_told_to_hand_over_first(client: Client) -> None:
    owner = make_person()
    course = make_course(owner=owner)
    client.force_login(owner)

    answer = client.post("/own/erase/", {"sure": "erase"})

    assert answer.status_code == 422
    assert f"Nobody else owns “{course.title}”" in answer.content.decode()
    assert User.objects.get(pk=owner.pk).is_active
