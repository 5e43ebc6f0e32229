"""An article from its address: fetched and read in the background, and stored only once it is a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from importlib import import_module
from typing import Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from authoring.domain.build import course_being_built_of_text, course_of_text, start_build
from authoring.domain.kinds import FETCH_ARTICLE
from course.domain.articles import ArticleFacts
from course.errors import CourseError
from course.reading.errors import UnreadableSource
from course.reading.fetching import INTERNET, Fetched, Wire, fetch
from course.reading.outline import Source
from course.rules import may_create_courses
from jobs.domain import ClaimedJob, JobFailed, enqueue
from jobs.domain.clock import instant
from jobs.models import Job

SWITCHED_OFF = "Articles are not fetched from addresses here; paste the text or choose a file."
NOT_AN_AUTHOR = "You may not make courses any more."

MOST_AT_ONCE = 3
"""Fetches of one person that have still to end."""
MOST_IN_AN_HOUR = 30
"""Fetches that one person asks for within any hour, whatever became of them."""
_HOUR = 3_600


class TooManyFetches(CourseError):
    """This person has asked for as many fetches as one may; nothing was asked for."""

    code = "too_many_fetches"
    under_way = (
        f"{MOST_AT_ONCE} of your articles are still being fetched. Wait for one of them, or paste this one’s text."
    )
    in_an_hour = (
        f"You have had {MOST_IN_AN_HOUR} articles fetched within an hour, the most there are. "
        "Wait a while, or paste this one’s text."
    )


@dataclass(frozen=True, slots=True)
class Brought:
    """A text that was fetched, what is known of it, and for whom."""

    source: Source
    facts: ArticleFacts
    owner: User


@transaction.atomic
def start_fetch(
    address: str, *, facts: ArticleFacts, owner: User, once: UUID | None = None, at: datetime | None = None
) -> Job:
    """A job will fetch the article at this address and build a course of it; nothing else is stored.

    While the job of the same `once` is under way it is returned instead. Raises TooManyFetches at the bounds above;
    the owner's row is locked, so that who asks twice at once is counted twice.
    """
    User.objects.select_for_update().only("pk").get(pk=owner.pk)
    key = str(once or uuid4())
    if not Job.objects.filter(kind=FETCH_ARTICLE, key=key, finished_at__isnull=True).exists():
        _check_bounds(owner, at=at)
    payload = {"address": address, "facts": asdict(facts), "owner": owner.pk}
    return enqueue(FETCH_ARTICLE, key=key, payload=payload, owner=owner.pk, at=at)


def _check_bounds(owner: User, *, at: datetime | None) -> None:
    asked = Job.objects.filter(kind=FETCH_ARTICLE, owner=owner.pk).aggregate(
        under_way=Count("pk", filter=Q(finished_at__isnull=True)),
        in_an_hour=Count("pk", filter=Q(created_at__gt=instant(at, seconds=-_HOUR))),
    )
    if asked["under_way"] >= MOST_AT_ONCE:
        raise TooManyFetches(TooManyFetches.under_way)
    if asked["in_an_hour"] >= MOST_IN_AN_HOUR:
        raise TooManyFetches(TooManyFetches.in_an_hour)


def fetch_of(uuid: UUID, *, owner: User) -> Job | None:
    """The fetch that this person asked for under this uuid; None when there is none, or it was long ago."""
    return Job.objects.filter(uuid=uuid, kind=FETCH_ARTICLE, owner=owner.pk).first()


def facts_of(payload: Mapping[str, Any]) -> dict[str, str]:
    """What was typed for a fetch: its address and the article's facts, by the names of `ArticleFacts`."""
    return {"address": payload["address"], **payload["facts"]}


def fetch_article(claimed: ClaimedJob, *, wire: Wire = INTERNET) -> Brought:
    """The text at the job's address, read. Writes nothing.

    Raises JobFailed with a sentence for its owner when it cannot be had or read, or may not be asked for any more.
    """
    owner = User.objects.filter(pk=claimed.payload["owner"]).first()
    if owner is None or not may_create_courses(owner):
        raise JobFailed(NOT_AN_AUTHOR)
    if not settings.IMPORT_BY_URL:
        raise JobFailed(SWITCHED_OFF)
    try:
        fetched = fetch(claimed.payload["address"], wire=wire)
        source = _read(fetched)
    except UnreadableSource as error:
        raise JobFailed(error.message) from error
    given = ArticleFacts(**claimed.payload["facts"])
    author = given.author or source.author[:200]
    facts = replace(given, author=author, source_url=given.source_url or fetched.address)
    return Brought(source, facts, owner)


def _read(fetched: Fetched) -> Source:
    # Reading brings libraries along that web processes can do without.
    return cast(Source, import_module("course.reading.formats").read_file(fetched.name, fetched.content))


def record_fetch(_claimed: ClaimedJob, brought: Brought) -> dict[str, Any]:
    """The article is stored and its build has begun, or its owner has a course of exactly this text already."""
    text, owner = brought.source.text, brought.owner
    known = course_of_text(text, owner=owner) or course_being_built_of_text(text, owner=owner)
    if known is not None:
        return {"course": str(known.uuid), "known": True}
    course, _ = start_build(brought.source, facts=brought.facts, owner=owner)
    return {"course": str(course.uuid), "known": False}


def give_up_fetch(_job: Job, _error: str) -> None:
    """Nothing was stored, so that nothing has to be told: the job keeps the reason for its page."""
