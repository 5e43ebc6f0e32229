"""A list import goes from state to state as its table says, each step once, and is forgotten in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from accounts.models import User
from course.models import Course, Enrollment
from course.tables import NotATable
from jobs.domain import enqueue
from jobs.models import Job, JobState
from quizzes.domain.list_imports import (
    KEPT,
    UNDECIDED_KEPT,
    ListNotReady,
    apply_list,
    discard_list,
    forget_old_lists,
    go_on,
    job_of,
    lines_to_read,
    look_again,
    look_at,
    tally_of,
    undo_list,
)
from quizzes.models import ImportLine, ListImport, ListKind, RunState
from tests.factories import NOW, make_enrollment
from tests.quizzes.domain.listed import after_jobs, applied, became, looked_at, undone
from tests.quizzes.domain.listed_people import course, owner
from tests.quizzes.domain.regraded import run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["course", "owner"]
LIST = "Email,Shoe size\nnew@example.org,43\nbroken,1"


def state_of(run: ListImport) -> RunState:
    return RunState(ListImport.objects.get(pk=run.pk).state)


def test_a_list_is_looked_at_by_a_job_and_says_what_it_ignored(course: Course, owner: User) -> None:
    run = look_at(course, kind=ListKind.PEOPLE, text=LIST, actor=owner, at=NOW, hint=False)
    assert (run.state, run.created_at, run.lines.count()) == (RunState.PLANNING, NOW, 0)
    assert Job.objects.get().subject == run.uuid

    run = after_jobs(run)

    assert (run.state, run.ignored, run.actor) == (RunState.PLANNED, ["Shoe size"], owner)
    assert dict(tally_of(run)) == {("new", "planned"): 1, ("fault", "planned"): 1}


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (ListKind.PEOPLE, "", "This list is empty."),
        (ListKind.PEOPLE, "Name\nAna", "No column is called “Email”."),
        (ListKind.GRADES, "Email\nana@example.org", "No column is called like a quiz"),
        (ListKind.GRADES, "Name\nAna", "No column is called “Email”."),
    ],
)
def test_what_is_no_list_is_refused_before_anything_is_stored(
    course: Course, owner: User, kind: ListKind, text: str, said: str
) -> None:
    with pytest.raises(NotATable, match=said):
        look_at(course, kind=kind, text=text, reason="Oral exam.", actor=owner)
    assert not ListImport.objects.exists()
    assert not Job.objects.exists()


def test_a_mended_list_takes_the_place_of_the_one_before(course: Course, owner: User) -> None:
    run = looked_at(course, LIST, actor=owner)

    look_again(run, text=LIST.replace("broken", "mended@example.org"), actor=owner, hint=False)
    run = after_jobs(run)

    assert run.state == RunState.PLANNED
    assert became(run, "number", "address", "fate") == [
        (1, "new@example.org", "new"),
        (2, "mended@example.org", "new"),
    ]


def test_a_list_mended_into_none_stays_what_it_was(course: Course, owner: User) -> None:
    run = looked_at(course, LIST, actor=owner)
    with pytest.raises(NotATable):
        look_again(run, text="Name\nAna", actor=owner)
    assert (state_of(run), ListImport.objects.get().text) == (RunState.PLANNED, LIST)


def test_lines_that_somebody_has_to_look_at_come_first(course: Course, owner: User) -> None:
    run = looked_at(course, "Email\na@example.org\nbroken\nb@example.org\n@", actor=owner)
    assert [line.line for line in lines_to_read(run)] == [3, 5, 2, 4]
    run = applied(run)
    ImportLine.objects.filter(line=4).update(state="kept")
    assert [line.line for line in lines_to_read(run)] == [3, 4, 5, 2]


def test_a_discarded_list_forgets_its_text_and_does_nothing(course: Course, owner: User) -> None:
    run = looked_at(course, LIST, actor=owner)
    discard_list(run)
    assert (state_of(run), ListImport.objects.get().text) == (RunState.DISCARDED, "")
    assert course.enrollments.count() == 1


def test_a_list_without_anything_to_do_is_applied_and_has_done_nothing(course: Course, owner: User) -> None:
    run = applied(looked_at(course, "Email\nbroken", actor=owner))
    assert (run.state, became(run), course.enrollments.count()) == (RunState.APPLIED, ["planned"], 1)
    assert undone(run).state == RunState.UNDONE


STEPS: Mapping[str, Callable[[ListImport, User], Any]] = {
    "apply": lambda run, actor: apply_list(run, actor=actor, hint=False),
    "undo": lambda run, actor: undo_list(run, actor=actor, hint=False),
    "discard": lambda run, _: discard_list(run),
    "again": lambda run, actor: look_again(run, text=LIST, actor=actor, hint=False),
    "planning": lambda *_: run_every_job("plan_list"),
    "applying": lambda *_: run_every_job("apply_list"),
    "undoing": lambda *_: run_every_job("undo_list"),
    "on": lambda run, _: go_on(run),
}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_asked_of_a_list_in_whatever_order_it_keeps_to_the_table(
    course: Course, owner: User, seed: int
) -> None:
    chance = Random(seed)
    run = look_at(course, kind=ListKind.PEOPLE, text=LIST, actor=owner, hint=False)

    for _ in range(16):
        was = state_of(run)
        with suppress(ListNotReady):
            STEPS[chance.choice(list(STEPS))](run, owner)
        now = state_of(run)
        assert now == was or now in ListImport.TRANSITIONS[was], (was, now)
        is_in = course.enrollments.filter(user__email="new@example.org").exists()
        assert is_in == (now in (RunState.APPLIED, RunState.UNDOING)), now


@pytest.mark.parametrize("step", ["apply", "undo", "discard"])
def test_a_step_that_is_asked_for_twice_is_done_once(course: Course, owner: User, step: str) -> None:
    run = looked_at(course, LIST, actor=owner)
    if step == "undo":
        run = applied(run)

    STEPS[step](run, owner)
    with pytest.raises(ListNotReady, match="gone on meanwhile"):
        STEPS[step](run, owner)
    after_jobs(run)

    assert course.enrollments.filter(user__email="new@example.org").count() == int(step == "apply")


def test_a_list_whose_planning_is_given_up_is_discarded_and_forgotten(course: Course, owner: User) -> None:
    """A column that was called like a quiz no longer is."""
    text = "Email,Walls\nana@example.org,50"
    make_enrollment(course)
    run = ListImport.objects.create(
        course=course, kind=ListKind.GRADES, text=text, reason="Oral.", actor=owner, created_at=NOW
    )
    STEPS["on"](run, owner)
    assert job_of(run) is None
    enqueue("plan_list", subject=run.uuid, hint=False)
    run_every_job("plan_list")
    run.refresh_from_db()
    assert (run.state, run.text) == (RunState.DISCARDED, "")
    assert Job.objects.get().state == JobState.FAILED


def test_only_a_job_that_was_given_up_is_gone_on_with(course: Course, owner: User) -> None:
    run = looked_at(course, LIST, actor=owner)
    apply_list(run, actor=owner, hint=False)
    job = job_of(run)
    assert job is not None
    assert (job.kind, go_on(run)) == ("apply_list", False)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUARANTINED, finished_at=NOW, next_try_at=None)

    assert go_on(run)

    assert after_jobs(run).state == RunState.APPLIED


def days_later(days: timedelta, *, more: int) -> datetime:
    return NOW + days + timedelta(seconds=more)


@pytest.mark.parametrize(
    ("step", "kept"), [("look", UNDECIDED_KEPT), ("discard", UNDECIDED_KEPT), ("apply", KEPT), ("undo", KEPT)]
)
def test_lists_are_forgotten_in_time_and_not_before(course: Course, owner: User, step: str, kept: timedelta) -> None:
    run = looked_at(course, LIST, actor=owner)
    if step == "discard":
        discard_list(run)
    elif step != "look":
        run = applied(run)
    if step == "undo":
        undone(run)
    ListImport.objects.update(created_at=NOW)
    people = Enrollment.objects.count()

    forget_old_lists(at=days_later(kept, more=0))
    assert ListImport.objects.exists()
    forget_old_lists(at=days_later(kept, more=1))

    assert not ListImport.objects.exists()
    assert not ImportLine.objects.exists()
    assert Enrollment.objects.count() == people


@pytest.mark.parametrize("state", [RunState.PLANNING, RunState.APPLYING, RunState.UNDOING])
def test_a_list_that_is_worked_on_is_not_forgotten(course: Course, owner: User, state: RunState) -> None:
    looked_at(course, LIST, actor=owner)
    needed = {"text": "", "applied_at": NOW} if state == RunState.UNDOING else {}
    ListImport.objects.update(created_at=NOW, state=state, **needed)
    forget_old_lists(at=days_later(KEPT, more=1))
    assert ListImport.objects.exists()
