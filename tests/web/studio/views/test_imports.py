"""An article comes in by paste or file; what cannot be read stores nothing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from course.models import Article, Course, Revision
from jobs.domain import run_job
from jobs.models import Job
from tests.authoring.domain.test_build import ESSAY
from tests.course.reading.formats.files import locked, pdf_file
from tests.web.studio.drafts import HOSTILE, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TYPED = {
    "title": "The harbour that waits",
    "author": "Ada Bek",
    "publisher": "The Lake",
    "source_url": "https://example.org/harbour",
    "rights": "Written by me",
}


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(make_author())
    return client


def send(client: Client, **form: Any) -> Any:
    return client.post("/studio/import/", {**TYPED, **form})


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def nothing_is_stored() -> bool:
    return not (
        Course.objects.exists() or Article.objects.exists() or Revision.objects.exists() or Job.objects.exists()
    )


def test_the_form_changes_nothing(author: Client) -> None:
    page = author.get("/studio/import/")
    assert page.status_code == 200
    assert nothing_is_stored()


def test_a_paste_leads_to_the_page_of_its_build(author: Client) -> None:
    answer = send(author, text=ESSAY)

    course = Course.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/studio/builds/{course.uuid}/")
    assert (course.title, course.slug, course.state) == (TYPED["title"], "the-harbour-that-waits", "draft")
    article = Article.objects.get()
    assert (article.author, article.publisher, article.source_url, article.rights) == (
        TYPED["author"],
        TYPED["publisher"],
        TYPED["source_url"],
        TYPED["rights"],
    )
    assert Job.objects.get().subject == course.uuid
    assert Revision.objects.get().text == ESSAY


@pytest.mark.parametrize("name", ["essay.txt", "essay.md"])
def test_a_file_is_read_by_its_ending(author: Client, name: str) -> None:
    assert send(author, file=file(name, ESSAY.encode())).status_code == 303
    assert "silver leash" in Revision.objects.get().text


def test_a_pdf_is_read(author: Client) -> None:
    words = "For thirty years the council has kept a silver leash on its harbour. " * 8
    assert send(author, file=file("essay.pdf", pdf_file([("BodyText", words)]))).status_code == 303
    assert "silver leash" in Revision.objects.get().text


UNREADABLE = [
    pytest.param({"text": ""}, "empty", id="nothing at all"),
    pytest.param({"text": "  \n "}, "empty", id="only spaces"),
    pytest.param({"file": ("a.txt", b"")}, "This file is empty", id="an empty file"),
    pytest.param({"file": ("a.txt", b"\x00\x01\x02\xff" * 500)}, "", id="a binary file"),
    pytest.param({"file": ("a.exe", ESSAY.encode())}, "Files of this kind cannot be read", id="another kind"),
    pytest.param({"file": ("a.pdf", ESSAY.encode())}, "", id="a wrong ending"),
    pytest.param({"file": ("a", ESSAY.encode())}, "Files of this kind cannot be read", id="no ending"),
    pytest.param({"text": "word " * 60_000}, "", id="a text that is too long"),
    pytest.param({"text": ESSAY, "source_url": "not an address"}, "Enter a valid URL", id="no address"),
]


@pytest.mark.parametrize(("form", "told"), UNREADABLE)
def test_what_cannot_be_read_is_told_and_stores_nothing(author: Client, form: dict[str, Any], told: str) -> None:
    if "file" in form:
        form = {"file": file(*form["file"])}

    answer = send(author, **form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "Nothing was stored yet" in page
    assert all(f'value="{value}"' in page for name, value in TYPED.items() if name not in form)
    assert nothing_is_stored()


def test_an_encrypted_pdf_is_told_and_stores_nothing(author: Client) -> None:
    answer = send(author, file=file("a.pdf", locked(pdf_file([("BodyText", "Words. " * 90)]))))
    assert answer.status_code == 422
    assert "choose it again" in answer.content.decode()
    assert nothing_is_stored()


def test_a_paste_that_comes_back_is_kept_and_escaped(author: Client) -> None:
    answer = send(author, text=ESSAY + HOSTILE, title=HOSTILE, source_url="nowhere")
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "silver leash" in page
    assert page.count("&lt;script&gt;") == 2


def test_a_paste_and_a_file_together_are_asked_about(author: Client) -> None:
    answer = send(author, text=ESSAY, file=file("a.txt", b"Another text."))
    assert answer.status_code == 422
    assert "not both" in answer.content.decode()
    assert nothing_is_stored()


def test_a_file_of_50_mb_is_refused(author: Client) -> None:
    answer = send(author, file=file("a.txt", b"word " * 10_000_000))
    assert answer.status_code == 422
    assert "larger than 50 MB" in answer.content.decode()
    assert nothing_is_stored()


def test_the_button_pressed_twice_makes_one_course(author: Client) -> None:
    once = uuid4()
    first, second = send(author, text=ESSAY, once=once), send(author, text=ESSAY, once=once)
    assert first["Location"] == second["Location"] == f"/studio/builds/{once}/"
    assert Course.objects.count() == Job.objects.count() == 1


def test_a_race_of_two_presses_ends_at_the_course_of_the_first(author: Client) -> None:
    once = uuid4()
    send(author, text=ESSAY, once=once)
    # The same press with a text that no lookup finds, as when both presses looked before either stored.
    second = send(author, text=f"{ESSAY} And then?", once=once)
    assert (second.status_code, second["Location"]) == (303, f"/studio/builds/{once}/")
    assert Course.objects.count() == Article.objects.count() == 1


def test_the_same_text_again_leads_to_the_course_it_made(author: Client) -> None:
    send(author, text=ESSAY)
    run_job(Job.objects.get().uuid)

    answer = author.post("/studio/import/", {"text": ESSAY, "title": "Another title"}, follow=True)

    assert answer.redirect_chain == [("/studio/courses/the-harbour-that-waits/", 303)]
    assert "exactly this text before" in answer.content.decode()
    assert Course.objects.count() == Revision.objects.count() == 1


def test_another_author_makes_a_course_of_their_own(author: Client) -> None:
    send(author, text=ESSAY)
    author.force_login(make_author())
    send(author, text=ESSAY)
    assert Course.objects.count() == 2
    assert len(set(Course.objects.values_list("slug", flat=True))) == 2
