"""An article from its address: built like a file of the same bytes, or a sentence and nothing stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings

from accounts.models import User
from authoring.domain.build import start_build
from authoring.domain.fetching import (
    MOST_AT_ONCE,
    MOST_IN_AN_HOUR,
    SWITCHED_OFF,
    TooManyFetches,
    fetch_article,
    fetch_of,
    start_fetch,
)
from course.domain.articles import ArticleFacts
from course.models import Article, Course, Revision
from course.reading.formats import read_file
from jobs.domain import JobFailed, cancel, claim, fail, finish, run_job
from jobs.models import Job, JobState
from tests.authoring.domain.test_build import ESSAY
from tests.course.reading.fetching.server import Said, Server, answer, onward
from tests.jobs.threads import at_once
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADDRESS = "http://example.org/harbour"
PAGE = answer(ESSAY.encode(), content_type="text/plain")
UNTITLED = ArticleFacts(title="")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def switched_on(settings: Any) -> None:
    settings.IMPORT_BY_URL = True


@pytest.fixture
def owner() -> User:
    return make_author("Ada")


def run(job: Job, pages: Mapping[str, Said]) -> Job:
    """The job as a worker runs it, its words going to a server with these pages."""
    claimed = claim(job.uuid)
    assert claimed is not None
    with Server(pages) as server:
        try:
            finish(claimed, fetch_article(claimed, wire=server.wire()))
        except JobFailed as error:
            fail(claimed, str(error))
    job.refresh_from_db()
    return job


def stored() -> list[int]:
    return [Course.objects.count(), Article.objects.count(), Revision.objects.count()]


def test_asking_stores_nothing_but_a_job(owner: User) -> None:
    job = start_fetch(ADDRESS, facts=UNTITLED, owner=owner)
    assert (job.kind, job.state, job.owner, stored()) == ("fetch_article", JobState.QUEUED, owner.pk, [0, 0, 0])


def test_a_fetched_article_is_built_like_a_file_of_the_same_bytes(owner: User) -> None:
    job = run(start_fetch(ADDRESS, facts=UNTITLED, owner=owner), {"/harbour": PAGE})

    course = Course.objects.get()
    assert job.result == {"course": str(course.uuid), "known": False}
    build = Job.objects.get(kind="build_course")
    assert (build.subject, build.owner) == (course.uuid, owner.pk)
    run_job(build.uuid)
    fetched = list(course.lessons.values_list("title", "start", "end"))
    other = make_author()
    by_file, file_job = start_build(read_file("a.txt", ESSAY.encode()), facts=UNTITLED, owner=other)
    run_job(file_job.uuid)
    assert fetched == list(by_file.lessons.values_list("title", "start", "end"))
    assert set(Revision.objects.values_list("text", flat=True)) == {ESSAY}


def test_the_address_that_answered_is_kept_with_what_was_typed(owner: User) -> None:
    facts = ArticleFacts(title="The harbour", author="Ada Bek", publisher="The Lake", rights="Written by me")
    pages = {"/harbour": onward("http://lake.example/2024/harbour?page=1#top"), "/2024/harbour?page=1": PAGE}
    run(start_fetch(ADDRESS, facts=facts, owner=owner), pages)

    article = Article.objects.get()
    kept = (article.title, article.author, article.publisher, article.source_url, article.rights)
    assert kept == ("The harbour", "Ada Bek", "The Lake", "http://lake.example/2024/harbour?page=1", "Written by me")
    assert article.added_by == owner


def test_a_source_that_was_typed_stands_above_where_the_text_was_fetched(owner: User) -> None:
    facts = ArticleFacts(title="", source_url="https://lake.example/print-edition")
    run(start_fetch(ADDRESS, facts=facts, owner=owner), {"/harbour": PAGE})
    assert Article.objects.get().source_url == "https://lake.example/print-edition"


FAILURES: list[tuple[bytes, str]] = [
    (answer(status="404 Not Found"), "There is no page at this address"),
    (onward("http://169.254.169.254/"), "not on the public Internet"),
    (answer(b"x", content_type="image/png"), "This address is not an article but image/png"),
    (answer(b"  \n", content_type="text/plain"), "is empty"),
    (answer(b"%PDF-1.7 nonsense", content_type="application/pdf"), ""),
    (answer(b"<nav><a href='/'>Home</a></nav>"), "paste its text"),
    (answer(b"word " * 60_000, content_type="text/plain"), "the limit is 200,000"),
    (b"", "cannot be reached"),
]


@pytest.mark.parametrize(("said", "told"), FAILURES, ids=[str(number) for number in range(len(FAILURES))])
def test_a_failure_is_a_sentence_and_stores_nothing(owner: User, said: bytes, told: str) -> None:
    job = run(start_fetch(ADDRESS, facts=UNTITLED, owner=owner), {"/harbour": said})
    assert (job.state, stored()) == (JobState.FAILED, [0, 0, 0])
    assert told in job.error
    assert job.error.endswith(".")


def test_a_job_that_a_worker_runs_is_not_tried_again_when_trying_cannot_help(owner: User) -> None:
    """The worker's own wire, which refuses before it calls anybody."""
    job = start_fetch("http://127.0.0.1/", facts=UNTITLED, owner=owner)
    assert run_job(job.uuid)
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.FAILED, 1)
    assert "not on the public Internet" in job.error
    assert stored() == [0, 0, 0]


def test_a_job_that_was_asked_for_before_the_switch_was_turned_off_asks_nobody(owner: User) -> None:
    job = start_fetch(ADDRESS, facts=UNTITLED, owner=owner)
    with override_settings(IMPORT_BY_URL=False):
        assert run(job, {"/harbour": PAGE}).error == SWITCHED_OFF
    assert stored() == [0, 0, 0]


