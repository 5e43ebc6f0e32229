"""By its address, where the installation allows it: the field, the page that waits, and what it says in the end."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from authoring.domain.fetching import MOST_AT_ONCE, start_fetch
from course.domain.articles import ArticleFacts
from course.models import Article, Course
from jobs.domain import claim, fail
from jobs.models import Job
from tests.authoring.domain.test_build import ESSAY
from tests.authoring.domain.test_fetching import PAGE, run
from tests.web.studio.drafts import HOSTILE, make_author
from tests.web.studio.forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HTMX = {"HX-Request": "true"}
ADDRESS = "http://example.org/harbour"


@pytest.fixture
def owner(client: Client, settings: Any) -> User:
    settings.IMPORT_BY_URL = True
    person = make_author()
    client.force_login(person)
    return person


def begin(owner: User) -> tuple[Job, str]:
    job = start_fetch(ADDRESS, facts=ArticleFacts(title="The harbour", rights="Written by me"), owner=owner)
    return job, f"/studio/fetches/{job.uuid}/"


def failed(owner: User, reason: str = "There is no such page.") -> str:
    job, page = begin(owner)
    claimed = claim(job.uuid)
    assert claimed is not None
    fail(claimed, reason)
    return page


def test_there_is_no_such_field_by_default(client: Client) -> None:
    client.force_login(make_author())
    assert 'name="address"' not in client.get("/studio/import/").content.decode()
    answer = client.post("/studio/import/", {"address": ADDRESS})
    assert (answer.status_code, Job.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (ADDRESS, ADDRESS),
        ("example.org/harbour", "https://example.org/harbour"),
        ("  HTTPS://Example.org/a ", "https://example.org/a"),
    ],
)
def test_an_address_leads_to_the_page_of_its_fetch(client: Client, owner: User, typed: str, kept: str) -> None:
    once = uuid4()
    form = {"address": typed, "title": "The harbour", "once": once}
    first, second = client.post("/studio/import/", form), client.post("/studio/import/", form)
    job = Job.objects.get()
    assert first.status_code == 303
    assert first["Location"] == second["Location"] == f"/studio/fetches/{job.uuid}/"
    assert (job.payload["address"], job.payload["facts"]["title"]) == (kept, "The harbour")
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"address": "http://127.0.0.1:8000/"}, "Postil asks only at the ports 80 and 443"),
        ({"address": "http://169.254.169.254/"}, "not on the public Internet"),
        ({"address": "file:///etc/passwd"}, "only addresses that begin with"),
        ({"address": "me@example.org"}, "carries a name or password"),
        ({"address": "no address"}, "This is not an address"),
        ({"address": f"https://example.org/{'a' * 1_000}"}, "at most 1000 characters"),
        ({"address": ADDRESS, "text": ESSAY}, "one of them"),
        ({}, "There is no text"),
    ],
)
def test_what_is_no_address_to_fetch_is_told_in_the_form(
    client: Client, owner: User, form: dict[str, str], told: str
) -> None:
    answer = client.post("/studio/import/", {**form, "title": "The harbour"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="The harbour"' in page
    assert not Job.objects.exists()


def test_one_fetch_too_many_is_told_at_the_address_and_keeps_what_was_typed(client: Client, owner: User) -> None:
    for _ in range(MOST_AT_ONCE):
        begin(owner)
    typed = {"address": ADDRESS, "title": "The harbour", "rights": "Written by me"}
    answer = client.post("/studio/import/", typed)
    page = answer.content.decode()
    assert (answer.status_code, Job.objects.count()) == (429, MOST_AT_ONCE)
    assert "3 of your articles are still being fetched." in page.split('id="id_address_error"')[1].split("</div>")[0]
    back = form_on(page)
    assert {name: back[name] for name in typed} == typed


def test_a_paste_is_taken_however_many_fetches_there_are(client: Client, owner: User) -> None:
    for _ in range(MOST_AT_ONCE):
        begin(owner)
    assert client.post("/studio/import/", {"text": ESSAY}).status_code == 303


def test_a_fetch_waits_in_words_and_asks_again(client: Client, owner: User) -> None:
    job, page = begin(owner)
    whole, part = client.get(page).content.decode(), client.get(page, headers=HTMX).content.decode()
    assert all("Waiting for a worker" in each and f'hx-get="{page}"' in each for each in (whole, part))
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in whole
    assert "<html" not in part
    claim(job.uuid)
    assert "Asking the server" in client.get(page).content.decode()


def test_a_failed_fetch_says_why_and_leads_back_to_what_was_typed(client: Client, owner: User) -> None:
    page = failed(owner)
    whole, part = client.get(page), client.get(page, headers=HTMX)
    assert (whole.status_code, part.status_code) == (200, 286)
    assert "There is no such page." in whole.content.decode()
    assert "Nothing was stored" in whole.content.decode()
    assert "hx-get" not in part.content.decode()
    back = form_on(client.get(f"/studio/import/?fetch={page.split('/')[-2]}").content.decode())
    kept = {name: back[name] for name in ("address", "title", "rights")}
    assert kept == {"address": ADDRESS, "title": "The harbour", "rights": "Written by me"}


def test_what_a_server_said_is_escaped(client: Client, owner: User) -> None:
    page = failed(owner, HOSTILE)
    assert HOSTILE not in client.get(page).content.decode()


@pytest.mark.parametrize("which", ["nothing", "", "1d3f5b7a"])
def test_the_form_comes_empty_when_there_is_no_such_fetch(client: Client, owner: User, which: str) -> None:
    assert form_on(client.get(f"/studio/import/?fetch={which}").content.decode())["address"] == ""


def test_a_fetch_that_is_done_leads_on(client: Client, owner: User) -> None:
    job, page = begin(owner)
    run(job, {"/harbour": PAGE})
    course = Course.objects.get()
    part = client.get(page, headers=HTMX)
    assert (part.status_code, part["HX-Redirect"]) == (286, page)
    assert client.get(page)["Location"] == f"/studio/builds/{course.uuid}/"


def test_a_text_that_is_known_is_said_to_be(client: Client, owner: User) -> None:
    (first, _), (second, page) = begin(owner), begin(owner)
    for job in (first, second):
        run(job, {"/harbour": PAGE})
    assert "exactly this text before" in client.get(page, follow=True).content.decode()


def test_nobody_else_sees_a_fetch_or_what_was_typed_for_it(client: Client, owner: User) -> None:
    page = failed(owner)
    client.force_login(make_author())
    assert client.get(page).status_code == 404
    assert form_on(client.get(f"/studio/import/?fetch={page.split('/')[-2]}").content.decode())["address"] == ""


def test_the_pages_take_a_constant_number_of_statements(
    client: Client, owner: User, django_assert_num_queries: Any
) -> None:
    _, page = begin(owner)
    client.get(page)
    with django_assert_num_queries(3):
        client.get(page, headers=HTMX)
