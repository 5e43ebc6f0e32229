"""A build's page says how far it is, survives a reload and offers another try."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from authoring.domain.build import give_up_build, start_build
from course.domain.articles import ArticleFacts
from course.models import Course
from course.reading.formats import read_text
from jobs.domain import claim, fail, run_job
from jobs.models import Job, JobState
from tests.authoring.domain.test_build import ESSAY
from tests.web.studio.drafts import make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


def begin(owner: User, title: str = "The harbour that waits") -> tuple[Course, Job, str]:
    course, job = start_build(read_text(ESSAY), facts=ArticleFacts(title=title), owner=owner, hint=False)
    return course, job, f"/studio/builds/{course.uuid}/"


def test_a_queued_build_waits_in_words_and_asks_again(client: Client, owner: User) -> None:
    _, _, page = begin(owner)
    whole, part = client.get(page).content.decode(), client.get(page, headers=HTMX).content.decode()
    assert all("Waiting for a worker" in each and f'hx-get="{page}"' in each for each in (whole, part))
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in whole
    assert "<html" not in part


@pytest.mark.parametrize(
    ("current", "words"),
    [
        (0, "Reading the article, step 1 of 3"),
        (1, "Drafting questions, step 2 of 3"),
        (2, "Storing the draft, step 3 of 3"),
    ],
)
def test_a_running_build_says_which_step_it_is_at(client: Client, owner: User, current: int, words: str) -> None:
    _, job, page = begin(owner)
    claimed = claim(job.uuid)
    assert claimed is not None
    claimed.heartbeat(current=current, total=3)
    assert words in client.get(page).content.decode()
    assert words in client.get(page).content.decode()


def test_a_build_that_is_done_leads_to_its_course(client: Client, owner: User) -> None:
    course, job, page = begin(owner, title="")
    run_job(job.uuid)
    course.refresh_from_db()

    assert client.get(page)["Location"] == f"/studio/courses/{course.slug}/"
    part = client.get(page, headers=HTMX)
    assert (part.status_code, part["HX-Redirect"]) == (286, f"/studio/courses/{course.slug}/")
    assert course.slug == "the-harbour-that-waits"


def test_the_course_of_a_running_build_leads_to_the_build(client: Client, owner: User) -> None:
    course, _, page = begin(owner)
    assert client.get(f"/studio/courses/{course.slug}/")["Location"] == page


def given_up(owner: User) -> tuple[Course, Job, str]:
    course, job, page = begin(owner)
    claimed = claim(job.uuid)
    assert claimed is not None
    fail(claimed, "The reader fell over.")
    return course, job, page


def test_a_failed_build_says_so_and_stops_asking(client: Client, owner: User) -> None:
    _, _, page = given_up(owner)
    whole, part = client.get(page), client.get(page, headers=HTMX)
    assert (whole.status_code, part.status_code) == (200, 286)
    assert "Its text is kept as it is" in whole.content.decode()
    assert "hx-get" not in part.content.decode()
    assert "The reader fell over" not in whole.content.decode()
    assert "not built" in client.get("/studio/").content.decode()


def test_a_failed_build_is_tried_again_once(client: Client, owner: User) -> None:
    course, job, page = given_up(owner)
    assert client.post(f"{page}retry/")["Location"] == page
    assert client.post(f"{page}retry/").status_code == 303

    job.refresh_from_db()
    course.refresh_from_db()
    assert (Job.objects.count(), job.state, course.reading_warnings) == (1, JobState.QUEUED, [])
    run_job(job.uuid)
    assert course.lessons.exists()


def test_giving_up_is_kept_on_the_course(owner: User) -> None:
    course, job, _ = begin(owner)
    give_up_build(job, "Boom.")
    course.refresh_from_db()
    assert [warning["code"] for warning in course.reading_warnings] == ["build_failed"]


def test_a_course_that_was_never_built_has_nothing_to_wait_for(client: Client, owner: User) -> None:
    course = make_draft(owner)
    assert client.get(f"/studio/builds/{course.uuid}/")["Location"] == f"/studio/courses/{course.slug}/"
    assert client.post(f"/studio/builds/{course.uuid}/retry/").status_code == 303
    assert not Job.objects.exists()


def test_a_build_page_takes_the_same_statements_at_every_step(
    client: Client, owner: User, django_assert_num_queries: object
) -> None:
    _, _, page = begin(owner)
    client.get(page)
    with django_assert_num_queries(4):  # type: ignore[operator]  # -- a fixture without a public type
        client.get(page, headers=HTMX)
