from __future__ import annotations

from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from jobs.domain.clock import DatabaseClock
from jobs.domain.prepared import NotPlain, first, prepared, with_literals
from jobs.models import Job, JobState

built: list[str] = []


@prepared
def jobs_of(*, subject: UUID, kind: str, tries: int, error: str | None) -> QuerySet[Job]:
    built.append(kind)
    same = Job.objects.filter(kind=OuterRef("kind"), tries__gt=OuterRef("tries"))
    jobs = Job.objects.filter(subject=subject, kind=kind, tries=tries).annotate(later=Exists(same), now=DatabaseClock())
    return jobs if error is None else jobs.filter(error=error)


@prepared
def jobs_in(*, keys: list[str]) -> QuerySet[Job]:
    return Job.objects.filter(key__in=keys).order_by("key")


@prepared
def jobs_tried(*, tries: int) -> QuerySet[Job]:
    return Job.objects.filter(tries=tries + 1)


@prepared
def some_jobs(*, count: int) -> QuerySet[Job]:
    return Job.objects.all()[:count]


def make_job(**fields: Any) -> Job:
    now = "2026-11-22T12:00:00+00:00"
    return Job.objects.create(**{"key": str(uuid4()), "created_at": now, "next_try_at": now, **fields})


@pytest.mark.django_db
def test_each_call_gets_the_rows_of_its_own_values() -> None:
    one, other = make_job(kind="one", subject=uuid4()), make_job(kind="other", subject=uuid4(), tries=2)
    for job in (one, other, one):
        found = jobs_of(subject=job.subject, kind=job.kind, tries=job.tries, error=None)
        assert found == [job]
        assert found[0].later is False
        assert found[0].now is not None
    assert jobs_of(subject=one.subject, kind="other", tries=0, error=None) == []


@pytest.mark.django_db
def test_a_statement_is_put_together_once_and_costs_one_query() -> None:
    values = {"subject": uuid4(), "kind": "once", "tries": 1, "error": None}
    jobs_of(**values)
    built.clear()
    with CaptureQueriesContext(connection) as sent:
        jobs_of(**values | {"kind": "twice"})
    assert (built, len(sent)) == ([], 1)


@prepared
def odd_jobs(*, subject: UUID) -> QuerySet[Job]:
    odd = Job.objects.filter(subject=subject, kind="it's 100 %s", state=JobState.QUEUED, tries__lt=3)
    return odd.exclude(key="50 %").annotate(now=DatabaseClock())


@pytest.mark.django_db
def test_what_is_always_the_same_stands_in_the_statement_itself() -> None:
    wanted = make_job(subject=uuid4(), kind="it's 100 %s")
    make_job(subject=wanted.subject, kind="it's 100 %s", tries=3)
    make_job(subject=wanted.subject, kind="it's 100 %s", key="50 %")
    make_job(subject=wanted.subject, kind="its 100 %s")
    with CaptureQueriesContext(connection) as sent:
        found = odd_jobs(subject=wanted.subject)
    assert found == [wanted]
    assert "'it''s 100 %s'" in sent[0]["sql"]
    assert JobState.QUEUED.value in sent[0]["sql"]


@pytest.mark.parametrize(
    ("sql", "parameters", "written", "left"),
    [
        ("a = %s", ["x"], "a = 'x'", ()),
        ("a = %s AND b = %s", ["it's", 7], "a = 'it''s' AND b = 7", ()),
        ("a = %s AND b = %s", [JobState.DONE, -7], "a = 'done' AND b = -7", ()),
        ("a LIKE '%%x' AND b = %s", ["100 %"], "a LIKE '%%x' AND b = '100 %%'", ()),
        ("a = %s AND b = %s", [True, None], "a = %s AND b = %s", (True, None)),
        ("a = '%%s' AND b = %s", ["%s"], "a = '%%s' AND b = '%%s'", ()),
    ],
)
def test_texts_and_numbers_are_written_as_sql_has_them(
    sql: str, parameters: list[Any], written: str, left: tuple[Any, ...]
) -> None:
    found, still = with_literals(sql, tuple((each, None) for each in parameters))
    assert (found, tuple(each for each, _ in still)) == (written, left)


def test_what_a_call_fills_in_stays_a_parameter() -> None:
    def find(values: dict[str, Any]) -> Any:
        return values["a"]

    assert with_literals("a = %s AND b = %s", (("x", find), ("y", None))) == ("a = %s AND b = 'y'", (("x", find),))


@pytest.mark.django_db
def test_what_is_no_plain_value_becomes_part_of_the_statement() -> None:
    job = make_job(kind="one", subject=uuid4(), error="broken")
    values = {"subject": job.subject, "kind": "one", "tries": 0}
    assert jobs_of(**values, error=None) == [job]
    assert jobs_of(**values, error="broken") == [job]
    assert jobs_of(**values, error="whole") == []


@pytest.mark.django_db
def test_sequences_of_every_length_are_taken() -> None:
    jobs = [make_job(kind="many", key=f"key {n}") for n in range(4)]
    for count in (1, 3, 1, 4):
        assert jobs_in(keys=[job.key for job in jobs[:count]]) == jobs[:count]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection() -> None:
    job = make_job(kind="one", key="shared")
    assert jobs_in(keys=["shared"]) == [job]
    seen: list[list[Job]] = []

    def ask() -> None:
        seen.append(jobs_in(keys=["shared"]))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [[job]]


@pytest.mark.django_db
def test_values_that_are_changed_on_their_way_are_refused() -> None:
    with pytest.raises(NotPlain, match="jobs_tried changes a value"):
        jobs_tried(tries=1)
    with pytest.raises(NotPlain, match="some_jobs makes another statement"):
        some_jobs(count=1)


def test_the_first_of_no_rows_is_none() -> None:
    assert (first([]), first([3, 4])) == (None, 3)
