"""Too much at once is told in words by every form, and nothing of it is done."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from config.too_much import in_words
from course.models import Article, Course
from jobs.models import Job
from tests.factories import make_course
from tests.web.studio.drafts import make_author

MUCH = "a" * 2_600_000
SIZE, FIELDS, FILES = "is larger than 2.5 MB", "more than 2,000 fields", "more than 100 files"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RequestDataTooBig(), SIZE),
        (TooManyFieldsSent(), FIELDS),
        (TooManyFilesSent(), FILES),
    ],
)
def test_each_limit_is_named_with_its_figure(error: Exception, told: str) -> None:
    assert told in (in_words(error) or "")


@pytest.mark.parametrize("error", [SuspiciousOperation("x"), ValueError("x")])
def test_what_is_wrong_otherwise_is_not_too_much(error: Exception) -> None:
    assert in_words(error) is None


def signed_in(person: User) -> Client:
    """Their browser, which holds the cookie that a form's token is compared with."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    client.cookies["csrftoken"] = "a" * 32
    return client


FORMS: list[tuple[str, dict[str, Any], str]] = [
    ("/accounts/login/", {"login": MUCH}, SIZE),
    ("/join/", {"code": MUCH}, SIZE),
    ("/studio/courses/{course}/text/changes/", {"text": MUCH}, SIZE),
    ("/studio/courses/{course}/questions/new/", {"stem": MUCH}, SIZE),
    ("/studio/courses/{course}/origin/", {f"field{number}": "" for number in range(2_001)}, FIELDS),
    ("/accounts/login/", {f"file{number}": SimpleUploadedFile("a.txt", b"a") for number in range(101)}, FILES),
]


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(("address", "sent", "told"), FORMS, ids=[f"{each[0]} {each[2]}" for each in FORMS])
def test_every_form_says_what_was_too_much(address: str, sent: dict[str, Any], told: str) -> None:
    owner = make_author()
    course = make_course(owner=owner)
    client = signed_in(owner)
    before = list(Course.objects.values())

    answer = client.post(address.format(course=course.slug), sent)

    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert told in page
    assert "nothing was changed" in page
    assert list(Course.objects.values()) == before
    assert not Job.objects.exists()


@pytest.mark.django_db
@pytest.mark.database
def test_a_paste_over_the_limit_is_told_as_one_with_the_way_back_to_it() -> None:
    client = signed_in(make_author())
    answer = client.post("/studio/import/", {"text": MUCH, "title": "The harbour"})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "This paste is larger than 2.4 MB" in page
    assert "200,000 characters" in page
    assert "Go back in your browser: what you typed still stands there." in page
    assert not Article.objects.exists()


@pytest.mark.django_db
@pytest.mark.database
def test_a_request_that_makes_no_sense_is_still_said_to_make_none() -> None:
    answer = Client().get("/", headers={"Host": "somewhere.else"})
    assert answer.status_code == 400
    assert "made no sense to us" in answer.content.decode()