@pytest.mark.parametrize("change", [{"may_author": False}, None])
def test_who_may_not_author_any_more_gets_nothing_fetched(owner: User, change: dict[str, Any] | None) -> None:
    job = start_fetch(ADDRESS, facts=UNTITLED, owner=owner)
    people = User.objects.filter(pk=owner.pk)
    people.update(**change) if change else people.delete()
    assert run(job, {"/harbour": PAGE}).error == "You may not make courses any more."


def test_pressed_twice_it_is_fetched_once(owner: User) -> None:
    once = uuid4()
    first, second = (start_fetch(ADDRESS, facts=UNTITLED, owner=owner, once=once) for _ in range(2))
    assert (first.uuid, Job.objects.count()) == (second.uuid, 1)


def test_the_same_text_again_leads_to_the_course_it_made(owner: User) -> None:
    run(start_fetch(ADDRESS, facts=UNTITLED, owner=owner), {"/harbour": PAGE})
    course = Course.objects.get()
    while_building = run(start_fetch(ADDRESS, facts=UNTITLED, owner=owner), {"/harbour": PAGE})
    run_job(Job.objects.get(kind="build_course").uuid)
    when_built = run(start_fetch(ADDRESS, facts=UNTITLED, owner=owner), {"/harbour": PAGE})

    known = {"course": str(course.uuid), "known": True}
    assert (while_building.result, when_built.result, stored()) == (known, known, [1, 1, 1])


def test_a_fetch_is_found_by_who_asked_for_it(owner: User) -> None:
    job = start_fetch(ADDRESS, facts=UNTITLED, owner=owner)
    other, _ = start_build(read_file("a.txt", ESSAY.encode()), facts=UNTITLED, owner=owner)
    assert fetch_of(job.uuid, owner=owner) == job
    assert fetch_of(job.uuid, owner=make_author()) is None
    assert fetch_of(uuid4(), owner=owner) is None
    assert fetch_of(Job.objects.get(subject=other.uuid).uuid, owner=owner) is None


# How much of it one person may have


def begin(owner: User, at: datetime | None = None) -> Job:
    return start_fetch(ADDRESS, facts=UNTITLED, owner=owner, at=at)


def begun_and_over(owner: User, times: int, at: datetime) -> None:
    for _ in range(times):
        cancel(begin(owner, at).uuid)


def count_of(owner: User) -> int:
    return Job.objects.filter(kind="fetch_article", owner=owner.pk).count()


def test_three_fetches_of_a_person_are_under_way_at_most(owner: User) -> None:
    fetches = [begin(owner) for _ in range(MOST_AT_ONCE)]
    with pytest.raises(TooManyFetches, match=r"^3 of your articles are still being fetched\. .*\.$"):
        begin(owner)
    assert count_of(owner) == MOST_AT_ONCE
    assert claim(fetches[0].uuid) is not None
    with pytest.raises(TooManyFetches, match="still being fetched"):
        begin(owner)
    run(fetches[1], {})
    assert begin(owner).state == JobState.QUEUED


def test_thirty_fetches_in_any_hour_are_the_most_whatever_became_of_them(owner: User) -> None:
    begun_and_over(owner, MOST_IN_AN_HOUR - 1, NOON)
    begun_and_over(owner, 1, NOON + timedelta(minutes=30))
    almost = NOON + timedelta(minutes=59, seconds=59)
    with pytest.raises(TooManyFetches, match=r"30 articles fetched within an hour, .*\.$"):
        begin(owner, almost)
    assert count_of(owner) == MOST_IN_AN_HOUR

    begun_and_over(owner, MOST_IN_AN_HOUR - 1, NOON + timedelta(hours=1))
    with pytest.raises(TooManyFetches, match="within an hour"):
        begin(owner, NOON + timedelta(hours=1, minutes=1))


def test_the_bounds_are_each_persons_own_and_count_nothing_else(owner: User) -> None:
    for number in range(MOST_AT_ONCE):
        start_build(read_file("a.txt", f"{ESSAY} {number}".encode()), facts=UNTITLED, owner=owner)
        begin(make_author())
    assert begin(owner).owner == owner.pk


def test_pressed_twice_at_the_bound_it_is_the_fetch_under_way(owner: User) -> None:
    once = uuid4()
    first = start_fetch(ADDRESS, facts=UNTITLED, owner=owner, once=once)
    for _ in range(MOST_AT_ONCE - 1):
        begin(owner)
    assert start_fetch(ADDRESS, facts=UNTITLED, owner=owner, once=once) == first


def test_a_worker_that_takes_a_fetch_up_again_asks_for_nothing_new(owner: User) -> None:
    """The bounds are on asking: what was asked for is done, however many there are by then."""
    job = begin(owner)
    for _ in range(MOST_AT_ONCE - 1):
        begin(owner)
    assert run(job, {"/harbour": PAGE}).state == JobState.DONE


@pytest.mark.parametrize("others", range(3))
def test_asking_takes_the_same_statements_however_many_there_were(
    owner: User, others: int, django_assert_num_queries: Any
) -> None:
    begun_and_over(owner, others * 5, NOON)
    # A savepoint, the lock, is it there, how many, in, which is it, and the savepoint's end.
    with django_assert_num_queries(6):
        begin(owner)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_as_one_person_three_are_heard(owner: User) -> None:
    begun = at_once(partial(_begin_if_allowed, owner), times=4)
    assert sorted(begun) == ["begun"] * MOST_AT_ONCE + ["refused"]
    assert count_of(owner) == MOST_AT_ONCE


def _begin_if_allowed(owner: User) -> str:
    try:
        begin(owner)
    except TooManyFetches:
        return "refused"
    return "begun"
