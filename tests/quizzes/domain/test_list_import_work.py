"""A list is worked through batch by batch: whole, once, whoever dies in the midst of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError

from accounts.models import User
from course.models import Course
from jobs.domain import claim, finish, run_job
from jobs.domain.errors import LostLease
from jobs.domain.registry import kind_of
from jobs.models import Job, JobState
from quizzes.domain import list_import_work
from quizzes.domain.list_import_work import apply_list_lines
from quizzes.domain.list_imports import METHODS, apply_list, undo_list
from quizzes.models import ImportLine, ListImport, ListKind, RunState
from tests.factories import make_course, make_enrollment, make_person
from tests.quizzes.domain.listed import after_jobs, answer, applied, became, grades, looked_at, results
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = 7
BATCH = 2


class Killed(BaseException):
    """The worker is gone, as by SIGKILL: nothing of its own is run any more."""


@pytest.fixture(autouse=True)
def _short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_import_work, "BATCH", BATCH)


class People:
    """A list of seven people; what is done is how many take part."""

    def __init__(self) -> None:
        self.owner = make_person("Olga")
        self.course = make_course(owner=self.owner)
        text = "Email,Cohort\n" + "".join(f"new{number}@example.org,A{number}\n" for number in range(NEW))
        self.run = looked_at(self.course, text, actor=self.owner)

    def done(self) -> int:
        return self.course.enrollments.exclude(user=self.owner).count()


class Grades:
    """A list of seven grades; what is done is how many results are what it says."""

    def __init__(self) -> None:
        self.group = Class(questions=2)
        for _ in range(NEW):
            answer(self.group, make_enrollment(self.group.course), "wet", "wet")
        text = grades(self.group, *[50] * NEW)
        self.owner: User = self.group.instructor
        self.course: Course = self.group.course
        self.run = looked_at(self.course, text, actor=self.owner, kind=ListKind.GRADES)

    def done(self) -> int:
        return sum(1 for each in results(self.group) if each)


KINDS = pytest.mark.parametrize("scene", [People, Grades], ids=["people", "grades"])


def dies_in_batch(
    monkeypatch: pytest.MonkeyPatch, run: ListImport, name: str, number: int, error: BaseException
) -> None:
    """In the batch of that number, from 1, everything is done, and before it is stored for good the worker dies."""
    real: Callable[..., Any] = getattr(METHODS[run.kind], name)
    calls = iter(range(1, 100))

    def step(run: ListImport, lines: Sequence[ImportLine], at: datetime) -> None:
        real(run, lines, at)
        if next(calls) == number:
            raise error

    monkeypatch.setattr(METHODS[run.kind], name, step)


def expire(job: Job) -> None:
    """The lease of whoever died has run out."""
    Job.objects.filter(pk=job.pk).update(lease_until=job.created_at)


@KINDS
@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("deed", ["apply", "undo"])
def test_a_worker_killed_in_the_midst_of_a_batch_leaves_nothing_half_and_another_goes_on(
    scene: type[People | Grades], deed: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = scene()
    if deed == "undo":
        applied(at.run)
        undo_list(at.run, actor=at.owner, hint=False)
    else:
        apply_list(at.run, actor=at.owner, hint=False)
    job = Job.objects.get(kind=f"{deed}_list")
    with monkeypatch.context() as patched:
        dies_in_batch(patched, at.run, deed, number, Killed())
        with pytest.raises(Killed):
            run_job(job.uuid)

    whole = (number - 1) * BATCH
    assert at.done() == (whole if deed == "apply" else NEW - whole)
    assert became(at.run).count("done" if deed == "apply" else "undone") == whole
    job.refresh_from_db()
    assert (job.state, job.current, job.total) == (JobState.RUNNING, whole, NEW)

    expire(job)
    assert run_job(job.uuid)

    assert at.done() == (NEW if deed == "apply" else 0)
    assert set(became(at.run)) == {"done" if deed == "apply" else "undone"}
    at.run.refresh_from_db()
    assert at.run.state == (RunState.APPLIED if deed == "apply" else RunState.UNDONE)


@KINDS
def test_a_database_that_fails_midway_is_tried_again(
    scene: type[People | Grades], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = scene()
    apply_list(at.run, actor=at.owner, hint=False)
    with monkeypatch.context() as patched:
        dies_in_batch(patched, at.run, "apply", 3, DatabaseError("gone"))
        after_jobs(at.run)
    job = Job.objects.get(kind="apply_list")
    assert (job.state, at.done()) == (JobState.QUEUED, 2 * BATCH)
    Job.objects.filter(pk=job.pk).update(next_try_at=job.created_at)

    assert after_jobs(at.run).state == RunState.APPLIED
    assert at.done() == NEW


@KINDS
def test_a_worker_whose_lease_was_taken_over_does_nothing_twice(scene: type[People | Grades]) -> None:
    at = scene()
    apply_list(at.run, actor=at.owner, hint=False)
    job = Job.objects.get(kind="apply_list")
    slow = claim(job.uuid)
    assert slow is not None
    expire(job)
    assert run_job(job.uuid)
    done = at.done()

    with pytest.raises(LostLease):
        finish(slow, apply_list_lines(slow))

    assert (done, at.done()) == (NEW, NEW)
    at.run.refresh_from_db()
    assert at.run.state == RunState.APPLIED


@KINDS
def test_running_the_job_of_a_list_again_does_nothing(scene: type[People | Grades]) -> None:
    at = scene()
    applied(at.run)
    job = Job.objects.get(kind="apply_list")
    assert run_job(job.uuid) is False
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, finished_at=None, next_try_at=job.created_at)
    assert run_job(job.uuid)
    assert at.done() == NEW
    assert became(at.run) == ["done"] * NEW


@KINDS
def test_planning_that_died_midway_begins_anew_and_every_line_stands_once(
    scene: type[People | Grades], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = scene()
    before = became(at.run, "number", "address", "fate", "before", "after")
    ListImport.objects.filter(pk=at.run.pk).update(state=RunState.PLANNING)
    ImportLine.objects.filter(list_import=at.run, number__gt=3).delete()
    Job.objects.filter(kind="plan_list").update(state="queued", finished_at=None, next_try_at=at.run.created_at)

    run = after_jobs(at.run)

    assert run.state == RunState.PLANNED
    assert became(run, "number", "address", "fate", "before", "after") == before


@KINDS
def test_whoever_waits_for_a_grade_is_let_through_between_two_batches(
    scene: type[People | Grades], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = scene()
    apply_list(at.run, actor=at.owner, hint=False)
    seen: list[int] = []
    monkeypatch.setattr(list_import_work, "give_way", lambda: seen.append(at.done()))
    after_jobs(at.run)
    assert seen == [2, 4, 6, 7]


@KINDS
def test_progress_says_how_many_of_the_lines_that_do_something_are_done(scene: type[People | Grades]) -> None:
    at = scene()
    ImportLine.objects.filter(list_import=at.run, number=NEW).update(fate="same")
    ImportLine.objects.filter(list_import=at.run, number=1).update(state="passed_over")
    apply_list(at.run, actor=at.owner, hint=False)
    after_jobs(at.run)
    job = Job.objects.get(kind="apply_list")
    assert (job.current, job.total, job.result) == (NEW - 1, NEW - 1, {"state": "applied"})


@pytest.mark.parametrize("kind", ["plan_list", "apply_list", "undo_list"])
def test_a_job_whose_list_is_gone_is_done_without_anything(kind: str) -> None:
    at = People()
    applied(at.run)
    at.run.delete()
    Job.objects.all().delete()
    job = Job.objects.create(kind=kind, key="k", subject=at.run.uuid, **due(at.run.created_at))
    assert run_job(job.uuid)
    job.refresh_from_db()
    assert (job.state, job.result, at.done()) == (JobState.DONE, {}, NEW)


def due(at: datetime) -> dict[str, Any]:
    return {"created_at": at, "next_try_at": at}


@pytest.mark.parametrize("kind", ["apply_list", "undo_list"])
def test_giving_up_midway_leaves_the_list_where_it_stopped(kind: str) -> None:
    at = People()
    apply_list(at.run, actor=at.owner, hint=False)
    job = Job.objects.get(kind="apply_list")
    kind_of(kind).on_give_up(job, "gone")
    at.run.refresh_from_db()
    assert (at.run.state, at.done()) == (RunState.APPLYING, 0)
